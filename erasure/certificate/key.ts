import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A public key for Ed25519, as a JWK has it (RFC 8037). */
export interface PublicJwk {
	readonly kty: 'OKP';
	readonly crv: 'Ed25519';
	/** 32 bytes in base64url. */
	readonly x: string;
}

export interface VerifyingKey {
	readonly key: KeyObject;
	readonly jwk: PublicJwk;
	/** The thumbprint of the public key (RFC 7638), by which a certificate names it. */
	readonly kid: string;
}

export interface SigningKey extends VerifyingKey {
	readonly privateKey: KeyObject;
}

/** Why a key cannot be used: the end of a sentence that starts with the field's name. */
export interface UnusableKey {
	readonly complaint: string;
	readonly wayOut: string;
}

/** The SHA-256 of the key's required members, in the order of the alphabet and without blanks. */
export function thumbprint({ crv, kty, x }: PublicJwk): string {
	return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

export function verifyingKey(key: KeyObject): VerifyingKey {
	const { x = '' } = key.export({ format: 'jwk' });
	const jwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x };
	return { key, jwk, kid: thumbprint(jwk) };
}

const makeOne = 'Make one with: openssl genpkey -algorithm ed25519 -out key.pem';

const pem = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/;

/**
 * Reads a private key as a person pastes it: with the line ends of any system, with `\n` in place of
 * line ends, or with blanks or nothing in their place, as a field of one line leaves it.
 */
export function readSigningKey(text: unknown): SigningKey | UnusableKey {
	if (typeof text !== 'string' || text.trim() === '') {
		return { complaint: 'is empty', wayOut: `Paste the whole file of a private key. ${makeOne}` };
	}
	const [, label = '', content = ''] = pem.exec(text.replace(/\\r|\\n/g, '\n')) ?? [];
	const wrongKind = complaintAboutLabel(label);
	if (wrongKind !== undefined) return wrongKind;
	const der = readDer(content);
	if (der === undefined) return damaged;
	try {
		const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		if (privateKey.asymmetricKeyType !== 'ed25519') return otherKind(privateKey);
		return { ...verifyingKey(createPublicKey(privateKey)), privateKey };
	} catch {
		return damaged;
	}
}

const damaged: UnusableKey = {
	complaint: 'is damaged: the text between its first and last lines cannot be read',
	wayOut:
		'Copy the whole file again, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----',
};

function complaintAboutLabel(label: string): UnusableKey | undefined {
	switch (label) {
		case 'PRIVATE KEY':
			return undefined;
		case '':
			return {
				complaint: 'does not hold a private key in PEM form',
				wayOut:
					'Copy the whole file, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----',
			};
		case 'ENCRYPTED PRIVATE KEY':
			return {
				complaint:
					'is encrypted with a passphrase, which n8n does not need: it encrypts credentials itself',
				wayOut: 'Decrypt it with: openssl pkey -in key.pem -out plain.pem',
			};
		case 'PUBLIC KEY':
			return {
				complaint: 'is a public key, but signing takes a private one',
				wayOut: 'Paste the file that the public key was made from',
			};
		case 'CERTIFICATE':
			return {
				complaint: 'is an X.509 certificate, but signing takes a private key',
				wayOut: `Paste a private key. ${makeOne}`,
			};
		default:
			return {
				complaint: `is a key in another format (${label.slice(0, 40)})`,
				wayOut: `An Ed25519 key in PKCS#8 is needed. ${makeOne}`,
			};
	}
}

function otherKind({ asymmetricKeyType }: KeyObject): UnusableKey {
	return {
		complaint: `is a key of another kind (${asymmetricKeyType ?? 'unknown'})`,
		wayOut: `Certificates are signed with Ed25519. ${makeOne}`,
	};
}

function readDer(content: string): Buffer | undefined {
	const base64 = content.replace(/\s/g, '');
	return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

export function isUsable<T extends object>(key: T | UnusableKey): key is T {
	return !('complaint' in key);
}
