import { describe, expect, test } from '@jest/globals';

import { complaintAboutReference } from '../../erasure/certificate/reference';
import { readReceipt } from '../../erasure/receiptReader';
import { readExample, runCodeNode, type Json } from './exampleWorkflow';

const example = readExample('erase-a-customer.json');

const phoneNumber = '+15125551009';

/** What a Code node of the example makes of its input. */
const run = (
	name: string,
	input: readonly Json[],
	others: Readonly<Record<string, readonly Json[]>> = {},
) => runCodeNode(example, name, input, others).map(({ json }) => json);

const request = (body: unknown) => run('Request', [{ body }])[0]!;

describe('What is read of a request', () => {
	const numbersOf = (body: Json) =>
		(request(body).searches as Array<{ vendor: string; phoneNumber: string }>)
			.filter(({ vendor }) => vendor === 'verba')
			.map((search) => search.phoneNumber);

	test.each<[unknown, readonly string[]]>([
		[phoneNumber, [phoneNumber]],
		[` ${phoneNumber}\n`, [phoneNumber]],
		['(512) 555-1009', ['(512) 555-1009']],
		[[phoneNumber], [phoneNumber]],
		[
			[phoneNumber, '5551003'],
			[phoneNumber, '5551003'],
		],
		[`${phoneNumber}, 512.555.1003;5551004`, [phoneNumber, '512.555.1003', '5551004']],
		[[phoneNumber, phoneNumber], [phoneNumber]],
	])('are the phone numbers in %j', (given, numbers) => {
		expect(numbersOf({ phoneNumber: given })).toEqual(numbers);
	});

	test('is the number as a vendor writes it, where the request says so', () => {
		const { searches } = request({ phoneNumber, phoneNumberAt: { creovai: ['5125551002'] } });
		expect(searches).toEqual([
			{ vendor: 'creovai', phoneNumber: '5125551002' },
			...['flyflow', 'happyRobot', 'verba'].map((vendor) => ({ vendor, phoneNumber })),
		]);
	});

	test.each<[unknown, string]>([
		[[phoneNumber], 'The body of the request has to be a JSON object'],
		['phoneNumber=1', 'The body of the request has to be a JSON object'],
		[undefined, 'The body of the request has to be a JSON object'],
		[{}, 'phoneNumber is missing or empty'],
		[{ phoneNumber: '' }, 'phoneNumber is missing or empty'],
		[{ phoneNumber: [] }, 'phoneNumber is missing or empty'],
		[{ phoneNumber: 15125551002 }, 'phoneNumber has to be a phone number as text'],
		[{ phoneNumber: { number: phoneNumber } }, 'phoneNumber has to be a phone number as text'],
		[{ phoneNumber: true }, 'phoneNumber has to be a phone number as text'],
		[{ phoneNumber: 'Ann' }, 'phoneNumber has to be a phone number as text'],
		[{ phoneNumber: '911' }, 'phoneNumber has to be a phone number as text'],
		[{ phoneNumber: `${phoneNumber} ${phoneNumber}` }, 'phoneNumber has to be a phone number'],
		[{ phoneNumber: [phoneNumber, null] }, 'phoneNumber at position 2 has to be a phone number'],
		[{ phoneNumber: [phoneNumber, [phoneNumber]] }, 'phoneNumber at position 2 has to be'],
		[{ phoneNumber, phoneNumberAt: 'creovai' }, 'phoneNumberAt has to be an object'],
		[{ phoneNumber, phoneNumberAt: { kaleyra: '1' } }, 'phoneNumberAt.kaleyra is not a vendor'],
		[{ phoneNumber, phoneNumberAt: { verba: 7 } }, 'phoneNumberAt.verba has to be a phone number'],
		[{ phoneNumber, kaleyraFlowIds: '112' }, 'kaleyraFlowIds has to be a list of IDs as text'],
		[{ phoneNumber, kaleyraFlowIds: ['1', 2] }, 'kaleyraFlowIds at position 2 has to be an ID'],
		[{ phoneNumber, requestId: 7 }, 'requestId has to be text'],
		[{ phoneNumber, requestId: ' ' }, 'requestId is empty'],
		[{ phoneNumber, requestId: 'r ' }, 'requestId begins or ends with a space'],
		[{ phoneNumber, requestId: 'a\u0000b' }, 'requestId holds a character that cannot be seen'],
		[{ phoneNumber, requestId: 'r'.repeat(201) }, 'requestId has 201 characters'],
		[{ phoneNumber, phone: phoneNumber }, 'phone is not a field of a request'],
	])('is nothing of %j', (body, sentence) => {
		const { problem, ...others } = request(body);
		expect(problem).toMatch(sentence);
		expect(problem).not.toContain('5551009');
		expect(others).toEqual({});
	});
});

describe('The ID of a request, in its certificate', () => {
	const ids = [
		...['first', 'DSR-2026-0017', '20261125', 'a:b_c.d-e', 'r'.repeat(64), 'T-123456'],
		...['0d6f2f0e-3f2b-4a35-9a3b-3f6f5d1c2b1a', 'list-2026-11-25:123456', 'e3'.repeat(16)],
		...['Ticket 42', 'r'.repeat(65), 'ä', '<b>', '+15125551009', '15125551009', 'c-512-555-1009'],
		...['2026-5551009', 'T-1.2.3.4.5.6.7', '5551009x', '12345678901234567890123456789012'],
	];

	test.each(ids)('%s: is turned down here where the node would turn it down', (requestId) => {
		const { noCertificate, ...others } = request({ phoneNumber, requestId });
		const complaint = complaintAboutReference(requestId);
		const expected = complaint && `requestId ${complaint}, because everybody may read it`;
		expect(noCertificate).toEqual(expected && expect.stringContaining(expected));
		expect(others).toMatchObject({ requestId });
	});
});

