import { describe, expect, test } from '@jest/globals';

import { outcomes, type Outcome } from '../../erasure/outcome';
import { stateOf } from '../../erasure/requests/requestState';
import { deleted, expectReceipts } from './exampleReceipts';
import { readExample, runCodeNode, type Given, type Json } from './exampleWorkflow';

const example = readExample('take-erasure-requests.json');

/** What a Code node of the example makes of its input. */
function run(
	name: string,
	input: readonly Json[],
	others?: Readonly<Record<string, Given>>,
	mode?: 'test',
): Json[] {
	return runCodeNode(example, name, input, others, mode).map(({ json }) => json);
}

describe('What is left of a request that was begun', () => {
	const rounds = [
		{ round: 'decided', records: [{ round: 'decided', outcome: 'notFound' }] },
		{
			round: 'flyflow',
			records: [
				{ round: 'flyflow', callId: 'a' },
				{ round: 'flyflow', callId: 'b,c' },
			],
		},
		{ round: 'happyRobotNote', records: [{ round: 'happyRobotNote', callId: 'h', noteId: 'n' }] },
	];
	const reference = 'ref';
	const row = {
		id: 1,
		state: 'running',
		reference,
		execution: '12',
		approved: JSON.stringify({ rounds, approval: null }),
	};
	const left = (stored: readonly Json[]) =>
		run(
			'Rounds left',
			stored.map((one) => ({ reference, ...one })),
			{ Work: [row] },
		).map(({ round }) => round);
	const flyflow = (target: string) => ({ vendor: 'flyflow', resource: 'call', target });

	test('is what has no receipts yet', () => {
		expect(left([])).toEqual(['decided', 'flyflow', 'happyRobotNote']);
		const decided = { vendor: 'flyflow', resource: 'call', target: '' };
		expect(left([decided, flyflow('callId: a')])).toEqual(['flyflow', 'happyRobotNote']);
		const note = { vendor: 'happyRobot', resource: 'note', target: 'callId: h, noteId: n' };
		expect(left([decided, flyflow('callId: a'), flyflow('{"callId":"b,c"}')])).toEqual([
			'happyRobotNote',
		]);
		expect(left([decided, flyflow('callId: a'), flyflow('{"callId":"b,c"}'), note])).toEqual([
			'none',
		]);
		expect(
			left([decided, flyflow('callId: a')].map((one) => ({ ...one, reference: 'other' }))),
		).toHaveLength(3);
	});

	test('is nothing where the row is not this execution’s', () => {
		const decision = (given: Json) =>
			run('Rounds left', [{}], { Work: [row], 'Keep the decision': [given] });
		expect(decision({})).toEqual([]);
		expect(decision({ ...row, state: 'notErased' })).toEqual([]);
		expect(() => decision({ id: 1, state: 'running' })).toThrow(
			'the node "Keep the decision" is deactivated',
		);
	});

	test('is stored once, and says what may have been the doing of the execution that died', () => {
		const records = rounds[1]!.records.map((record) => ({ plan: 'p', ...record }));
		const given = [
			deleted('flyflow', { callId: 'a' }),
			{ ...deleted('flyflow', { callId: 'b,c' }), outcome: 'notFound', deleted: false },
		];
		const receipts = run('Receipts', given, {
			Records: records,
			'Rounds left': [{ keys: [JSON.stringify(['flyflow', 'a'])], isResumed: true }],
		});
		expect(receipts).toMatchObject([
			{ target: { callId: 'b,c' }, reason: { code: 'goneAfterRepeat' } },
		]);
		expectReceipts(receipts);
	});
});

