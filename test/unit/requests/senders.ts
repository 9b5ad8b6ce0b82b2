import { createRequire } from 'node:module';

import { fixedHeaderIntake, standardWebhooksIntake } from '../../../erasure/requests/intake';
import type { Arrival } from '../../../erasure/requests/arrival';
import type { HeaderValue } from '../../../erasure/requests/fixedHeader';
import { readWebhookSecret, type WebhookSecret } from '../../../erasure/requests/standardWebhooks';

/** What the reference libraries for senders have in common, as far as it is used here. */
interface SenderLibrary {
	readonly Webhook: new (secret: string) => {
		sign(id: string, timestamp: Date, body: string): string;
		verify(body: string, headers: Record<string, string>): unknown;
	};
}

const load = createRequire(__filename);

/** Loaded as a sender's own program loads them. */
export const standardWebhooks = load('standardwebhooks') as SenderLibrary;
export const svix = load('svix') as SenderLibrary;

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const otherSecret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
export const headerValue = 'Bearer 0123456789abcdef0123456789abcdef';
export const otherHeaderValue = 'Bearer fedcba9876543210fedcba9876543210';

/** 2026-11-26T00:00:00Z */
export const now = Date.UTC(2026, 10, 26);

export function secretOf(text: string): WebhookSecret {
	const read = readWebhookSecret(text);
	if ('complaint' in read) throw new Error(read.complaint);
	return read;
}

export const signedIntake = (current = secret, previous?: string) =>
	standardWebhooksIntake('shop', {
		current: secretOf(current),
		...(previous === undefined ? {} : { previous: secretOf(previous) }),
	});

export const headerIntake = (current = headerValue, previous?: string) =>
	fixedHeaderIntake('shop', 'Authorization', {
		current: { value: current },
		...(previous === undefined ? {} : { previous: { value: previous } satisfies HeaderValue }),
	});

export const vendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];

export const ownBody = (data: object = { records: { flyflow: ['call_1'] } }) => ({
	type: 'erasure.requested',
	timestamp: '2026-11-26T00:00:00Z',
	data,
});

/** Headers by name, in the form in which Node keeps them. */
export function rawHeadersOf(headers: Readonly<Record<string, string>>): string[] {
	return Object.entries(headers).flat();
}

/** A call as the reference library signs it. */
export function signedCall(
	body: unknown,
	{ id = 'msg_1', at = now, by = secret, library = standardWebhooks, family = 'webhook' } = {},
): Arrival {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = {
		'content-type': 'application/json',
		[`${family}-id`]: id,
		[`${family}-timestamp`]: String(Math.floor(at / 1000)),
		[`${family}-signature`]: new library.Webhook(by).sign(id, new Date(at), text),
	};
	return { rawHeaders: rawHeadersOf(headers), body: Buffer.from(text), at: now };
}

/** A call with a fixed header. */
export function headerCall(body: unknown, value = headerValue): Arrival {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = { 'content-type': 'application/json', authorization: value };
	return { rawHeaders: rawHeadersOf(headers), body: Buffer.from(text), at: now };
}

export const ketchBody = (changes: object = {}) => ({
	apiVersion: 'dsr/v1',
	kind: 'DeleteRequest',
	metadata: { uid: '7f5e2f62-0f9a-4b7a-9a51-0b6f6c1c2b1a', tenant: 'acme' },
	request: {
		property: 'shop',
		environment: 'production',
		regulation: 'gdpr',
		jurisdiction: 'eu',
		identities: [{ identitySpace: 'phone', identityFormat: 'raw', identityValue: '+15125551234' }],
		callbacks: [
			{ url: 'https://rest.ketch.example/callback', headers: { Authorization: 'Bearer k-secret' } },
		],
		subject: { email: 'ada@example.com' },
		submittedTimestamp: 1795600000,
		...changes,
	},
});
