import { createHmac } from 'node:crypto';

import { onlyValueOf, type Arrival } from './arrival';
import { isSameText } from '../sameText';
import { inTurn, type RequestSecrets, type UnusableSecret } from './requestSecret';

/** A secret of Standard Webhooks 1.0: the key of its HMACs, 24 to 64 bytes. */
export interface WebhookSecret {
	readonly key: Uint8Array;
}

const makeOne = 'Make one with: echo "whsec_$(openssl rand -base64 32)"';

/** Reads `whsec_` and base64, or base64 alone, as the reference libraries do. */
export function readWebhookSecret(text: unknown): WebhookSecret | UnusableSecret {
	if (typeof text !== 'string' || text.trim() === '') {
		return { complaint: 'is empty', wayOut: makeOne };
	}
	const trimmed = text.trim();
	if (trimmed.startsWith('whsk_') || trimmed.startsWith('whpk_')) {
		return {
			complaint: 'is a key for signatures with Ed25519, which are not read here',
			wayOut: 'Let the sender sign with a secret that starts with whsec_',
		};
	}
	const base64 = trimmed.replace(/^whsec_/, '');
	const key = Buffer.from(base64, 'base64');
	if (key.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) {
		return {
			complaint: 'is not whsec_ followed by base64',
			wayOut: 'Copy it again from where the sender shows it',
		};
	}
	if (key.length < 24 || key.length > 64) {
		return { complaint: `holds ${key.length} bytes, where 24 to 64 are needed`, wayOut: makeOne };
	}
	return { key };
}

/** How far the time of sending may be from ours, either way: what the reference libraries take. */
export const toleranceSeconds = 300;

/** What is signed beside the body. */
export interface WebhookStamp {
	/** The same in all repeats of a message. */
	readonly id: string;
	/** Seconds since 1970: of this attempt, so that repeats differ. */
	readonly timestamp: string;
}

/** The signature as its header has it: `v1,` and base64. */
export function signWebhook(
	{ id, timestamp }: WebhookStamp,
	body: string | Uint8Array,
	{ key }: WebhookSecret,
): string {
	const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`, 'utf8').update(body);
	return `v1,${mac.digest('base64')}`;
}

/** Svix sends the same under names of its own. */
const families = ['webhook', 'svix'];

const printable = /^[\x21-\x7e]{1,256}$/;

/**
 * Whether a call is what somebody with the secret sent in the last minutes. Each of the three headers
 * has to come once, all under the same family of names; of the signatures one has to fit, under either
 * secret. Versions that are not known are passed over.
 *
 * @returns what was signed beside the body; undefined for whatever is not authentic
 */
export function verifyWebhook(
	arrival: Arrival,
	secrets: RequestSecrets<WebhookSecret>,
): WebhookStamp | undefined {
	for (const family of families) {
		const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((part) =>
			onlyValueOf(arrival, `${family}-${part}`),
		);
		if (id === undefined || timestamp === undefined || signatures === undefined) continue;
		const stamp = { id, timestamp };
		const isWellFormed = printable.test(id) && !id.includes('.');
		if (!isWellFormed || !isRecent(timestamp, arrival.at)) return undefined;
		return isSigned(stamp, arrival.body, signatures, secrets) ? stamp : undefined;
	}
	return undefined;
}

function isRecent(timestamp: string, at: number): boolean {
	if (!/^[1-9]\d{0,11}$/.test(timestamp)) return false;
	return Math.abs(Math.floor(at / 1000) - Number(timestamp)) <= toleranceSeconds;
}

function isSigned(
	stamp: WebhookStamp,
	body: Uint8Array,
	signatures: string,
	secrets: RequestSecrets<WebhookSecret>,
): boolean {
	const expected = inTurn(secrets).map((secret) => signWebhook(stamp, body, secret));
	const given = signatures.split(' ');
	// All are compared: how long this takes tells nothing about which one fits.
	const fits = given.map((signature) => expected.map((right) => isSameText(signature, right)));
	return fits.flat().includes(true);
}