describe('How a request ended', () => {
	const row = {
		id: 1,
		starts: 1,
		reference: 'ref',
		state: 'running',
		expected: 1,
		createdAt: new Date().toISOString(),
		reportAt: 0,
		reports: 3,
		reportProblem: 'why',
	};
	const receiptsOf = (list: readonly string[]) =>
		list.map((outcome, id) => ({ id: id + 1, reference: 'ref', outcome }));
	const ended = (list: readonly string[], more: Json = {}) =>
		run('How they ended', receiptsOf(list), {
			Work: [{}],
			'Keep the decision': [{ ...row, ...more }],
		})[0]!;

	test('is what the node Erasure Request says of the same receipts', () => {
		for (const first of outcomes) {
			for (const second of outcomes) {
				const counts: Partial<Record<Outcome, number>> = {};
				for (const outcome of [first, second]) counts[outcome] = (counts[outcome] ?? 0) + 1;
				const { state, counts: told } = ended([first, second]);
				expect([first, second, state]).toEqual([first, second, stateOf(counts)]);
				expect(JSON.parse(told as string)).toEqual(counts);
			}
		}
	});

	test('is not erased, where a record has no receipt', () => {
		expect(ended(['deleted'], { expected: 2 })).toMatchObject({
			state: 'notErased',
			problem: '1 records have no receipt in the data table "Erasure receipts"',
		});
		expect(ended([])).toMatchObject({ state: 'notErased' });
	});

	test.each([['Failed'], ['DELETED'], ['gone'], [''], [null], ['__proto__']])(
		'is not erased, where a receipt says what nobody knows: %j',
		(word) => {
			const outcome = word as string;
			expect(ended(['deleted', outcome], { expected: 2 })).toMatchObject({ state: 'notErased' });
			expect(ended([outcome])).toMatchObject({ state: 'notErased' });
		},
	);

	test('is not erased, where it has no receipts', () => {
		expect(ended([], { expected: 0 })).toMatchObject({ state: 'notErased', due: 0 });
	});

	test('stays what it is where it is over, whatever its row says is due', () => {
		const again = (more: Json) =>
			run('How they ended', [{}], {
				'Open rows': [{ ...row, expected: 0, due: 1, ...more }],
			});
		const problem = 'Not approved by Grace';
		expect(again({ state: 'notErased', problem })).toMatchObject([
			{ id: 1, state: 'notErased', due: 0, problem, isNews: false },
		]);
		const closed = ['cancelled', 'deleted', 'notFound'];
		for (const state of closed) expect(again({ state })).toMatchObject([{ id: 0 }]);
		for (const name of ['Row that is due', 'Open rows']) {
			const { filters } = example.nodes.find((node) => node.name === name)!.parameters as {
				filters: { conditions: readonly Json[] };
			};
			const kept = closed.map((keyValue) => ({ keyName: 'state', condition: 'neq', keyValue }));
			expect(filters.conditions).toEqual(expect.arrayContaining(kept));
		}
	});

	test('is looked into again as long as it is open, and reported when it is news', () => {
		const open = (list: readonly string[], more: Json = {}) =>
			run('How they ended', receiptsOf(list), {
				'Open rows': [{ ...row, state: 'accepted', ...more }],
			})[0]!;
		expect(open(['accepted'])).toMatchObject({
			before: 'accepted',
			state: 'accepted',
			reportAt: 0,
			reports: 3,
			reportProblem: 'why',
			due: expect.any(Number),
		});
		expect(open(['accepted']).due).toBeGreaterThan(Date.now());
		expect(open(['deleted'])).toMatchObject({
			state: 'deleted',
			due: 0,
			reports: 0,
			reportProblem: '',
		});
		expect(open(['deleted']).reportAt).toBeGreaterThan(0);
		const old = new Date(Date.now() - 91 * 86_400_000).toISOString();
		expect(open(['accepted'], { createdAt: old })).toMatchObject({ due: 0 });
		expect(run('How they ended', [{}], { 'Open rows': [{}] })).toMatchObject([{ id: 0 }]);
	});
});

describe('A report', () => {
	const row = {
		id: 1,
		requestKey: 'test k',
		reference: 'ref',
		state: 'deleted',
		reportAt: 5,
		reports: 1,
	};
	const noted = (given: Json, more: Json = {}) =>
		run('What came of it', [given], { 'Take the report': [{ ...row, ...more }] })[0]!;
	const told = { requestKey: 'k', state: 'deleted', reported: true };

	test('is done when the node says so of this very state', () => {
		expect(noted(told)).toEqual({
			id: 1,
			reference: 'ref',
			taken: 5,
			reportAt: 0,
			reportProblem: '',
		});
		for (const given of [
			{ ...told, reported: false },
			{ ...told, state: 'accepted' },
			row,
			{},
			{ error: 'No.' },
		]) {
			const { reportAt, reportProblem } = noted(given) as {
				reportAt: number;
				reportProblem: string;
			};
			expect(reportAt).toBeGreaterThan(Date.now());
			expect(reportProblem).toMatch(
				/^Not told yet: (No\.|the node "Report Status" is deactivated)/,
			);
		}
	});

	test('goes out again after longer and longer, and not for ever', () => {
		const minutes = (reports: number) =>
			Math.round(((noted({}, { reports }).reportAt as number) - Date.now()) / 60_000);
		expect([1, 2, 3, 8, 9, 19].map(minutes)).toEqual([2, 4, 8, 256, 360, 360]);
		expect(noted({}, { reports: 20 })).toMatchObject({
			reportAt: 0,
			reportProblem: expect.stringMatching(/^Given up: /),
		});
	});
});
