import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

type Json = Record<string, unknown>;

interface CodeNode {
	readonly name: string;
	readonly parameters: { readonly jsCode?: string };
}

const { nodes } = JSON.parse(
	readFileSync(join(__dirname, '..', '..', 'workflows', 'erase-in-bulk.json'), 'utf8'),
) as { nodes: readonly CodeNode[] };

/** What n8n calls the input of a Code node, and the output of another node. */
function itemsOf(jsons: readonly Json[]) {
	const items = jsons.map((json) => ({ json }));
	return { all: () => items, first: () => items[0] };
}

/** Runs a Code node of the example as n8n's task runner does. */
function run(
	name: string,
	input: readonly Json[],
	others: Readonly<Record<string, readonly Json[]>> = {},
): Json[] {
	const code = nodes.find((node) => node.name === name)?.parameters.jsCode ?? '';
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
	const body = new Function('$input', '$', code) as (
		...given: unknown[]
	) => ReadonlyArray<{ json: Json }>;
	const given = body(itemsOf(input), (other: string) => itemsOf(others[other] ?? []));
	return given.map(({ json }) => json);
}

const receipt = (outcome: string, reason?: string): Json => ({
	outcome,
	vendor: 'flyflow',
	...(reason === undefined ? {} : { reason: { code: reason, message: reason } }),
});

const row = (more: Json = {}): Json => ({
	id: 1,
	vendor: 'flyflow',
	chunk: 1,
	ids: '["a","b"]',
	receipts: '[]',
	state: 'open',
	starts: 1,
	due: 0,
	...more,
});

const entry = (outcome: string, id: string, final = true) => ({
	final,
	receipt: { ...receipt(outcome), id },
});

describe('What is sent of a chunk', () => {
	const left = (receipts: unknown) =>
		run('IDs Left', [row({ receipts: JSON.stringify(receipts) })])[0]?.calls;

	test('is every ID at first, each as a list of one', () => {
		expect(left([])).toEqual([{ callId: '["a"]' }, { callId: '["b"]' }]);
		const [only] = run('IDs Left', [row({ ids: '["x,y"]' })]);
		expect(only?.calls).toEqual([{ callId: '["x,y"]' }]);
	});

	test('is what has no final receipt later', () => {
		expect(left([entry('deleted', 'a')])).toEqual([{ callId: '["b"]' }]);
		expect(left([entry('unknown', 'a', false), entry('deleted', 'b')])).toEqual([
			{ callId: '["a"]' },
		]);
	});
});

describe('What is stored of a chunk', () => {
	const stored = (given: readonly Json[], taken: Json = {}) => {
		const [kept] = run('Receipts', given, { 'Take the Chunk': [row(taken)] });
		const receipts = JSON.parse(kept?.receipts as string) as Json[];
		return { state: kept?.state, receipts };
	};

	test('is a receipt for each ID, in their order', () => {
		expect(stored([receipt('deleted'), receipt('notFound')])).toMatchObject({
			state: 'done',
			receipts: [entry('deleted', 'a'), entry('notFound', 'b')],
		});
	});

	test('joins what earlier starts settled', () => {
		const receipts = JSON.stringify([entry('unknown', 'a', false), entry('deleted', 'b')]);
		expect(stored([receipt('deleted')], { starts: 2, receipts })).toMatchObject({
			state: 'done',
			receipts: [entry('deleted', 'a'), entry('deleted', 'b')],
		});
	});

	test('says of a record that is gone in a later start that an earlier one may have deleted it', () => {
		const { receipts } = stored([receipt('notFound'), receipt('deleted')], { starts: 2 });
		expect(receipts[0]).toMatchObject({ receipt: { reason: { code: 'goneAfterRepeat' } } });
		expect(receipts[1]).toEqual(entry('deleted', 'b'));
	});

	test.each([
		['failed', 'pushedBack', false],
		['skipped', 'badCredentials', false],
		['unknown', 'replyLost', false],
		['unknown', 'notUnderstood', true],
		['failed', 'badInput', true],
		['refused', 'protected', true],
	])('%s (%s) is final: %s', (outcome, reason, final) => {
		const kept = stored([receipt('deleted'), receipt(outcome, reason)]);
		expect(kept.state).toBe(final ? 'done' : 'open');
		expect(kept.receipts.map((one) => one.final)).toEqual([true, final]);
	});

	test('stands after the fifth start, final or not', () => {
		const given = [receipt('deleted'), receipt('unknown', 'replyLost')];
		expect(stored(given, { starts: 5 }).state).toBe('done');
	});

	test('is nothing in a test run', () => {
		const kept = stored([receipt('preview'), receipt('preview')]);
		expect(kept).toMatchObject({ state: 'open', receipts: [] });
	});
});

describe('What is reported', () => {
	const report = (rows: readonly Json[]) =>
		run('Count', rows, { Report: [{ query: { requestId: 'r' } }] })[0];
	const done = (receipts: unknown, more: Json = {}) =>
		row({ state: 'done', receipts: JSON.stringify(receipts), ...more });

	test('is every receipt, once all chunks are over', () => {
		const first = done([entry('deleted', 'a'), entry('notFound', 'b')]);
		expect(report([first])).toMatchObject({
			finished: true,
			targets: 2,
			outcomes: { deleted: 1, notFound: 1 },
			receipts: [{ id: 'a' }, { id: 'b' }],
		});
		const open = report([first, row({ id: 2, chunk: 2 })]);
		expect(open).toMatchObject({ finished: false, chunks: 2, targets: 4, settled: 2 });
		expect(open).not.toHaveProperty('receipts');
	});

	test('is one receipt for an ID whose chunk two equal requests have stored', () => {
		const deleted = done([entry('deleted', 'a'), entry('deleted', 'b')], { id: 2 });
		const late = done([entry('notFound', 'a'), entry('notFound', 'b')], { id: 1 });
		expect(report([late, deleted])).toMatchObject({
			finished: true,
			chunks: 1,
			targets: 2,
			outcomes: { deleted: 2 },
		});
		// The other may still say that it was the one that deleted.
		expect(report([late, row({ id: 2, state: 'taken' })])).toMatchObject({ finished: false });
	});

	test('gives up what was started five times, and claims nothing of it', () => {
		const lost = row({
			state: 'taken',
			starts: 5,
			receipts: JSON.stringify([entry('deleted', 'a')]),
		});
		expect(report([{ ...lost, due: Date.now() + 60_000 }])).toMatchObject({ finished: false });
		expect(report([lost])).toMatchObject({
			finished: true,
			outcomes: { deleted: 1, unknown: 1 },
			receipts: [{ id: 'a' }, { id: 'b', outcome: 'unknown', reason: { code: 'replyLost' } }],
		});
	});

	test('is nothing of a request that was not sent', () => {
		expect(report([{}])).toEqual({ message: expect.any(String) });
	});
});
