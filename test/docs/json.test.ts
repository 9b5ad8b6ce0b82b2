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

type Identifiers = Readonly<Record<string, string>>;

/** How a receipt that a page shows comes about: by vendor, resource and outcome. */
interface Way {
	/** Puts the record that it names into the vendor's stand-in. */
	readonly put: (sandbox: Sandbox, target: Identifiers) => void;
	readonly parameters: (target: Identifiers) => Record<string, string>;
}

const ways: Readonly<Record<string, Way>> = {
	'creovai call accepted': {
		put: ({ creovai }) => creovai.fill(1),
		parameters: ({ callId = '' }) => ({ operation: 'purgeByCallId', callId }),
	},
	'flyflow call deleted': {
		put: ({ flyflow }, { callId = '' }) => {
			flyflow.fill(1);
			const [call] = flyflow.calls.values();
			flyflow.calls.set(callId, { ...call!, id: callId });
		},
		parameters: ({ callId = '' }) => ({ operation: 'delete', callId }),
	},
	'happyRobot note deleted': {
		put: ({ happyRobot }, { callId = '', noteId = '' }) => {
			happyRobot.fill(1);
			const [call] = happyRobot.records();
			const notes = [{ ...call!.notes![0]!, id: noteId }];
			happyRobot.calls.set(callId, { ...call!, id: callId, notes });
		},
		parameters: ({ callId = '', noteId = '' }) => ({ operation: 'delete', callId, noteId }),
	},
	'kaleyra flow deleted': {
		put: ({ kaleyra }, { flowId = '' }) => kaleyra.put(flowId),
		parameters: ({ flowId = '' }) => ({ operation: 'delete', flowId }),
	},
	'verba conversation deleted': {
		put: ({ verba }) => verba.fill(1),
		parameters: ({ callID = '' }) => ({
			operation: 'delete',
			identifyBy: 'callID',
			identifier: callID,
		}),
	},
};

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
		const way = ways[`${shown.vendor} ${shown.resource} ${shown.outcome}`];
		if (way === undefined)
			throw new Error(`${place}: let this test bring a receipt like this about`);
		way.put(sandbox, shown.target);
		const { json } = await runNode({
			type: shown.vendor,
			parameters: { resource: shown.resource, ...way.parameters(shown.target) },
			items: [{}],
			credentials: sandboxAccounts(sandbox),
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
