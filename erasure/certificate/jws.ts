import { sign, verify } from 'node:crypto';

import { isJsonObject, type JsonObject } from '../json';
import { fromBase64url, toBase64url } from './base64url';
import { readBase64urlJson } from './json';
import type { SigningKey, VerifyingKey } from './key';

/** A JWS in its compact form (RFC 7515), taken apart but not verified. */
export interface Jws {
	readonly header: JsonObject;
	readonly payload: JsonObject;
	/** What the signature is over. */
	readonly signingInput: string;
	readonly signature: Uint8Array;
}

/** Signs with Ed25519 (RFC 8037). Verifiers know `EdDSA` better than the newer `Ed25519`. */
export function signJws(header: JsonObject, payload: JsonObject, key: SigningKey): string {
	const whole = { alg: 'EdDSA', ...header, kid: key.kid };
	const signingInput = `${toBase64url(JSON.stringify(whole))}.${toBase64url(JSON.stringify(payload))}`;
	return `${signingInput}.${toBase64url(sign(null, Buffer.from(signingInput), key.privateKey))}`;
}

/** @returns undefined for what is not three parts of base64url, the first two of them JSON objects */
export function readJws(text: string): Jws | undefined {
	const [header = '', payload = '', signature = '', ...others] = text.split('.');
	if (others.length > 0) return undefined;
	const readHeader = readBase64urlJson(header);
	const readPayload = readBase64urlJson(payload);
	const bytes = signature === '' ? undefined : fromBase64url(signature);
	if (!isJsonObject(readHeader) || !isJsonObject(readPayload) || bytes === undefined) {
		return undefined;
	}
	const signingInput = `${header}.${payload}`;
	return { header: readHeader, payload: readPayload, signingInput, signature: bytes };
}

const algorithms: ReadonlySet<unknown> = new Set(['EdDSA', 'Ed25519']);

/** Whether the header asks for what this module does, and for nothing that it does not know. */
export function isKnownHeader({ alg, crit }: JsonObject): boolean {
	return algorithms.has(alg) && crit === undefined;
}

export function isSignedBy({ signingInput, signature }: Jws, { key }: VerifyingKey): boolean {
	return verify(null, Buffer.from(signingInput), key, signature);
}
