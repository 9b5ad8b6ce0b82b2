import { describe, expect, test } from '@jest/globals';

import { deleted, expectReceipts } from './exampleReceipts';
import { readExample, runCodeNode, type Json } from './exampleWorkflow';

// What a node gives that is deactivated or breaks down is what it was given; where it gives nothing at
// all, n8n gives an item with nothing in it (Always Output Data). Neither is an answer of the vendor.

/** Each example with a loop over the vendors, and two records of one round of it. */
const loops: ReadonlyArray<[string, string, string, readonly Json[]]> = [
	['erase-a-customer.json', 'verba', 'conversation', [{ callID: 'a' }, { callID: 'b' }]],
	['take-erasure-requests.json', 'verba', 'conversation', [{ callID: 'a' }, { callID: 'b' }]],
	['retention.json', 'flyflow', 'call', [{ callId: 'a' }, { callId: 'b' }]],
	[
		'clean-up-after-tests.json',
		'happyRobot',
		'note',
		[
			{ callId: 'a', noteId: '1' },
			{ callId: 'a', noteId: '2' },
		],
	],
];

describe.each(loops)('The receipts of %s', (file, vendor, resource, targets) => {
	const asked = targets.map((target) => ({ round: vendor, plan: 'p', ...target }));
	const hasPlan = ['erase-a-customer.json', 'take-erasure-requests.json'].includes(file);
	const records = hasPlan ? asked : asked.map(withoutPlan);
	const receiptsOf = (given: readonly Json[]) =>
		runCodeNode(readExample(file), 'Receipts', given, {
			Records: records,
			'Rounds left': [{ keys: [], isResumed: false }],
		}).map(({ json }) => json);
	const lost = (target: Json, why = 'it is deactivated, or broke down') => ({
		...{ deleted: false, outcome: 'unknown', evidence: 'none', vendor, resource, target },
		reason: { message: `The vendor's node gave no receipt: ${why}` },
	});
	const whole = targets.map((target) => deleted(vendor, target));

	test('are those that the vendor gave, whatever they are of', () => {
		expect(receiptsOf(whole.map((one) => ({ ...one, error: 'as n8n adds it' })))).toEqual(whole);
		const others = [...whole, deleted(vendor, { another: 'name' })];
		expect(receiptsOf(others)).toEqual(others);
		const unusable = [whole[0]!, { ...whole[1], target: {} }];
		expect(receiptsOf(unusable)).toEqual(unusable);
	});

	test.each<[string, readonly Json[]]>([
		['hands on what it was given', records],
		['gives nothing', [{}]],
	])('say of each record that the node %s', (_, given) => {
		expect(receiptsOf(given)).toMatchObject(targets.map((target) => lost(target)));
		expectReceipts(receiptsOf(given));
	});

	test('say what n8n says of the node', () => {
		const given = records.map((record) => ({ ...record, error: 'No such node' }));
		expect(receiptsOf(given)).toMatchObject(targets.map((one) => lost(one, 'No such node')));
	});

	test('say it of the record alone whose receipt did not come', () => {
		expect(receiptsOf([whole[1]!])).toMatchObject([whole[1], lost(targets[0]!)]);
	});
});

function withoutPlan({ plan: _, ...record }: Json): Json {
	return record;
}

test('Receipts of numbers at Creovai hold no number', () => {
	const records = ['+15125551009', '+15125551003'].map((phoneNumber) => ({
		...{ round: 'creovai', plan: 'p', phoneNumber },
	}));
	for (const given of [records, [{}]]) {
		const receipts = runCodeNode(readExample('erase-a-customer.json'), 'Receipts', given, {
			Records: records,
		}).map(({ json }) => json);
		expect(receipts).toMatchObject([{ outcome: 'unknown', target: {} }, { target: {} }]);
		expect(JSON.stringify(receipts)).not.toContain('555');
		expectReceipts(receipts);
	}
});

