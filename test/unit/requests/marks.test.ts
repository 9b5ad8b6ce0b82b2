import { describe, expect, test } from '@jest/globals';

import {
	bodyHashOf,
	readStatusToken,
	requestKeyOf,
	statusTokenOf,
} from '../../../erasure/requests/requestMarks';
import { seal, unseal } from '../../../erasure/requests/sealing';
import { sealCallback, unsealCallback } from '../../../erasure/requests/sealedCallback';
import { headerIntake, otherSecret, secret, signedIntake } from './senders';

const { keys } = signedIntake();
const [current] = keys;
const others = signedIntake(otherSecret).keys;
const rotated = signedIntake(otherSecret, secret).keys;

const name = { protocol: 'standardWebhooks', sender: 'shop', requestId: 'r1' };
const requestKey = requestKeyOf(name);

describe('The key of a request', () => {
	test('differs with whatever names the request, and with nothing else', () => {
		const all = [
			name,
			{ ...name, protocol: 'fixedHeader' },
			{ ...name, sender: 'shop2' },
			{ ...name, requestId: 'r2' },
			{ ...name, tenant: 'acme' },
			// Joined without care, these would be the same.
			{ ...name, sender: 'shop"', requestId: 'r1' },
			{ ...name, sender: 'sho', requestId: 'pr1' },
			{ ...name, sender: 'shop', tenant: 'r1', requestId: '' },
		];
		expect(new Set(all.map(requestKeyOf)).size).toBe(all.length);
		expect(requestKeyOf({ ...name, tenant: undefined })).toBe(requestKey);
		expect(requestKey).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('The hash of a body', () => {
	test('tells bodies apart, and says nothing without the secret', () => {
		const hash = (text: string, of = current) => bodyHashOf(Buffer.from(text), of);
		expect(hash('a')).toBe(hash('a'));
		expect(hash('a')).not.toBe(hash('b'));
		expect(hash('a')).not.toBe(hash('a', others[0]));
	});
});

describe('A status address', () => {
	const token = statusTokenOf(requestKey, current);

	test('leads to its request', () => {
		expect(readStatusToken(token, keys)).toBe(requestKey);
	});

	test('with any character changed leads nowhere', () => {
		for (let index = 0; index < token.length; index++) {
			const other = token[index] === 'a' ? 'b' : 'a';
			const changed = token.slice(0, index) + other + token.slice(index + 1);
			expect(readStatusToken(changed, keys)).toBeUndefined();
		}
	});

	test.each(['', '.', requestKey, `${requestKey}.`, `${token}=`, `${token}.x`, ` ${token}`])(
		'written as %p leads nowhere',
		(text) => {
			expect(readStatusToken(text, keys)).toBeUndefined();
		},
	);

	test('of one request does not lead to another', () => {
		const other = requestKeyOf({ ...name, requestId: 'r2' });
		expect(readStatusToken(token.replace(requestKey, other), keys)).toBeUndefined();
	});

	test('is good while its secret is the previous one, and not after that', () => {
		expect(readStatusToken(token, rotated)).toBe(requestKey);
		expect(readStatusToken(token, others)).toBeUndefined();
	});

	test('is another one under another protocol', () => {
		expect(readStatusToken(token, headerIntake().keys)).toBeUndefined();
	});
});

describe('What is sealed', () => {
	const text = '{"headers":{"Authorization":"Bearer k-secret"}} ü𝄞';
	const sealed = seal(text, requestKey, current);

	test('opens where it belongs, and shows nothing', () => {
		expect(unseal(sealed, requestKey, keys)).toBe(text);
		expect(sealed).not.toContain('secret');
		expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').toString()).not.toContain('secret');
	});

	test('is another text each time', () => {
		expect(seal(text, requestKey, current)).not.toBe(sealed);
	});

	test('does not open with any character changed, or cut off', () => {
		for (let index = 0; index < sealed.length; index++) {
			const other = sealed[index] === 'a' ? 'b' : 'a';
			const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
			expect(unseal(changed, requestKey, keys)).toBeUndefined();
			expect(unseal(sealed.slice(0, index), requestKey, keys)).toBeUndefined();
		}
	});

	test('does not open beside another request', () => {
		expect(unseal(sealed, requestKeyOf({ ...name, requestId: 'r2' }), keys)).toBeUndefined();
	});

	test('opens while its secret is the previous one, and not after that', () => {
		expect(unseal(sealed, requestKey, rotated)).toBe(text);
		expect(unseal(sealed, requestKey, others)).toBeUndefined();
	});
});

test('a sealed callback comes back whole', () => {
	const to = {
		format: 'ketch' as const,
		requestId: 'r1',
		tenant: 'acme',
		callbacks: [
			{ url: 'https://ketch.example/cb', headers: { Authorization: 'Bearer k-secret' } },
			{ url: 'https://ketch.example/' },
		],
	};
	const sealed = sealCallback(to, requestKey, current);
	expect(unsealCallback(sealed, requestKey, keys)).toEqual(to);
	expect(unsealCallback(sealed, 'x', keys)).toBeUndefined();
	expect(unsealCallback(seal('null', requestKey, current), requestKey, keys)).toBeUndefined();
});
