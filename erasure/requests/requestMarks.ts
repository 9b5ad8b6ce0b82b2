import { createHash, createHmac } from 'node:crypto';

import type { RequestKeys, RequestKeysInTurn } from './requestKeys';
import { isSameText } from '../sameText';

/** Who calls a request by which name. */
export interface RequestName {
	readonly protocol: string;
	readonly sender: string;
	/** Where one sender speaks for several companies. */
	readonly tenant?: string | undefined;
	readonly requestId: string;
}

/** What a request is known by here: 64 hexadecimal digits, the same in all its repeats. */
export function requestKeyOf({ protocol, sender, tenant = '', requestId }: RequestName): string {
	const name = JSON.stringify([protocol, sender, tenant, requestId]);
	return createHash('sha256').update(name).digest('hex');
}

export function isRequestKey(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/**
 * By what two bodies are seen to be the same: an HMAC, because the plain digest of a short body, such
 * as one with a phone number, can be guessed.
 */
export function bodyHashOf(body: Uint8Array, { bodyHash }: RequestKeys): string {
	return createHmac('sha256', bodyHash).update(body).digest('hex');
}

/** What a status address ends with: whose it is, and what nobody can guess. */
export function statusTokenOf(requestKey: string, { statusToken }: RequestKeys): string {
	const mac = createHmac('sha256', statusToken).update(requestKey).digest('base64url');
	return `${requestKey}.${mac}`;
}

/**
 * Where a sender may ask how far its request is (GET), or take it back (DELETE).
 *
 * @param webhookUrl where requests come in
 */
export function statusUrlOf(webhookUrl: string, requestKey: string, keys: RequestKeys): string {
	return `${webhookUrl}?request=${statusTokenOf(requestKey, keys)}`;
}

/** @returns the request's key; undefined for a token that was not made here */
export function readStatusToken(token: string, keys: RequestKeysInTurn): string | undefined {
	const [requestKey = ''] = token.split('.');
	if (!isRequestKey(requestKey)) return undefined;
	const fits = keys.map((one) => isSameText(token, statusTokenOf(requestKey, one)));
	return fits.includes(true) ? requestKey : undefined;
}
