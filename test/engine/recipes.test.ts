/** What each recipe is for: the trap at its vendor, and how the recipe gets past it. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../sandbox/faults/faults';
import { Sandbox } from '../../sandbox/sandbox';
import type { ContractEntry } from './contract/entry';
import { importedParameters } from './contract/recipe';
import { assemblyAi } from './contract/vendors/assemblyAi';
import { gong } from './contract/vendors/gong';
import { retell } from './contract/vendors/retell';
import { telnyx } from './contract/vendors/telnyx';
import { twilio } from './contract/vendors/twilio';
import { zoom } from './contract/vendors/zoom';
import { runNode, type RunResult } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

async function erase(
	entry: ContractEntry,
	names: readonly string[],
	credentials = entry.credentials(sandbox),
): Promise<RunResult> {
	return await runNode({
		type: entry.type,
		parameters: entry.parameters,
		items: [entry.item(names)],
		credentials,
		onError: 'continueRegularOutput',
	});
}

const said = ({ json }: { json: readonly IDataObject[] }) =>
	json.map(({ outcome, evidence, reason }) => [
		outcome,
		evidence,
		(reason as IDataObject | undefined)?.code,
	]);

function answer(entry: ContractEntry, status: number, body: object): void {
	const fault: Fault = { kind: 'status', status, body: JSON.stringify(body) };
	sandbox.faults.add({ fault, when: entry.deletes.bind(entry) });
}

test('Zoom: recordings are deleted for good, and nothing goes to the trash', async () => {
	const names = zoom.fill(sandbox, 6);
	expect(said(await erase(zoom, names))).toEqual(
		names.map(() => ['deleted', 'confirmed', undefined]),
	);
	expect([sandbox.recipes.zoom.recordings.size, sandbox.recipes.zoom.trash.size]).toEqual([0, 0]);
});

test('Zoom: a 200 that says that a permission is missing is a refusal', async () => {
	const names = zoom.fill(sandbox, 1);
	answer(zoom, 200, { code: 200, message: 'You do not have the right permissions.' });
	expect(said(await erase(zoom, names))).toEqual([['refused', 'none', 'refusedByVendor']]);
});

test("Zoom: a meeting's number is not looked up as if it were its UUID", async () => {
	zoom.fill(sandbox, 1);
	const [recording] = sandbox.recipes.zoom.records();
	sandbox.recipes.zoom.recordings.set('85746065432', recording!);
	const parameters = { ...zoom.parameters, deletionMode: 'preview' };
	const items = [zoom.item(['85746065432'])];
	const looked = await runNode({
		...{ type: zoom.type, parameters, items, onError: 'continueRegularOutput' as const },
		credentials: zoom.credentials(sandbox),
	});
	expect(said(looked)).toEqual([['failed', 'none', 'notUnderstood']]);
});

test('Retell: a 404 is not documented, also with the sentence of the documented 422', async () => {
	retell.fill(sandbox, 1);
	sandbox.recipes.retell.missingStatus = 404;
	expect(said(await erase(retell, [retell.missing]))).toEqual([
		['unknown', 'none', 'notUnderstood'],
	]);
});

test('Telnyx: "ok" for all proves nothing of a recording that stays', async () => {
	const [gone = '', stays = ''] = telnyx.fill(sandbox, 2);
	sandbox.recipes.telnyx.left.add(stays);
	expect(said(await erase(telnyx, [gone, stays]))).toEqual([
		['deleted', 'rechecked', undefined],
		['unknown', 'none', 'stillThere'],
	]);
	expect(sandbox.requestsTo('telnyx').filter(telnyx.deletes.bind(telnyx))).toHaveLength(1);
});

test('Telnyx: a 404 for many says of none that it is not there', async () => {
	const names = telnyx.fill(sandbox, 2);
	answer(telnyx, 404, { errors: [{ code: '10005', title: 'Resource not found' }] });
	for (const [outcome] of said(await erase(telnyx, names))) {
		expect(outcome).not.toMatch(/deleted|notFound/);
	}
	expect(sandbox.recipes.telnyx.recordings.size).toBe(2);
});

test('Twilio: a wrong address looks like recordings that are not there, and the run says so', async () => {
	const names = twilio.fill(sandbox, 2);
	const { eraseByHttpApi: account } = twilio.credentials(sandbox);
	const baseUrl = `${account?.baseUrl as string}0`;
	const result = await erase(twilio, names, { eraseByHttpApi: { ...account, baseUrl } });
	expect(said(result)).toEqual(names.map(() => ['notFound', 'confirmed', undefined]));
	expect(result.hints[0]?.message).toMatch(/^Nothing was found\. /);
	expect(sandbox.recipes.twilio.recordings.size).toBe(2);
});

test('AssemblyAI: the recheck behind it knows an emptied transcript from one that is not', async () => {
	const names = assemblyAi.fill(sandbox, 2);
	const erased = await erase(assemblyAi, names);
	const { assemblyAi: vendor } = sandbox.recipes;
	const back = vendor.transcripts.get(names[1] ?? '');
	vendor.transcripts.set(names[1] ?? '', { ...back!, text: 'Please forget me.' });
	const rechecked = await runNode({
		type: assemblyAi.type,
		parameters: importedParameters('assemblyAi', 'recheck'),
		items: erased.json,
		credentials: assemblyAi.credentials(sandbox),
	});
	expect(said(erased)).toEqual(names.map(() => ['deleted', 'confirmed', undefined]));
	expect(said(rechecked)).toEqual([
		['deleted', 'rechecked', undefined],
		['unknown', 'none', 'stillThere'],
	]);
	expect(vendor.records()).toHaveLength(2);
});

test('Gong: what is taken on is not called deleted, before it is gone and after', async () => {
	const [name = ''] = gong.fill(sandbox, 1);
	sandbox.recipes.gong.purgeMs = 60_000;
	const { json } = await erase(gong, [name]);
	expect(json).toMatchObject([
		{ outcome: 'accepted', evidence: 'accepted', deleted: false, vendor: 'Gong' },
	]);
	expect(gong.holds(sandbox, name)).toBe(true);
	sandbox.recipes.gong.purgeMs = 0;
	expect(gong.holds(sandbox, name)).toBe(false);
});