describe('The rows of delete-from-a-list.json', () => {
	const example = readExample('delete-from-a-list.json');
	const rows = [
		{ row: 2, text: 'a', at: 0 },
		{ row: 3, text: 'b', at: 0 },
	];
	const file = { left: [], name: 'list.csv', said: '', isPhone: false };
	const what = 'Verba: conversations by call ID';
	const preview = (callID: string): Json => ({
		...deleted('verba', { callID }),
		...{ resource: 'conversation', deleted: false, outcome: 'preview', evidence: 'none' },
		preview: { found: true, wouldBe: 'deleted', plan: 'p' },
	});
	const previewed = (given: readonly Json[]) =>
		runCodeNode(example, 'Preview', given, {
			'Find the IDs': [file],
			'Upload a list': [{ what }],
			'One item for each row': rows,
		})[0]!.json as Json & { unsent: Array<{ row: number; receipt: Json }>; total: number };

	test.each<[string, readonly Json[], readonly number[]]>([
		['handed on', rows, [2, 3]],
		['nothing', [{}], [2, 3]],
		['one of two', [preview('a')], [3]],
	])(
		'of which no preview came are not sent, and have receipts that say so: %s',
		(_, given, lost) => {
			const { unsent, total, html } = previewed(given);
			expect(unsent.map(({ row }) => row)).toEqual(lost);
			expect(total).toBe(rows.length - lost.length);
			expectReceipts(unsent.map(({ receipt }) => receipt));
			for (const { receipt } of unsent) {
				expect(receipt).toMatchObject({ outcome: 'failed', vendor: 'verba' });
			}
			expect(html).toContain('gave no preview of it: it is deactivated, or broke down');
			expect(html).not.toContain('undefined');
		},
	);

	const batch = runCodeNode(example, 'What goes', [], {
		Preview: [previewed([preview('a'), preview('b')])],
		'Upload a list': [{ what }],
	}).map(({ json }) => json);
	const end = (given: readonly Json[]) => {
		const receipts = runCodeNode(example, 'Receipts', given, {
			'In batches': batch,
			Preview: [{ unsent: [] }],
		}).map(({ json }) => json);
		return receipts.map(({ row, outcome, certifies, reason }) => {
			const { target } = certifies as { target: Json };
			return { row, outcome, target, reason };
		});
	};
	const lost = expect.stringMatching(
		/gave no receipt: it is deactivated, or broke down$/,
	) as unknown;

	test.each<[string, readonly Json[], readonly string[]]>([
		['all', ['a', 'b'].map((callID) => deleted('verba', { callID })), ['deleted', 'deleted']],
		['handed on', batch, ['unknown', 'unknown']],
		['nothing', [{}], ['unknown', 'unknown']],
		['one of two', [deleted('verba', { callID: 'b' })], ['unknown', 'deleted']],
	])('of which no receipt came may be deleted or not: %s', (_, given, outcomes) => {
		expect(end(given)).toEqual(
			outcomes.map((outcome, index) => ({
				row: rows[index]!.row,
				outcome,
				target: { callID: rows[index]!.text },
				reason: outcome === 'unknown' ? lost : '',
			})),
		);
	});
});

describe('A chunk of erase-in-bulk.json', () => {
	test.each<[string, readonly Json[]]>([
		['handed on', [{ callId: '["a"]' }, { callId: '["b"]' }]],
		['nothing', [{}]],
		['one of two', [deleted('flyflow', { callId: 'a' })]],
	])('of which no receipts came is not done: %s', (_, given) => {
		const row = { id: 1, ids: '["a","b"]', receipts: '[]', starts: 1 };
		expect(() =>
			runCodeNode(readExample('erase-in-bulk.json'), 'Receipts', given, {
				'Take the Chunk': [row],
			}),
		).toThrow("The vendor's node gave no receipt for each of 2 IDs");
	});
});

test.each([
	'erase-a-customer.json',
	'delete-from-a-list.json',
	'retention.json',
	'clean-up-after-tests.json',
	'erase-in-bulk.json',
])("The vendors' nodes of %s give an item where they give nothing", (file) => {
	const { nodes } = readExample(file);
	const vendors = nodes.filter(({ parameters }) =>
		['call', 'flow', 'note', 'conversation'].includes(String(parameters.resource)),
	);
	expect(vendors.length).toBeGreaterThan(1);
	expect(vendors.filter((node) => !node.alwaysOutputData).map(({ name }) => name)).toEqual([]);
});
