import { describe, expect, test } from '@jest/globals';

import type { Arrival } from '../../../erasure/requests/arrival';
import {
	readWebhookSecret,
	signWebhook,
	verifyWebhook,
} from '../../../erasure/requests/standardWebhooks';
import {
	now,
	otherSecret,
	ownBody,
	rawHeadersOf,
	secret,
	secretOf,
	signedCall,
	standardWebhooks,
	svix,
} from './senders';

describe('The published vectors', () => {
	test.each([
		[
			'of the reference libraries',
			'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
			{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330' },
			'{"test": 2432232314}',
			'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
		],
		[
			"of Svix's documentation",
			'whsec_plJ3nmyCDGBKInavdOK15jsl',
			{ id: 'msg_loFOjxBNrRLzqYUf', timestamp: '1731705121' },
			'{"event_type":"ping","data":{"success":true}}',
			'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
		],
	])('%s', (_, text, stamp, body, signature) => {
		// Svix published one of 18 bytes: fewer than the standard asks for, so no credential takes it.
		const current = { key: Buffer.from(text.slice('whsec_'.length), 'base64') };
		expect(signWebhook(stamp, body, current)).toBe(signature);
		const rawHeaders = rawHeadersOf({
			'webhook-id': stamp.id,
			'webhook-timestamp': stamp.timestamp,
			'webhook-signature': signature,
		});
		const at = Number(stamp.timestamp) * 1000;
		const arrival = { rawHeaders, body: Buffer.from(body), at };
		expect(verifyWebhook(arrival, { current })).toEqual(stamp);
	});
});

const current = secretOf(secret);
const isTaken = (arrival: Arrival, previous?: string) =>
	verifyWebhook(arrival, {
		current,
		...(previous === undefined ? {} : { previous: secretOf(previous) }),
	}) !== undefined;

/** The call with one header changed; null takes it away. */
function withHeader(arrival: Arrival, name: string, value: string | null): Arrival {
	const headers: string[] = [];
	for (let index = 0; index < arrival.rawHeaders.length; index += 2) {
		const [key = '', old = ''] = arrival.rawHeaders.slice(index, index + 2);
		if (key !== name) headers.push(key, old);
		else if (value !== null) headers.push(key, value);
	}
	return { ...arrival, rawHeaders: headers };
}

function headerOf({ rawHeaders }: Arrival, name: string): string {
	return rawHeaders[rawHeaders.indexOf(name) + 1] ?? '';
}

describe('A call of', () => {
	test.each([
		['standardwebhooks', standardWebhooks, 'webhook'],
		['svix', svix, 'svix'],
		['svix, under the standard names', svix, 'webhook'],
	])('%s is taken', (_, library, family) => {
		expect(isTaken(signedCall(ownBody(), { library, family }))).toBe(true);
	});

	test('a sender in whose body no character is ASCII is taken', () => {
		expect(isTaken(signedCall('{"ü":"Ω𝄞"}'))).toBe(true);
	});
});

describe('A call is not taken', () => {
	const call = signedCall(ownBody());

	test('with one byte of its body changed, anywhere', () => {
		for (let index = 0; index < call.body.length; index++) {
			const body = Buffer.from(call.body);
			body[index] = (body[index] ?? 0) ^ 1;
			expect(isTaken({ ...call, body })).toBe(false);
		}
		expect(isTaken({ ...call, body: call.body.subarray(1) })).toBe(false);
		expect(isTaken({ ...call, body: Buffer.concat([call.body, Buffer.from(' ')]) })).toBe(false);
		expect(isTaken(call)).toBe(true);
	});

	test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
		'with one character of its %s changed, anywhere',
		(name) => {
			const value = headerOf(call, name);
			for (let index = 0; index < value.length; index++) {
				const other = value[index] === '1' ? '2' : '1';
				const changed = value.slice(0, index) + other + value.slice(index + 1);
				expect([changed, isTaken(withHeader(call, name, changed))]).toEqual([changed, false]);
			}
		},
	);

	test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s', (name) => {
		expect(isTaken(withHeader(call, name, null))).toBe(false);
		expect(isTaken(withHeader(call, name, ''))).toBe(false);
	});

	test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('with %s twice', (name) => {
		const twice = [...call.rawHeaders, name.toUpperCase(), headerOf(call, name)];
		expect(isTaken({ ...call, rawHeaders: twice })).toBe(false);
	});

	test('with headers of two families that only make a whole together', () => {
		const mixed = call.rawHeaders.map((text) => text.replace('webhook-id', 'svix-id'));
		expect(isTaken({ ...call, rawHeaders: mixed })).toBe(false);
	});

	test.each([
		['signed with another secret', signedCall(ownBody(), { by: otherSecret })],
		['with a dot in its ID', signedCall(ownBody(), { id: 'msg.1' })],
		['with a blank in its ID', signedCall(ownBody(), { id: 'msg 1' })],
		['with no ID', signedCall(ownBody(), { id: '' })],
	])('%s', (_, other) => {
		expect(isTaken(other)).toBe(false);
	});

	test.each([
		['a digest of another length', 'v1,AAAA'],
		['a list of nothing', ' '],
		['no base64', 'v1,!!!'],
		['a version that is not known', headerOf(call, 'webhook-signature').replace('v1,', 'v1a,')],
		['no version', headerOf(call, 'webhook-signature').replace('v1,', '')],
		['commas between', `v1,AAAA,${headerOf(call, 'webhook-signature')}`],
		['other spelling of the same bytes', headerOf(call, 'webhook-signature').replace(/=$/, '')],
	])('with %s for a signature', (_, signature) => {
		expect(isTaken(withHeader(call, 'webhook-signature', signature))).toBe(false);
	});
});

