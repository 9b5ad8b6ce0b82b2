import { isKnownHeader, isSignedBy, type Jws } from './jws';
import type { VerifyingKey } from './key';
import { documentType } from './payload';
import { NotValid } from './sdJwt';

/**
 * Checks that it was signed as an erasure certificate, and by one of these keys. Nothing that it says
 * is to be used before.
 *
 * @returns the key that signed it
 * @throws NotValid
 */
export function checkSignature(jws: Jws, keys: readonly VerifyingKey[]): VerifyingKey {
	const key = keyFor(jws, keys);
	if (isSignedBy(jws, key)) return key;
	throw new NotValid(
		'The signature does not match: the certificate was changed, or another key signed it',
	);
}

function keyFor({ header }: Jws, keys: readonly VerifyingKey[]): VerifyingKey {
	if (header.typ !== documentType) {
		throw new NotValid('The document is not an erasure certificate: its header names another type');
	}
	if (!isKnownHeader(header)) {
		throw new NotValid(
			'The certificate is signed in a way that is not known, so nothing is verified',
		);
	}
	const key = keys.find(({ kid }) => kid === header.kid);
	if (key !== undefined) return key;
	const named = typeof header.kid === 'string' ? header.kid.slice(0, 64) : 'nothing';
	throw new NotValid(
		`The certificate names the key ${named}, and the public key given is ${keys.map(({ kid }) => kid).join(', ')}`,
	);
}
