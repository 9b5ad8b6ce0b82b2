import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { isUsable, readSigningKey } from '../../../erasure/certificate/key';
import { readPublicKeys } from '../../../erasure/certificate/publicKey';
import { publishedPem, publishedPublicKey } from './others';

/** RFC 8037, appendix A.3. */
const publishedThumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const spki = { type: 'spki', format: 'pem' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const x25519 = generateKeyPairSync('x25519');
const ed25519 = generateKeyPairSync('ed25519');

describe('A private key', () => {
	const oneLine = publishedPem.trim().split('\n');
	test.each([
		['as it is made', publishedPem],
		['with Windows line ends', publishedPem.replaceAll('\n', '\r\n')],
		['with line ends of an old Mac', publishedPem.replaceAll('\n', '\r')],
		['with \\n in place of line ends', publishedPem.replaceAll('\n', '\\n')],
		['with \\r\\n in place of line ends', publishedPem.replaceAll('\n', '\\r\\n')],
		['in one line, with blanks', oneLine.join(' ')],
		['in one line, without blanks', oneLine.join('')],
		['with words around it', `Our key:\n${publishedPem}\nkeep it`],
	])('is read: %s', (_, text) => {
		const key = readSigningKey(text);
		expect(isUsable(key) && key.kid).toBe(publishedThumbprint);
	});

	test.each([
		['nothing', '', /^is empty$/],
		['no text', 17, /^is empty$/],
		['something else', 'my key', /^does not hold a private key in PEM form$/],
		['an RSA key', rsa.privateKey.export(pkcs8), /^is a key of another kind \(rsa\)$/],
		['a P-256 key', p256.privateKey.export(pkcs8), /^is a key of another kind \(ec\)$/],
		['an X25519 key', x25519.privateKey.export(pkcs8), /another kind \(x25519\)$/],
		[
			'an RSA key in its old form',
			rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }),
			/^is a key in another format \(RSA PRIVATE KEY\)$/,
		],
		[
			'an encrypted key',
			ed25519.privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'secret' }),
			/^is encrypted with a passphrase/,
		],
		['a public key', ed25519.publicKey.export(spki), /^is a public key/],
		['a key that was cut', publishedPem.replace(/.{8}(?=\n-----END)/, ''), /^is damaged/],
		['a key with a strange letter', publishedPem.replace('MC4', 'M*4'), /^is damaged/],
	])('is turned down by a sentence: %s', (_, text, complaint) => {
		const key = readSigningKey(text);
		if (isUsable(key)) throw new Error('It was read');
		expect(key.complaint).toMatch(complaint);
		expect(key.wayOut).toMatch(/^(Paste|Copy|Decrypt|Certificates|An Ed25519)/);
		expect(JSON.stringify(key)).not.toContain('BEGIN PRIVATE KEY-----M');
	});
});

describe('A public key', () => {
	const jwk = publishedPublicKey.export({ format: 'jwk' });
	test.each([
		['PEM', publishedPublicKey.export(spki)],
		[
			'PEM with Windows line ends',
			String(publishedPublicKey.export(spki)).replaceAll('\n', '\r\n'),
		],
		['a JWK', JSON.stringify(jwk)],
		['a JWK as an object', jwk],
		['a JWKS', JSON.stringify({ keys: [jwk] })],
		[
			'a JWKS with other keys',
			{ keys: [rsa.publicKey.export({ format: 'jwk' }), { ...jwk, kid: 'x', use: 'sig' }] },
		],
	])('is read: %s', (_, given) => {
		const keys = readPublicKeys(given);
		expect(isUsable(keys) && keys.map(({ kid }) => kid)).toEqual([publishedThumbprint]);
	});

	test.each([
		['nothing', ' ', /^is empty$/],
		['null', null, /^does not hold a public key$/],
		['something else', 'abc', /^does not hold a public key$/],
		['an empty JWKS', { keys: [] }, /^does not hold a public key$/],
		['RSA', rsa.publicKey.export(spki), /another kind \(rsa\)$/],
		['P-256', JSON.stringify(p256.publicKey.export({ format: 'jwk' })), /another kind \(P-256\)$/],
		['a private key', publishedPem, /^is a private key/],
		['a private JWK', ed25519.privateKey.export({ format: 'jwk' }), /^is a private key/],
		[
			'damaged PEM',
			String(publishedPublicKey.export(spki)).replace('MCow', 'MCo'),
			/^does not hold/,
		],
	])('is turned down by a sentence: %s', (_, given, complaint) => {
		const keys = readPublicKeys(given);
		if (isUsable(keys)) throw new Error('It was read');
		expect(keys.complaint).toMatch(complaint);
	});
});
