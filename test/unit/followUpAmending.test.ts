import { describe, expect, test } from '@jest/globals';

import { readReceipt } from '../../erasure/receiptReader';
import type { Json } from './exampleWorkflow';
import { ago, none, row, run, settled } from './followUpRows';

/** The text of a certificate that says this, signed by nobody. */
const signedText = (erasure: Json) =>
	`h.${Buffer.from(JSON.stringify({ erasure })).toString('base64url')}.s~`;

describe('A certificate is amended', () => {
	const certificate = { id: 4, reference: 'r', state: 'open', certificate: 'eyJ~', jti: 'j4' };
	const due = (certificates: readonly Json[], mode?: 'test') =>
		run(
			'Requests that are closed',
			[],
			{ 'What is open': [{ closed: ['r'] }], 'Open certificates': certificates },
			mode,
		);
	const held = (since: string) => `amending since ${since} by execution 7`;

	test('once its request is closed, by one run, and in no test run', () => {
		const { id, reference, jti, state } = certificate;
		expect(due([certificate])).toEqual([{ id, reference, jti, state }]);
		expect(due([certificate], 'test')).toEqual([]);
		expect(due([{ ...certificate, reference: 'other' }])).toEqual([]);
		expect(due([none])).toEqual([]);
	});

	test('by no second run, unless the first has had an hour', () => {
		const [now, before] = [held(ago(0)), held(ago(0.05))];
		expect(
			due([
				{ ...certificate, state: now },
				{ ...certificate, id: 5 },
			]),
		).toEqual([]);
		expect(due([{ ...certificate, state: before }])).toMatchObject([{ state: before }]);
		expect(due([{ ...certificate, state: 'amending since yesterday' }])).toHaveLength(1);
	});

	test('by one gate for all its parts, and by one for each other certificate', () => {
		const parts = signedText({ totalOf: ['j4', 'j5'] });
		const given = [
			{ ...certificate, certificate: parts },
			{ ...certificate, id: 5, jti: 'j5', certificate: parts },
			{ ...certificate, id: 6, jti: 'j6', certificate: signedText({ totalOf: ['j6'] }) },
			{ ...certificate, id: 7, jti: 'j7' },
		];
		expect(due(given).map(({ id }) => id)).toEqual([4, 6, 7]);
	});
});

describe('What is amended together', () => {
	const certificate = (jti: string, erasure: Json, state = 'open') => ({
		id: Number(jti.slice(1)),
		jti,
		state,
		certificate: signedText({ counts: { records: 1 }, ...erasure }),
	});
	const together = (jti: string, given: readonly Json[]) =>
		run('Those that belong together', given, { 'Take the request': [{ jti }] }).map(
			(one) => one.jti,
		);

	test('is a certificate with its parts and amendments, and no other of the request', () => {
		const given = [
			certificate('j1', { totalOf: ['j1', 'j2'] }),
			certificate('j2', { totalOf: ['j1', 'j2'] }),
			certificate('j3', { totalOf: ['j3'] }, 'final'),
			certificate('j4', { amends: { jti: 'j2' } }),
			certificate('j5', { amends: { jti: 'j3' } }, 'final'),
			{ id: 6, jti: '', state: 'open', certificate: '' },
		];
		expect(together('j1', given)).toEqual(['j1', 'j2', 'j4']);
		expect(together('j4', given)).toEqual(['j1', 'j2', 'j4']);
		expect(together('j3', given)).toEqual(['j3', 'j5']);
	});

	test('is one that cannot be read too, so that the node says so', () => {
		expect(together('j1', [{ id: 1, jti: 'j1', certificate: 'nonsense' }])).toEqual(['j1']);
	});
});

