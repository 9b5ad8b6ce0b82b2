import { describe, expect, test } from '@jest/globals';

import type { Arrival } from '../../../erasure/requests/arrival';
import {
	takeRequest,
	takeStatusCall,
	type TakenRequest,
} from '../../../erasure/requests/takeRequest';
import { requestKeyOf, statusTokenOf } from '../../../erasure/requests/requestMarks';
import { unsealCallback } from '../../../erasure/requests/sealedCallback';
import {
	headerCall,
	headerIntake,
	headerValue,
	ketchBody,
	now,
	otherHeaderValue,
	otherSecret,
	ownBody,
	secret,
	signedCall,
	signedIntake,
	vendors,
} from './senders';

function take(arrival: Arrival, intake = signedIntake()): TakenRequest {
	const result = takeRequest(arrival, intake, vendors);
	if ('taken' in result) return result.taken;
	throw new Error(`${result.refusal.status} ${JSON.stringify(result.refusal.body)}`);
}

function refuse(arrival: Arrival, intake = signedIntake()) {
	const result = takeRequest(arrival, intake, vendors);
	if ('refusal' in result) return result.refusal;
	throw new Error('It was taken');
}

const messageOf = (body: object) => (body as { error: { message: string } }).error.message;

/** What a body is refused for that is signed well. */
function complaintAbout(body: unknown): string {
	const { status, body: said } = refuse(signedCall(body));
	return `${status} ${messageOf(said)}`;
}

describe('A request in our own words', () => {
	test('gives verified fields alone', () => {
		const data = {
			requestId: 'DSR-2026-0017',
			records: {
				flyflow: ['call_1', ' call_2 ', 3],
				happyRobot: [{ callId: 'a', noteId: 'b' }, 'c'],
				verba: [],
			},
			identities: [{ type: 'phone', value: '+15125551234', format: 'raw' }],
			callback: 'https://shop.example.com/erasures',
			test: true,
		};
		const call = signedCall(ownBody(data));
		const taken = take(call);
		expect(taken).toEqual({
			event: 'requested',
			protocol: 'standardWebhooks',
			format: 'erasure',
			requestKey: requestKeyOf({
				protocol: 'standardWebhooks',
				sender: 'shop',
				requestId: 'DSR-2026-0017',
			}),
			requestId: 'DSR-2026-0017',
			bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
			received: '2026-11-26T00:00:00.000Z',
			test: true,
			records: {
				flyflow: ['call_1', 'call_2', '3'],
				happyRobot: [{ callId: 'a', noteId: 'b' }, 'c'],
			},
			identities: [{ type: 'phone', value: '+15125551234', format: 'raw' }],
			callback: expect.stringMatching(/^sealed1\./),
			callbackHosts: ['shop.example.com'],
		});
		const text = JSON.stringify(taken);
		for (const hidden of [secret, ...call.rawHeaders.slice(5)]) expect(text).not.toContain(hidden);
	});

	test('has the ID of its message if it names none', () => {
		expect(take(signedCall(ownBody(), { id: 'msg_7' }))).toMatchObject({ requestId: 'msg_7' });
	});

	test.each([60, 76 * 3600, 366 * 24 * 3600])(
		'is the same in a repeat that is signed anew %d s later',
		(seconds) => {
			const one = take(signedCall(ownBody()));
			const at = now + seconds * 1000;
			const call = { ...signedCall(ownBody(), { at }), at };
			expect(take(call)).toEqual({ ...one, received: new Date(at).toISOString() });
			// What was signed the first time is worth nothing by then.
			const replayed = { ...signedCall(ownBody()), at };
			if (seconds > 300) expect(refuse(replayed).status).toBe(401);
		},
	);

	test('with another body under the same ID has the same key and another hash', () => {
		const one = take(signedCall(ownBody()));
		const other = take(signedCall(ownBody({ records: { flyflow: ['call_2'] } })));
		expect(other.requestKey).toBe(one.requestKey);
		expect(other.bodyHash).not.toBe(one.bodyHash);
	});

	test('has both hashes while a secret is changed for another one', () => {
		const before = take(signedCall(ownBody()));
		const during = take(signedCall(ownBody()), signedIntake(otherSecret, secret));
		expect(during.bodyHashBefore).toBe(before.bodyHash);
		expect(during.bodyHash).not.toBe(before.bodyHash);
		expect(during.requestKey).toBe(before.requestKey);
	});

	test('may name 10,000 records', () => {
		const ids = Array.from({ length: 10_000 }, (_, index) => `call_${index}`);
		expect(take(signedCall(ownBody({ records: { flyflow: ids } }))).records.flyflow).toEqual(ids);
	});

	test('may name identities of kinds that nobody knows', () => {
		const identities = [{ type: 'shoe_size', value: '46½' }];
		expect(take(signedCall(ownBody({ identities }))).identities).toEqual(identities);
	});

	test('by a fixed header has to name its ID', () => {
		const call = headerCall(ownBody({ requestId: 'r1', records: { flyflow: ['call_1'] } }));
		expect(take(call, headerIntake())).toMatchObject({ protocol: 'fixedHeader', requestId: 'r1' });
		expect(refuse(headerCall(ownBody()), headerIntake())).toEqual({
			status: 400,
			body: { error: { code: 400, message: 'The member data.requestId is missing' } },
		});
	});
});

