import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { outcomes } from '../../erasure/outcome';
import type { Receipt } from '../../erasure/receipt';
import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { runNode } from '../engine/engine';
import { blocksOf, pages } from './pages';

const blocks = pages.flatMap(blocksOf).filter(({ language }) => /^jsonc?$/.test(language));

const named = blocks.map((block) => [`${block.page}:${block.line}`, block] as const);

test('the pages hold JSON', () => {
	expect(blocks.length).toBeGreaterThan(0);
});

test.each(named)('%s is JSON', (_, { text, language }) => {
	expect(language).toBe('json');
	expect(() => JSON.parse(text) as unknown).not.toThrow();
});

const receipts = named
	.map(([place, { text }]) => [place, JSON.parse(text) as Receipt] as const)
	.filter(([, value]) => 'outcome' in value);

describe('A receipt that a page shows', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await Sandbox.start();
	});
	afterAll(async () => await sandbox.stop());

	test('is there', () => {
		expect(receipts.length).toBeGreaterThan(1);
	});

	test.each(receipts)('%s has an outcome that exists', (_, receipt) => {
		expect(outcomes).toContain(receipt.outcome);
		expect(receipt.deleted).toBe(receipt.outcome === 'deleted');
	});

	test.each(receipts)('%s is what the node gives, field by field', async (place, shown) => {
		const { vendor, resource, target, outcome } = shown;
		if (vendor !== 'flyflow' || outcome !== 'deleted') {
			throw new Error(`${place}: let this test bring a receipt like this about`);
		}
		const { callId = '' } = target;
		sandbox.flyflow.fill(1);
		const [call] = sandbox.flyflow.calls.values();
		sandbox.flyflow.calls.set(callId, { ...call!, id: callId });
		const { json } = await runNode({
			type: vendor,
			parameters: { resource, operation: 'delete', callId },
			items: [{}],
			credentials: { flyflowApi: sandboxAccounts(sandbox).flyflowApi },
		});

		const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
		// They depend on the sandbox's address, which has another port each time.
		const account = expect.stringMatching(/^[0-9a-f]{16}$/) as unknown;
		const seal = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
		expect(json).toEqual([{ ...shown, at, account, seal }]);
		expect(Object.keys(json[0] ?? {})).toEqual(Object.keys(shown));
		expect(shown).toMatchObject({ at, account, seal });
	});
});
