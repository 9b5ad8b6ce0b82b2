import { describe, expect, test } from '@jest/globals';

import { outcomes } from '../../erasure/outcome';
import { readReceipt } from '../../erasure/receiptReader';
import { readExample, runCodeNode, type Json } from './exampleWorkflow';

const examples = [
	'erase-a-customer.json',
	'delete-from-a-list.json',
	'retention.json',
	'clean-up-after-tests.json',
	'take-erasure-requests.json',
];

/** The node in each that would be too late if the table could not take the rows. */
const checking: Readonly<Record<string, string>> = {
	'erase-a-customer.json': 'What was found',
	'delete-from-a-list.json': 'One item for each row',
	'retention.json': 'What is to be deleted',
	'clean-up-after-tests.json': 'What is to be deleted',
	'take-erasure-requests.json': 'Work',
};

interface Columns {
	readonly column: ReadonlyArray<{ readonly name: string; readonly type: string }>;
}

/** What "Keep the receipts" stores of a receipt. */
function rowOf(file: string, receipt: Json): Json {
	const { columns } = readExample(file).nodes.find(({ name }) => name === 'Keep the receipts')!
		.parameters as { columns: { value: Readonly<Record<string, string>> } };
	const request = { requestId: 'r-1', receivedAt: '2026-11-26T00:00:00.000Z' };
	const nodes: Readonly<Record<string, unknown>> = {
		Request: { first: () => ({ json: request }) },
		Work: { first: () => ({ json: { ...request, reference: 'r-1' } }) },
		'A person approves': { isExecuted: false },
		'Rounds left': { first: () => ({ json: { approval: null } }) },
	};
	const day = { toUTC: () => ({ toISODate: () => '2026-11-26' }) };
	const cells = Object.entries(columns.value).map(([column, expression]) => {
		const [, code] = /^=\{\{ ([^]*) \}\}$/.exec(expression) ?? [];
		if (code === undefined) throw new Error(`${column} is no expression: ${expression}`);
		// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
		const evaluate = new Function('$json', '$', '$now', '$execution', `return (${code})`) as (
			...given: unknown[]
		) => unknown;
		const value = evaluate(receipt, (name: string) => nodes[name], day, { id: '12' });
		return [column, value] as const;
	});
	return Object.fromEntries(cells);
}

const evidenceOf = { deleted: 'confirmed', deprecated: 'confirmed', notFound: 'confirmed' };

/** One receipt of each outcome, with all that a receipt may hold beside it. */
const receipts: readonly Json[] = outcomes.map((outcome) => ({
	deleted: outcome === 'deleted',
	outcome,
	evidence:
		outcome === 'accepted'
			? 'accepted'
			: ((evidenceOf as Readonly<Record<string, string>>)[outcome] ?? 'none'),
	vendor: 'flyflow',
	resource: 'call',
	target: { callId: 'call_1', sessionId: 's: 1' },
	account: '9fd36fd2a604702a',
	seen: true,
	duplicate: true,
	seal: 'f00d',
	recheckedAt: '2026-11-26T01:02:03.000Z',
	attempts: 2,
	at: '2026-11-26T01:02:03.004Z',
	reason: { message: 'why, as a sentence' },
}));

describe.each(examples)('A row that %s stores', (file) => {
	/** In the list's, a receipt comes as a row of the list already. */
	const stored = (receipt: Json): Json => {
		if (file !== 'delete-from-a-list.json') return rowOf(file, receipt);
		const { target, ...others } = receipt;
		const batch = [{ send: 'flyflow', rows: [2], target }];
		const [item] = runCodeNode(readExample(file), 'Receipts', [{ ...others, target }], {
			'In batches': batch,
			Preview: [{ unsent: [] }],
		});
		return rowOf(file, { ...item!.json, duplicate: others.duplicate });
	};

	test.each(receipts.map((receipt) => [receipt.outcome, receipt] as const))(
		'is the receipt again: %s',
		(_, receipt) => {
			const { seal, recheckedAt, ...others } = receipt;
			const row = stored(receipt);
			expect(row).toMatchObject({ seal });
			const check = readReceipt({ ...row, recheckedAt });
			expect(check).toMatchObject({ valid: true, receipt: { ...others, recheckedAt } });
		},
	);

	test('is a receipt again where an ID has a comma in it, or there is no ID', () => {
		for (const target of [{ callId: 'a, noteId: b' }, { callId: 'a', noteId: 'b,c' }, {}]) {
			const receipt = { ...receipts[outcomes.indexOf('failed')], target };
			expect(readReceipt(stored(receipt))).toMatchObject({ valid: true, receipt: { target } });
		}
	});

	test('has a place in the table, and without one the workflow stops before anything is deleted', () => {
		const example = readExample(file);
		const { columns } = example.nodes.find(({ name }) => name === 'Table of receipts')!
			.parameters as { columns: Columns };
		const names = columns.column.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(Object.keys(stored(receipts[0]!))));

		const check = (kept: readonly string[]) =>
			runCodeNode(example, checking[file]!, [], {
				Request: [{ vendors: [], searches: [], kaleyraFlowIds: [] }],
				Store: [{ execution: '12', request: '{}' }],
				'Table of receipts': [{ columns: kept.map((name) => ({ name })) }],
			});
		expect(() => check(names.filter((name) => !['account', 'seen'].includes(name)))).toThrow(
			'lacks the columns account (string), seen (boolean). Add what is missing',
		);
		expect(() => check([])).toThrow(`lacks the columns ${names[0]} (string), `);
		expect(() => check(names.filter((name) => name !== 'seal'))).toThrow(
			'lacks the column seal (string). Add',
		);
	});
});
