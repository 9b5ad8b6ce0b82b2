import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { entries } from './contract/entries';
import type { ContractEntry } from './contract/entry';
import { coreVersion, runNode, type RunOptions } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

async function receipts(
	entry: ContractEntry,
	names: readonly string[],
	deletionMode: 'preview' | 'delete',
	options: IDataObject = {},
	changes: Partial<RunOptions> = {},
): Promise<IDataObject[]> {
	const own = entry.parameters.options as IDataObject | undefined;
	const { json } = await runNode({
		type: entry.type,
		items: [entry.item(names)],
		credentials: entry.credentials(sandbox),
		onError: 'continueRegularOutput',
		...changes,
		parameters: { ...entry.parameters, deletionMode, options: { ...own, ...options } },
	});
	return json;
}

const planOf = (receipt: IDataObject | undefined) => (receipt?.preview as IDataObject).plan;

describe.each(entries)(`The account: $title, on n8n-core ${coreVersion}`, (entry) => {
	test('is told by the same 16 digits in previews and deletions, and plans are the same', async () => {
		const [name = ''] = entry.fill(sandbox, 1);
		const [first] = await receipts(entry, [name], 'preview');
		const [second] = await receipts(entry, [name], 'preview');
		const [done] = await receipts(entry, [name], 'delete');

		expect(first?.account).toMatch(/^[0-9a-f]{16}$/);
		expect([second?.account, done?.account]).toEqual([first?.account, first?.account]);
		expect(planOf(second)).toBe(planOf(first));
		expect(done).toMatchObject({ outcome: entry.erased.outcome });
	});
});

test('every vendor has an account of its own', async () => {
	const accounts = new Map<string, unknown>();
	for (const entry of entries) {
		const [receipt] = await receipts(entry, entry.fill(sandbox, 1), 'preview');
		accounts.set(entry.type, receipt?.account);
	}
	expect(new Set(accounts.values()).size).toBe(accounts.size);
});

describe(`After a key was rotated, on n8n-core ${coreVersion}`, () => {
	const flyflow = entries.find(({ type }) => type === 'flyflow') as ContractEntry;
	const rotate = (apiKey: string) => Object.assign(sandbox.flyflow, { apiKey });
	let before = '';
	beforeEach(() => {
		before = sandbox.flyflow.apiKey;
	});
	afterEach(() => {
		rotate(before);
	});

	test('the same records have another plan and another account, and what was approved is not done', async () => {
		const [name = ''] = flyflow.fill(sandbox, 1);
		const [old] = await receipts(flyflow, [name], 'preview');
		const approvedPlan = planOf(old) as string;
		rotate('flyflow-sandbox-key-after-rotation');
		const [rotated] = await receipts(flyflow, [name], 'preview');
		expect(rotated?.outcome).toBe('preview');
		expect(rotated?.account).not.toBe(old?.account);
		expect(planOf(rotated)).not.toBe(approvedPlan);

		const [refused] = await receipts(flyflow, [name], 'delete', { approvedPlan });
		expect(refused).toMatchObject({ outcome: 'skipped', reason: { code: 'planChanged' } });
		expect(flyflow.holds(sandbox, name)).toBe(true);
		const [done] = await receipts(flyflow, [name], 'delete', {
			approvedPlan: planOf(rotated) as string,
		});
		expect(done?.outcome).toBe('deleted');
	});
});