test('A certificate gets receipts that it can be made of, and none of what was only looked for', () => {
	const nothing = { deleted: false, evidence: 'none', target: {}, resource: 'call' };
	const at = '2026-11-25T12:00:00.000Z';
	const sent = { deleted: true, outcome: 'deleted', evidence: 'confirmed', resource: 'flow' };
	const notThere = { ...sent, deleted: false, outcome: 'notFound' };
	const given = [
		[
			{ ...nothing, vendor: 'flyflow', outcome: 'notFound', at, target: { callId: 'f' } },
			{ ...nothing, vendor: 'verba', outcome: 'failed', at },
		],
		[{ ...nothing, vendor: 'creovai', outcome: 'unknown', at, target: { callId: 'c' } }],
		[
			{ ...sent, vendor: 'kaleyra', target: { flowId: 'k' }, at },
			{ ...notThere, vendor: 'kaleyra', target: { flowId: 'l' }, at },
		],
	];
	const receipts = runCodeNode(example, 'Receipts to certify', [], {
		'What is to be deleted': ['decided', 'creovai', 'kaleyra'].map((round) => ({ round })),
		Receipts: { runs: given },
	}).map(({ json }) => json);
	expect(receipts.map(({ vendor, outcome }) => [vendor, outcome])).toEqual([
		['verba', 'failed'],
		['creovai', 'unknown'],
		['kaleyra', 'deleted'],
		['kaleyra', 'notFound'],
	]);
	for (const receipt of receipts) expect(readReceipt(receipt)).toMatchObject({ valid: true });
});

describe('What the approver sees', () => {
	const preview = (vendor: string, target: Json, more: Json = {}): Json => ({
		vendor,
		target,
		resource: 'call',
		outcome: 'preview',
		preview: { wouldBe: 'deleted', plan: `plan of ${vendor}` },
		...more,
	});
	const would = (receipts: readonly Json[], created?: unknown) =>
		run('What would happen', receipts, {
			Request: [request({ requestId: 'r', phoneNumber: [phoneNumber, '5551003'] })],
			'Find at Flyflow': [{ id: 'f', created_at: created }],
		})[0] as Json & { page: string; rounds: Json[] };

	test('is each record with its date, and nothing that n8n or a browser would run', () => {
		const { page } = would([preview('flyflow', { callId: 'f' })], "{{ $env }}<b>'");
		expect(page).toContain('call of &#123;&#123; &#36;env &#125;&#125;&#60;b&#62;&#39;<br>f<br>');
		for (const date of [undefined, null, 7, {}, ['2026'], '']) {
			expect(would([preview('flyflow', { callId: 'f' })], date).page).toContain('call<br>f<br>');
		}
	});

	test('breaks a long word, so that it stays on the screen', () => {
		const { page } = would([preview('flyflow', { callId: 'f'.repeat(60) })]);
		expect(page.match(/f{25}/)).toBeNull();
	});

	test('is approved vendor by vendor: with a part that nobody could see, none of it', () => {
		const failed = { vendor: 'flyflow', target: { callId: 'g' }, outcome: 'refused', reason: {} };
		const { rounds, count } = would([
			preview('flyflow', { callId: 'f' }),
			failed,
			preview('verba', { callID: 'v' }),
		]);
		expect(count).toBe(1);
		expect(rounds.map(({ round }) => round)).toEqual(['decided', 'verba']);
		expect(rounds[0]?.records).toMatchObject([
			{ target: { callId: 'f' }, outcome: 'skipped' },
			{ target: { callId: 'g' }, outcome: 'refused' },
		]);
		expect(rounds[1]?.records).toEqual([{ round: 'verba', plan: 'plan of verba', callID: 'v' }]);
	});

	test('is nothing where nothing would be deleted', () => {
		const gone = { preview: { wouldBe: 'notFound', plan: 'p' } };
		const { count, rounds } = would([
			preview('creovai', { phoneNumber: '**02' }, gone),
			{ vendor: 'flyflow', outcome: 'notFound', target: {} },
			preview('kaleyra', { flowId: 'k' }, gone),
		]);
		expect(count).toBe(0);
		expect(rounds).toMatchObject([
			{
				round: 'decided',
				records: ['creovai', 'flyflow', 'kaleyra'].map((vendor) => ({
					vendor,
					outcome: 'notFound',
				})),
			},
		]);
		expect(JSON.stringify(rounds)).not.toContain('plan');
	});

	test('stands for all numbers at Creovai, which is asked for them again', () => {
		const { rounds } = would([
			preview('creovai', { callId: 'c', phoneNumber: '**02' }),
			{ vendor: 'creovai', outcome: 'notFound', target: { phoneNumber: '**03' } },
		]);
		const plan = 'plan of creovai';
		expect(rounds).toEqual([
			{
				round: 'creovai',
				records: [
					{ round: 'creovai', plan, phoneNumber },
					{ round: 'creovai', plan, phoneNumber: '5551003' },
				],
			},
		]);
	});
});