describe('The time of sending', () => {
	test.each([
		[-301, false],
		[-300, true],
		[-299, true],
		[0, true],
		[299, true],
		[300, true],
		[301, false],
		[-86_400, false],
		[86_400, false],
	])('%d s from ours: taken %p', (seconds, taken) => {
		expect(isTaken(signedCall(ownBody(), { at: now + seconds * 1000 }))).toBe(taken);
	});

	test.each(['', ' ', '1e9', '0x69', '-1', '+1', '1795651200.5', '1795651200000', 'NaN', '01'])(
		'written as %p is not one',
		(timestamp) => {
			const id = 'msg_1';
			const body = Buffer.from('{}');
			const signature = signWebhook({ id, timestamp }, body, current);
			const rawHeaders = rawHeadersOf({
				'webhook-id': id,
				'webhook-timestamp': timestamp,
				'webhook-signature': signature,
			});
			expect(isTaken({ rawHeaders, body, at: now })).toBe(false);
		},
	);
});

describe('A secret that is changed for another one', () => {
	const old = signedCall(ownBody(), { by: otherSecret });

	test('counts beside the new one, and no longer when it is taken out', () => {
		expect(isTaken(old, otherSecret)).toBe(true);
		expect(isTaken(signedCall(ownBody()), otherSecret)).toBe(true);
		expect(isTaken(old)).toBe(false);
	});

	test('may be one of several that the sender signs with', () => {
		const [one, two] = [secret, otherSecret].map((by) =>
			headerOf(signedCall(ownBody(), { by }), 'webhook-signature'),
		);
		const call = signedCall(ownBody());
		for (const signatures of [`${one} ${two}`, `${two} ${one}`, `v1a,x  ${one}`]) {
			expect(isTaken(withHeader(call, 'webhook-signature', signatures))).toBe(true);
		}
		expect(isTaken(withHeader(call, 'webhook-signature', `${two} ${two}`))).toBe(false);
	});
});

describe('A secret', () => {
	const bytes = (count: number) => Buffer.alloc(count, 7).toString('base64');

	test.each([
		['with its prefix', secret],
		['without it', secret.slice(6)],
		['with blanks around it', ` ${secret}\n`],
		['of 24 bytes', bytes(24)],
		['of 64 bytes', bytes(64)],
		['without padding', bytes(32).replace(/=+$/, '')],
	])('%s is one', (_, text) => {
		expect(readWebhookSecret(text)).toHaveProperty('key');
	});

	test.each([
		['', 'is empty'],
		['   ', 'is empty'],
		[undefined, 'is empty'],
		[42, 'is empty'],
		['whsec_', 'holds 0 bytes, where 24 to 64 are needed'],
		[bytes(23), 'holds 23 bytes, where 24 to 64 are needed'],
		[bytes(65), 'holds 65 bytes, where 24 to 64 are needed'],
		['whsec_not base64 at all, this is', 'is not whsec_ followed by base64'],
		[`whsec_${secret}`, 'is not whsec_ followed by base64'],
		[
			'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==',
			'is a key for signatures with Ed25519, which are not read here',
		],
	])('%p is none', (text, complaint) => {
		expect(readWebhookSecret(text)).toMatchObject({ complaint });
	});
});

test('what is signed here verifies in the reference libraries', () => {
	const body = JSON.stringify(ownBody());
	const at = Math.floor(Date.now() / 1000);
	const stamp = { id: 'status_1', timestamp: String(at) };
	const signature = signWebhook(stamp, body, current);
	for (const [{ Webhook }, family] of [
		[standardWebhooks, 'webhook'],
		[svix, 'svix'],
	] as const) {
		const headers = {
			[`${family}-id`]: stamp.id,
			[`${family}-timestamp`]: stamp.timestamp,
			[`${family}-signature`]: signature,
		};
		expect(new Webhook(secret).verify(body, headers)).toEqual(ownBody());
		expect(() => new Webhook(otherSecret).verify(body, headers)).toThrow();
	}
});
