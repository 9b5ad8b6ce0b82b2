import { sign } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { isUsable, readSigningKey, verifyingKey } from '../../../erasure/certificate/key';
import { isKnownHeader, isSignedBy, readJws, signJws } from '../../../erasure/certificate/jws';
import { publishedPem, publishedPrivateKey, publishedPublicKey } from './others';

const key = verifyingKey(publishedPublicKey);

/** RFC 8037, appendix A.4: the payload there is text and no JSON, so only the signature is compared. */
const input = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc';
const signature =
	'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

describe('The published vectors', () => {
	const bytes = Buffer.from(signature, 'base64url');
	const jws = { header: {}, payload: {}, signingInput: input, signature: bytes };

	test('RFC 8037 A.4 verifies', () => {
		expect(isSignedBy(jws, key)).toBe(true);
		expect(isSignedBy({ ...jws, signingInput: `${input}A` }, key)).toBe(false);
		expect(isSignedBy({ ...jws, signature: bytes.subarray(1) }, key)).toBe(false);
	});

	test('RFC 8032 7.1, test 1: the empty message', () => {
		const expected =
			'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';
		expect(sign(null, Buffer.alloc(0), publishedPrivateKey).toString('hex')).toBe(expected);
		const empty = { ...jws, signingInput: '', signature: Buffer.from(expected, 'hex') };
		expect(isSignedBy(empty, key)).toBe(true);
	});
});

describe('A JWS', () => {
	const signing = readSigningKey(publishedPem);
	if (!isUsable(signing)) throw new Error(signing.complaint);
	const text = signJws({ typ: 'x' }, { a: 'ü' }, signing);

	test('says what is signed, how, and with which key', () => {
		const jws = readJws(text);
		expect(jws).toMatchObject({
			header: { alg: 'EdDSA', typ: 'x', kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' },
			payload: { a: 'ü' },
		});
		expect(jws !== undefined && isSignedBy(jws, key)).toBe(true);
	});

	test.each([...text].map((_, place) => place))('notices a changed character at %i', (place) => {
		const other = text[place] === 'A' ? 'B' : 'A';
		const jws = readJws(text.slice(0, place) + other + text.slice(place + 1));
		expect(jws !== undefined && isSignedBy(jws, key)).toBe(false);
	});

	test.each([
		['nothing', ''],
		['two parts', text.split('.').slice(0, 2).join('.')],
		['four parts', `${text}.`],
		['no signature', `${text.split('.').slice(0, 2).join('.')}.`],
		['padding', `${text}==`],
		[
			'an array for a payload',
			text.replace(/\.[^.]+\./, `.${Buffer.from('[]').toString('base64url')}.`),
		],
	])('is not: %s', (_, other) => {
		expect(readJws(other)).toBeUndefined();
	});

	test.each([[{ alg: 'none' }], [{ alg: 'HS256' }], [{}], [{ alg: 'EdDSA', crit: ['b64'] }]])(
		'asks for something that is not done: %j',
		(header) => {
			expect(isKnownHeader(header)).toBe(false);
		},
	);
});
