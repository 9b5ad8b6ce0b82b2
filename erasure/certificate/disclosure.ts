import { createHash, randomBytes } from 'node:crypto';

import { toBase64url } from './base64url';

/**
 * A value that a certificate holds only as a digest (RFC 9901, section 4.2): the text that shows it
 * to whoever is given it, and the digest of that text.
 */
export interface Disclosure {
	readonly text: string;
	readonly digest: string;
}

/** As RFC 9901 advises: 128 random bits for each, so that no digest can be guessed. */
const saltBytes = 16;

/** So many salts at a time: asking for each one separately takes most of the time of a large certificate. */
const saltsAtOnce = 1024;

let salts = Buffer.alloc(0);

function nextSalt(): string {
	if (salts.length < saltBytes) salts = randomBytes(saltBytes * saltsAtOnce);
	const salt = salts.subarray(0, saltBytes).toString('base64url');
	salts = salts.subarray(saltBytes);
	return salt;
}

/** For an element of an array. */
export function discloseElement(value: unknown): Disclosure {
	return toDisclosure([nextSalt(), value]);
}

/** For a member of an object. */
export function discloseMember(name: string, value: unknown): Disclosure {
	return toDisclosure([nextSalt(), name, value]);
}

function toDisclosure(content: readonly unknown[]): Disclosure {
	const text = toBase64url(JSON.stringify(content));
	return { text, digest: digestOf(text) };
}

/** What is hashed is the text itself, so that nobody has to agree on a spelling of JSON. */
export function digestOf(text: string): string {
	return createHash('sha256').update(text, 'latin1').digest('base64url');
}