describe('A certificate is amended by receipts', () => {
	const record = (id: string, outcome: string, more: Json = {}): Json => ({
		vendor: 'creovai',
		resource: 'call',
		target: { sessionId: `s${id}`, callId: `c${id}` },
		outcome,
		...more,
	});
	const disclosed = (digest: string, shown: Json) => ({
		digest,
		disclosure: Buffer.from(JSON.stringify(['salt', shown])).toString('base64url'),
	});
	const target = (id: string) => `callId: c${id}, sessionId: s${id}`;
	const receipts = (
		disclosures: readonly Json[],
		rows: readonly Json[],
		count = disclosures.length,
	) =>
		run('Receipts to certify', [], {
			'Take the request': [{ reference: 'r' }],
			'Those that belong together': [{ records: count }],
			'Disclosures of the request': disclosures,
			'Receipts of the requests': rows,
		});

	test('that settle what is open in it, the last of each record, and by no others', () => {
		const given = receipts(
			[
				disclosed('d1', record('1', 'accepted')),
				disclosed('d2', record('2', 'failed')),
				disclosed('d3', record('3', 'deleted')),
				disclosed('d4', record('4', 'unknown')),
				disclosed('d5', record('4', 'deleted', { was: 'd4' })),
			],
			[
				row({ outcome: 'skipped', evidence: 'none', target: target('2') }),
				row({ ...settled, target: target('1') }),
				row({ ...settled, target: target('2') }),
				row({ outcome: 'failed', target: target('2'), duplicate: true }),
				row({ ...settled, target: target('3') }),
				row({ ...settled, target: target('4') }),
				row({ ...settled, target: target('6') }),
				row({ outcome: 'failed', target: target('1'), reference: 'other' }),
				row({ outcome: 'preview', evidence: 'none', target: target('1') }),
			],
		);
		expect(given.map((one) => `${String(one.target)} ${String(one.outcome)}`)).toEqual([
			`${target('1')} deleted`,
			`${target('2')} deleted`,
		]);
		for (const receipt of given) expect(readReceipt(receipt)).toMatchObject({ valid: true });
	});

	test('whose target is JSON as well, and by none whose target cannot be read', () => {
		const odd = record('1', 'accepted', { target: { callId: 'a, b: c' } });
		const given = (text: string) =>
			receipts([disclosed('d1', odd)], [row({ ...settled, target: text })])[0];
		expect(given('{"callId":"a, b: c"}')).toMatchObject({ outcome: 'deleted' });
		expect(given('{"callId"')).toHaveProperty('problem');
	});

	const open = [disclosed('d1', record('1', 'accepted')), disclosed('d2', record('2', 'failed'))];

	test.each<[string, readonly Json[]]>([
		['has no receipt', [row({ ...settled, target: target('1') })]],
		[
			'is open again',
			[row({ ...settled, target: target('1') }), row({ outcome: 'failed', target: target('2') })],
		],
	])('all of them, or none, where one record %s', (_, rows) => {
		expect(receipts(open, rows)).toEqual([
			{
				problem: expect.stringMatching(/^1 of its records are open, and no receipt .* to amended$/),
			},
		]);
	});

	test('only with all its disclosures, and not again where nothing is open in it', () => {
		const rows = [row({ ...settled, target: target('1') })];
		const lost = { problem: expect.stringMatching(/^1 of its disclosures are not in the table/) };
		expect(receipts(open.slice(0, 1), rows, 2)).toEqual([lost]);
		expect(receipts([open[0]!, { disclosure: '?', digest: 'x' }], rows)).toEqual([lost]);
		const amended = disclosed('d3', record('1', 'deleted', { was: 'd1' }));
		expect(receipts([open[0]!, amended], rows)).toEqual([{ settled: true }]);
	});

	test.each<[string, Json, readonly Json[], Json]>([
		['it was amended already', { settled: true }, [none], { state: 'amended', reason: '' }],
		[
			'a receipt is missing',
			{ problem: 'Missing' },
			[{ error: 'no "outcome"' }],
			{ state: 'open', reason: 'Not amended: Missing' },
		],
		[
			'the node says why',
			none,
			[{ error: 'Reference is empty' }],
			{ state: 'open', reason: 'Not amended: Reference is empty' },
		],
		[
			'the node breaks down or is deactivated',
			none,
			[row(settled)],
			{ state: 'open', reason: expect.stringContaining('gave none: it is deactivated') },
		],
	])('or is not, where %s', (_, receipt, given, expected) => {
		const others = {
			'Take the request': [{ id: 4, reference: 'r' }],
			'Receipts to certify': [receipt],
		};
		expect(run('Why there is none', given, others)).toMatchObject([{ id: 4, ...expected }]);
	});
});
