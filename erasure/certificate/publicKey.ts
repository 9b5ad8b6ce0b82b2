import { createPublicKey, type KeyObject } from 'node:crypto';

import { isJsonObject, readJson } from '../json';
import { deepest } from './json';
import { isUsable, verifyingKey, type UnusableKey, type VerifyingKey } from './key';

const needed =
	'Paste the public key of the issuer, as PEM, as a JWK or as the JWKS that it publishes';

/**
 * Reads the public key, or the keys, of whoever issued a certificate: PEM, a JWK, or a JWKS.
 *
 * @returns the keys for Ed25519 among them, at least one
 */
export function readPublicKeys(given: unknown): readonly VerifyingKey[] | UnusableKey {
	if (typeof given === 'string') {
		const text = given.trim();
		if (text === '') return { complaint: 'is empty', wayOut: needed };
		if (text.includes('-----BEGIN')) return readPem(text);
		return readJwks(readJson(text, deepest));
	}
	return readJwks(given);
}

const notAKey: UnusableKey = { complaint: 'does not hold a public key', wayOut: needed };

function readPem(text: string): readonly VerifyingKey[] | UnusableKey {
	if (/PRIVATE KEY-----/.test(text)) {
		return {
			complaint: 'is a private key, which only the issuer may have',
			wayOut: 'Make the public key from it with: openssl pkey -in key.pem -pubout',
		};
	}
	const [, content = ''] =
		/-----BEGIN PUBLIC KEY-----([^-]*)-----END/.exec(text.replace(/\\r|\\n/g, '\n')) ?? [];
	const der = Buffer.from(content.replace(/\s/g, ''), 'base64');
	return fit(() => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

function readJwks(value: unknown): readonly VerifyingKey[] | UnusableKey {
	if (!isJsonObject(value)) return notAKey;
	const { keys } = value;
	const candidates: unknown[] = Array.isArray(keys) ? keys : [value];
	const read = candidates.map(readJwk);
	const usable = read.filter(isUsable).flat();
	return usable.length > 0 ? usable : (read.find((key) => !isUsable(key)) ?? notAKey);
}

function readJwk(value: unknown): readonly VerifyingKey[] | UnusableKey {
	if (!isJsonObject(value) || typeof value.kty !== 'string') return notAKey;
	if ('d' in value) {
		return {
			complaint: 'is a private key, which only the issuer may have',
			wayOut: 'Remove its member d',
		};
	}
	const { kty, crv, x } = value;
	if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') {
		return otherKind((typeof crv === 'string' ? crv : kty).slice(0, 40));
	}
	return fit(() => createPublicKey({ key: { kty, crv, x }, format: 'jwk' }));
}

function fit(read: () => KeyObject): readonly VerifyingKey[] | UnusableKey {
	try {
		const key = read();
		return key.asymmetricKeyType === 'ed25519'
			? [verifyingKey(key)]
			: otherKind(key.asymmetricKeyType ?? 'unknown');
	} catch {
		return notAKey;
	}
}

function otherKind(kind: string): UnusableKey {
	return {
		complaint: `is a key of another kind (${kind})`,
		wayOut: 'Certificates are signed with Ed25519: paste the public key that the issuer publishes',
	};
}
