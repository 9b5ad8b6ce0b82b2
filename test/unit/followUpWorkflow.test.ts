import { describe, expect, test } from '@jest/globals';

import type { Json } from './exampleWorkflow';
import { ago, example, none, row, run, settled } from './followUpRows';

describe('What is written after a look', () => {
	const written = (before: readonly Json[], after: readonly Json[]) =>
		run('What a look has shown', after, { 'In batches': before });

	test('is what has changed, where the row is still as it was read', () => {
		const [one, other] = [row(), row()];
		const { id, updatedAt } = one;
		const after = { ...one, ...settled, seal: 'beef' };
		const { outcome, evidence, deleted, recheckedAt, reason, seen, settledAt } = after as Json;
		expect(written([one, other], [after, other])).toEqual([
			{
				id,
				updatedAt,
				outcome,
				evidence,
				deleted,
				recheckedAt,
				reason,
				seen,
				settledAt,
				seal: 'beef',
			},
		]);
	});

	test.each([
		['nothing has changed', []],
		[
			'only the sentence of a row that cannot be read is new',
			[{ error: 'Item 0 has no usable "at"' }],
		],
		['what came back is no row of the table', [{ id: -7, outcome: 'deleted' }]],
	])('is no row where %s, and the loop goes on', (_, changes) => {
		const one = row();
		const after = changes.length === 0 ? [one] : changes.map((change) => ({ ...one, ...change }));
		const items = written([one], after);
		expect(items.map(({ id }) => id)).toEqual([0]);
	});
});

describe('A request', () => {
	const open = (rows: readonly Json[], still: readonly Json[] = []) =>
		run('What is open', rows, { 'Still open': still })[0] as {
			readonly closed: readonly string[];
			readonly requestsOpen: ReadonlyArray<{ name: string; outcomes: Json; since: string }>;
		};

	test.each(['accepted', 'unknown', 'failed', 'refused', 'skipped', 'nonsense', '', null])(
		'is open while the last receipt of a record is %j',
		(outcome) => {
			const { closed, requestsOpen } = open([row(settled), row({ outcome, target: 'callId: c2' })]);
			expect(closed).toEqual([]);
			expect(requestsOpen.map(({ name }) => name)).toEqual(['r']);
		},
	);

	test.each(['deleted', 'notFound', 'deprecated'])('is closed with %s', (outcome) => {
		expect(open([row({ outcome })])).toEqual({ closed: ['r'], requestsOpen: [] });
	});

	test('goes by what came of a record last, and not by the order of the rows', () => {
		const rows = [row({ outcome: 'skipped' }), row(settled)];
		expect(open([...rows].reverse()).closed).toEqual(['r']);
		const again = [row(settled), row({ outcome: 'failed' })];
		expect(open(again).closed).toEqual([]);
	});

	test('goes by no second receipt of a record in the same run', () => {
		const rows = [row(settled), row({ duplicate: true })];
		expect(open(rows).closed).toEqual(['r']);
	});

	test('is not closed by a preview, nor where none of its receipts is there', () => {
		expect(open([row({ outcome: 'preview' })])).toEqual({ closed: [], requestsOpen: [] });
		expect(open([none])).toEqual({ closed: [], requestsOpen: [] });
	});

	test('is as old as its oldest open receipt, by the row or by what the receipt says', () => {
		const [old, older] = [ago(9), ago(12)];
		const rows = [
			row({ createdAt: old }),
			row({ target: 'callId: c2', settledAt: older }),
			row({ ...settled, target: 'callId: c3', createdAt: ago(99) }),
		];
		expect(open(rows).requestsOpen).toEqual([
			{ name: 'r', outcomes: { accepted: 2 }, since: older },
		]);
	});

	test('without a reference is what a look can settle, and is named by its rows alone', () => {
		const rows = ['accepted', 'skipped', 'refused', 'accepted'].map((outcome, index) =>
			row({ id: 90 + index, outcome, reference: '', request: 'for +1 512 555 1002' }),
		);
		expect(open([none], rows)).toMatchObject({
			closed: [],
			requestsOpen: [{ name: 'row 90 and 1 more', outcomes: { accepted: 2 } }],
		});
	});
});

test('A table without what a recheck goes by stops the workflow before anything is looked at', () => {
	const { columns } = example.nodes.find(({ name }) => name === 'Table of receipts')!
		.parameters as { columns: { column: ReadonlyArray<{ name: string }> } };
	const check = (without: readonly string[]) =>
		run('Check the table', [{ id: 'table' }], {
			'Table of receipts': [
				{ columns: columns.column.filter(({ name }) => !without.includes(name)) },
			],
		});
	expect(check([])).toEqual([{ id: 'table' }]);
	const all = columns.column.map(({ name }) => name);
	expect(() => check(all)).toThrow('lacks the columns request (string), ');
	expect(() => check(['seal', 'seen'])).toThrow(
		'The data table "Erasure receipts" lacks the columns seen (boolean), seal (string). Add what is missing. Nothing was looked at.',
	);
});
