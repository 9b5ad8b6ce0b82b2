import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { entries } from './contract/entries';
import type { ContractEntry } from './contract/entry';
import { coreVersion, runNode, type RunOptions, type RunResult } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

async function run(
	entry: ContractEntry,
	items: IDataObject[],
	expression: unknown,
	changes: Partial<RunOptions> = {},
): Promise<RunResult> {
	const options = { ...(entry.parameters.options as IDataObject | undefined), ifNotFound: 'fail' };
	return await runNode({
		type: entry.type,
		items,
		credentials: entry.credentials(sandbox),
		...changes,
		parameters: {
			...entry.parameters,
			...changes.parameters,
			options: { ...options, itemReference: expression as IDataObject },
		},
	});
}

/** The receipts of both outputs, or of the error that stopped the run, by what they show. */
function receiptsOf({ outputs, error }: RunResult): IDataObject[] {
	const inError = error?.context?.receipts as IDataObject[] | undefined;
	return inError ?? outputs.flat().map(({ json }) => json);
}

const settings = (
	['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const
).flatMap((onError) => [{ onError }, { onError, maxTries: 2 }]);

describe.each(entries)(`Item Reference: $title, on n8n-core ${coreVersion}`, (entry) => {
	test.each(settings)('is in every receipt of its item: %j', async (setting) => {
		const [a = '', b = '', c = ''] = entry.fill(sandbox, 3);
		const items = [
			{ ...entry.item([a, b]), ticket: 'T-1' },
			{ ...entry.item([a]), ticket: 'T-2' },
			{ ...entry.item([entry.missing]), ticket: 7 },
			entry.item([c]),
		];
		const receipts = receiptsOf(await run(entry, items, '={{ $json.ticket }}', setting));

		const carried = receipts.map(({ itemReference, duplicate }) => [itemReference, duplicate]);
		expect(carried).toHaveLength(5);
		expect(carried).toEqual(
			expect.arrayContaining([
				['T-1', undefined],
				['T-1', undefined],
				['T-2', true],
				['7', undefined],
				[undefined, undefined],
			]),
		);
		expect(receipts.find(({ itemReference }) => itemReference === '7')).toMatchObject({
			outcome: 'notFound',
		});
		for (const { url, body } of sandbox.requestsTo(entry.type)) {
			expect(url + body).not.toMatch(/T-[12]/);
		}
	});
});

describe(`Item Reference on n8n-core ${coreVersion}`, () => {
	const flyflow = entries.find(({ type }) => type === 'flyflow') as ContractEntry;
	const carryOn = { onError: 'continueRegularOutput' } as const;

	test('is in previews, and not in their plan', async () => {
		const [a = ''] = flyflow.fill(sandbox, 1);
		const preview = { parameters: { deletionMode: 'preview' } };
		const items = [{ ...flyflow.item([a]), ticket: 'T-1' }];
		const [one] = receiptsOf(await run(flyflow, items, '={{ $json.ticket }}', preview));
		const [other] = receiptsOf(await run(flyflow, items, 'fixed', preview));
		expect([one?.itemReference, other?.itemReference]).toEqual(['T-1', 'fixed']);
		expect((one?.preview as IDataObject).plan).toBe((other?.preview as IDataObject).plan);
	});

	test('takes any expression of n8n', async () => {
		const [a = ''] = flyflow.fill(sandbox, 1);
		const items = [{ ...flyflow.item([a]), ticket: 'T-1' }];
		const receipts = receiptsOf(
			await run(flyflow, items, '={{ "x " + $json.ticket + $itemIndex }}'),
		);
		expect(receipts).toMatchObject([{ itemReference: 'x T-10' }]);
	});

	test('tells of which item an ID was that cannot be used', async () => {
		const items = [{ ids: '', ticket: 'T-1' }];
		const receipts = receiptsOf(await run(flyflow, items, '={{ $json.ticket }}', carryOn));
		expect(receipts).toMatchObject([{ itemReference: 'T-1', reason: { code: 'badInput' } }]);
	});

	test.each([
		[
			'an object',
			{ a: 1 },
			'Item Reference holds an object in item 1. Choose a field with text or a number',
		],
		[
			'a list',
			['T-1'],
			'Item Reference holds a list in item 1. Choose a field with text or a number',
		],
		[
			'a whole text',
			'x'.repeat(257),
			'Item Reference has 257 characters in item 1, and at most 256 are carried along. Choose a shorter field',
		],
	])('turns down %s before anything is sent', async (_, ticket, message) => {
		const [a = '', b = ''] = flyflow.fill(sandbox, 2);
		const items = [
			{ ...flyflow.item([a]), ticket: 'x'.repeat(256) },
			{ ...flyflow.item([b]), ticket },
		];
		const stopped = await run(flyflow, items, '={{ $json.ticket }}', { onError: 'stopWorkflow' });
		expect(stopped.error?.message).toBe(message);
		expect(sandbox.requestsTo('flyflow')).toEqual([]);
		const receipts = receiptsOf(await run(flyflow, items, '={{ $json.ticket }}', carryOn));
		expect(receipts).toMatchObject([
			{ outcome: 'deleted', itemReference: 'x'.repeat(256) },
			{ outcome: 'failed', reason: { code: 'badInput', message } },
		]);
		expect(receipts[1]).not.toHaveProperty('itemReference');
		expect(flyflow.holds(sandbox, b)).toBe(true);
	});

	test('holds no key, however it got there', async () => {
		const [a = ''] = flyflow.fill(sandbox, 1);
		const { apiKey } = flyflow.credentials(sandbox).flyflowApi as { apiKey: string };
		const items = [{ ...flyflow.item([a]), ticket: `Bearer ${apiKey}` }];
		const receipts = receiptsOf(await run(flyflow, items, '={{ $json.ticket }}'));
		expect(receipts).toMatchObject([{ itemReference: 'Bearer ***' }]);
	});
});