describe('What is not authentic', () => {
	const told = '401 This call does not show that it comes from the sender that is known here';

	test.each([
		['another secret', signedCall(ownBody(), { by: otherSecret })],
		['an old time', signedCall(ownBody(), { at: now - 301_000 })],
		['a body that is no JSON, under another secret', signedCall('{', { by: otherSecret })],
		['no headers', { ...signedCall(ownBody()), rawHeaders: [] }],
		['no body', { ...signedCall(ownBody()), body: Buffer.alloc(0) }],
	])('%s: one answer, which tells nothing', (_, arrival) => {
		const { status, body } = refuse(arrival);
		expect(`${status} ${messageOf(body)}`).toBe(told);
	});

	test.each([
		['a wrong value', headerCall(ketchBody(), otherHeaderValue)],
		['no value', { ...headerCall(ketchBody()), rawHeaders: [] }],
	])('%s in a fixed header: the same answer', (_, arrival) => {
		const { status, body } = refuse(arrival, headerIntake());
		expect(`${status} ${messageOf(body)}`).toBe(told);
	});
});

describe("Ketch's request", () => {
	test('is read, and its keys are sealed', () => {
		const taken = take(headerCall(ketchBody()), headerIntake());
		expect(taken).toMatchObject({
			event: 'requested',
			protocol: 'fixedHeader',
			format: 'ketch',
			requestId: '7f5e2f62-0f9a-4b7a-9a51-0b6f6c1c2b1a',
			tenant: 'acme',
			test: false,
			records: {},
			identities: [{ type: 'phone', value: '+15125551234', format: 'raw' }],
			callbackHosts: ['rest.ketch.example'],
		});
		const text = JSON.stringify(taken);
		for (const hidden of ['k-secret', 'ada@example.com', headerValue]) {
			expect(text).not.toContain(hidden);
		}
		const { keys } = headerIntake();
		expect(unsealCallback(taken.callback ?? '', taken.requestKey, keys)?.callbacks).toEqual([
			{
				url: 'https://rest.ketch.example/callback',
				headers: { Authorization: 'Bearer k-secret' },
			},
		]);
	});

	test.each([
		[{ ...ketchBody(), kind: 'AccessRequest' }, 'The member kind has to be DeleteRequest'],
		[{ ...ketchBody(), apiVersion: 'dsr/v2' }, 'The member apiVersion has to be dsr/v1'],
		[
			ketchBody({ identities: [] }),
			'The member request.identities is empty, so there is nothing to erase',
		],
		[ketchBody({ callbacks: {} }), 'The member request.callbacks has to be a list'],
		[
			ketchBody({ identities: [{ identitySpace: 'a' }] }),
			/^The member request.identities\[0\].identityValue has to be/,
		],
		[
			ketchBody({ callbacks: [{ url: 'http://ketch.example/' }] }),
			/^The member request.callbacks\[0\].url has to be an address/,
		],
		...['Host', 'content-length', 'Transfer-Encoding', 'a b', ''].map(
			(name) =>
				[
					ketchBody({ callbacks: [{ url: 'https://k.example/', headers: { [name]: 'x' } }] }),
					'The member request.callbacks[0].headers has to hold headers, which are texts, and none of the connection',
				] as const,
		),
		...['a\nb', 'ü', 1, null].map(
			(value) =>
				[
					ketchBody({ callbacks: [{ url: 'https://k.example/', headers: { A: value } }] }),
					/^The member request.callbacks\[0\].headers has to hold headers/,
				] as const,
		),
	] as ReadonlyArray<readonly [object, string | RegExp]>)(
		"%j is refused in Ketch's words",
		(body, message) => {
			const { status, body: said } = refuse(headerCall(body), headerIntake());
			expect(status).toBe(400);
			expect(said).toMatchObject({
				apiVersion: 'dsr/v1',
				kind: 'Error',
				metadata: ketchBody().metadata,
				error: { code: 400, status: 'invalid' },
			});
			if (typeof message === 'string') expect(messageOf(said)).toBe(message);
			else expect(messageOf(said)).toMatch(message);
		},
	);

	test('without what it repeats is refused without it', () => {
		const { body } = refuse(headerCall({ ...ketchBody(), metadata: { uid: 1 } }), headerIntake());
		expect(body).not.toHaveProperty('metadata');
	});

	test('signed as Standard Webhooks is no request in our words', () => {
		expect(complaintAbout(ketchBody())).toBe('400 The member type has to be erasure.requested');
	});
});

describe('A call of a status address', () => {
	const { requestKey } = take(signedCall(ownBody()));
	const token = statusTokenOf(requestKey, signedIntake().keys[0]);

	test.each(['statusAsked', 'cancelAsked'] as const)('%s', (event) => {
		expect(takeStatusCall(token, event, now, signedIntake())).toEqual({
			taken: {
				event,
				protocol: 'standardWebhooks',
				requestKey,
				received: '2026-11-26T00:00:00.000Z',
			},
		});
	});

	test('that was guessed is told nothing', () => {
		for (const guess of ['', requestKey, `${requestKey}.x`, `${token}x`]) {
			expect(takeStatusCall(guess, 'statusAsked', now, signedIntake())).toEqual({
				refusal: {
					status: 404,
					body: { error: { code: 404, message: 'There is no request at this address' } },
				},
			});
		}
	});
});
