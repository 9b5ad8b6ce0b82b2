import { describe, expect, test } from '@jest/globals';

import { readExample, runCodeNode, type Json } from './exampleWorkflow';

const example = readExample('erase-in-bulk.json');

/** What a Code node of the example makes of its input. */
function run(
	name: string,
	input: readonly Json[],
	others?: Readonly<Record<string, readonly Json[]>>,
	mode?: 'test',
): Json[] {
	return runCodeNode(example, name, input, others, mode).map(({ json }) => json);
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

describe('What is stored of a request', () => {
	const flyflowCallIds = Array.from({ length: 251 }, (_, index) => `f${index}`);
	const request = { requestId: 'r', flyflowCallIds, creovaiCallIds: ['c', ' c '] };
	const cut = (body: unknown, mode?: 'test') =>
		run('Cut into Chunks', [{}], { Request: [{ body }] }, mode)[0] ?? {};
	const compare = (body: Json, stored: readonly Json[] = [{}]) =>
		run('Compare', stored, { 'Cut into Chunks': [cut(body)] })[0] ?? {};

	test('are chunks that know how many IDs the whole has', () => {
		const { status, answer, rows } = compare(request) as Json & { rows: Json[] };
		expect(status).toBe(202);
		expect(answer).toEqual({ requestId: 'r', targets: 252, chunks: 3, known: false });
		expect(rows.map(({ vendor, chunk, targets }) => [vendor, chunk, targets])).toEqual([
			['flyflow', 1, 252],
			['flyflow', 2, 252],
			['creovai', 1, 252],
		]);
	});

	test('is what is missing of it, when it comes again', () => {
		const [first, ...others] = (cut(request) as { rows: Json[] }).rows;
		const again = compare(request, [{ id: 1, ...first }]);
		expect(again).toMatchObject({ status: 202, answer: { known: true }, rows: others });
	});

	test.each<[string, Json]>([
		['other IDs', { ...request, creovaiCallIds: ['d'] }],
		['more IDs', { ...request, creovaiCallIds: ['c', 'd'] }],
		['fewer IDs', { requestId: 'r', flyflowCallIds }],
	])('is nothing of another request with the same ID: %s', (_, other) => {
		const stored = (cut(request) as { rows: Json[] }).rows.map((kept, id) => ({ id, ...kept }));
		expect(compare(other, stored)).toMatchObject({ status: 409, rows: [] });
	});

	test.each<[unknown, string]>([
		[{ flyflowCallIds }, 'requestId is missing'],
		[{ ...request, requestId: null }, 'requestId is missing'],
		[{ ...request, requestId: 7 }, 'requestId has to be text: put it in quotation marks'],
		[{ ...request, requestId: ['r'] }, 'requestId has to be text'],
		[{ ...request, requestId: ' ' }, 'requestId is empty'],
		[{ ...request, requestId: ' r ' }, 'requestId begins or ends with a space'],
		[{ ...request, requestId: 'a\u0000b' }, 'requestId holds a character that cannot be seen'],
		[{ ...request, requestId: 'a\ud800b' }, 'requestId holds a character that cannot be seen'],
		[{ ...request, requestId: 'a\u200bb' }, 'requestId holds a character that cannot be seen'],
		[{ ...request, requestId: 'r'.repeat(1_000_000) }, 'requestId has 1000000 characters'],
		[[request], 'The body of the request has to be a JSON object'],
		['requestId=r', 'The body of the request has to be a JSON object'],
		[{ requestId: 'r' }, 'There is no ID in the request'],
		[{ requestId: 'r', flyflowCallIds: ['a', 7] }, 'flyflowCallIds .* at position 2'],
		[{ ...request, creovaiCallIDs: ['x'] }, 'creovaiCallIDs is not a field of a request'],
	])('is nothing of what cannot be understood', (body, message) => {
		expect(cut(body)).toMatchObject({
			status: 400,
			answer: { message: expect.stringMatching(message) as unknown },
			rows: [],
		});
	});

	test('is nothing in a test run, which starts and takes nothing either', () => {
		expect(cut(request, 'test')).toMatchObject({ status: 200, rows: [] });
		expect(run('Lanes', [row()], {}, 'test')).toEqual([]);
		expect(run('Choose', [row()], {}, 'test')).toEqual([]);
		expect(run('Choose', [row()])).toEqual([{ id: 1, starts: 1 }]);
	});
});

describe('How many chunks run at once', () => {
	const choose = (underWay: number, body: Json = {}) =>
		run('Choose', [row()], {
			Chunk: [{ body }],
			'Chunks Under Way': Array.from({ length: underWay }, (_, id) => ({ id })),
		});

	test('is what the workflow says, whatever the caller sends', () => {
		expect(choose(1)).toHaveLength(1);
		for (const chunksAtOnce of [100, '100', null, Number.NaN, undefined]) {
			expect(choose(2, { vendor: 'flyflow', chunksAtOnce })).toEqual([]);
		}
	});

	test('is the same in both nodes that have it', () => {
		const started = run('Lanes', [row()]).filter(({ vendor }) => vendor === 'flyflow').length;
		expect(choose(started - 1)).toHaveLength(1);
		expect(choose(started)).toEqual([]);
	});
});

test('Each vendor has its lanes, whichever has something to do', () => {
	const vendors = run('Lanes', [row()]).map(({ vendor }) => vendor);
	expect(vendors).toEqual(['flyflow', 'flyflow', 'creovai', 'creovai']);
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
		['preview', undefined, true],
	])('%s (%s) is final: %s', (outcome, reason, final) => {
		const kept = stored([receipt('deleted'), receipt(outcome, reason)]);
		expect(kept.state).toBe(final ? 'done' : 'open');
		expect(kept.receipts.map((one) => one.final)).toEqual([true, final]);
	});

	test('stands after the fifth start, final or not', () => {
		const given = [receipt('deleted'), receipt('unknown', 'replyLost')];
		expect(stored(given, { starts: 5 }).state).toBe('done');
	});

	test.each<[string, Json[]]>([
		['too few of them', [receipt('deleted')]],
		['too many', [receipt('deleted'), receipt('deleted'), receipt('deleted')]],
		['what is no receipt', [receipt('deleted'), { callId: '["b"]' }]],
		[
			'one for another ID',
			[receipt('deleted'), { ...receipt('deleted'), target: { callId: 'c' } }],
		],
	])('is nothing that may belong to another ID: %s', (_, given) => {
		expect(() => stored(given)).toThrow('gave no receipt for each of 2 IDs');
	});

	test('may have no target where the ID could not be used', () => {
		const given = [receipt('deleted'), { ...receipt('failed', 'badInput'), target: {} }];
		expect(stored(given).state).toBe('done');
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
		const open = report([first, row({ id: 2, chunk: 2, ids: '["c","d"]' })]);
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
		const other = done([entry('deleted', 'c')], { id: 3, ids: '["c"]' });
		expect(report([deleted, other])).toMatchObject({ targets: 3, outcomes: { deleted: 3 } });
		const mixed = done([entry('deleted', 'c'), entry('deleted', 'a')], { id: 3, ids: '["c","a"]' });
		const { receipts } = report([late, mixed]) as { receipts: Json[] };
		expect(receipts.map(({ id, outcome }) => [id, outcome])).toEqual([
			['a', 'deleted'],
			['b', 'notFound'],
			['c', 'deleted'],
		]);
		// The other may still say that it was the one that deleted.
		expect(report([late, row({ id: 2, state: 'taken' })])).toMatchObject({ finished: false });
	});

	test('gives up what was started five times, and claims nothing of it', () => {
		const lost = row({
			state: 'taken',
			starts: 5,
			receipts: JSON.stringify([entry('deleted', 'a')]),
		});
		const later = { ...lost, due: Date.now() + 60_000 };
		expect(report([later])).toMatchObject({ finished: false, underWay: 1 });
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
