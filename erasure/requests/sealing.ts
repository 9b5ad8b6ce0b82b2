import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { fromBase64url, toBase64url, utf8Of } from '../certificate/base64url';
import type { RequestKeys, RequestKeysInTurn } from './requestKeys';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const form = 'sealed1.';

/**
 * Makes a text unreadable for whoever does not have the secret, and notices any change of it: what has
 * to be sent back weeks later lies in a table until then.
 *
 * @param owner what it belongs to: beside another one it does not open
 */
export function seal(text: string, owner: string, { sealing }: RequestKeys): string {
	const nonce = randomBytes(nonceBytes);
	const cipher = createCipheriv(algorithm, sealing, nonce).setAAD(Buffer.from(owner));
	const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return form + toBase64url(Buffer.concat([nonce, content, cipher.getAuthTag()]));
}

/** @returns undefined for what was changed, belongs to another owner, or was sealed under other secrets */
export function unseal(sealed: string, owner: string, keys: RequestKeysInTurn): string | undefined {
	const bytes = sealed.startsWith(form) ? fromBase64url(sealed.slice(form.length)) : undefined;
	if (bytes === undefined || bytes.length < nonceBytes + tagBytes) return undefined;
	for (const { sealing } of keys) {
		const text = open(bytes, owner, sealing);
		if (text !== undefined) return text;
	}
	return undefined;
}

function open(bytes: Buffer, owner: string, key: Uint8Array): string | undefined {
	const nonce = bytes.subarray(0, nonceBytes);
	const content = bytes.subarray(nonceBytes, -tagBytes);
	try {
		const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
			.setAAD(Buffer.from(owner))
			.setAuthTag(bytes.subarray(-tagBytes));
		return utf8Of(Buffer.concat([decipher.update(content), decipher.final()]));
	} catch {
		// What Node throws where the tag does not fit: another key, or a changed text.
		return undefined;
	}
}
