import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { asRecord, parseJson, type Answer, type NoAnswer } from '../../../erasure/reply';
import { clock } from './clock';
import { send, type Sender } from './send';
import { Token } from './tokenSource';

/** Tokens that a credential gets with a client ID and a secret: OAuth2, without a person who signs in. */
export interface TokenGrant {
	/** Tells accounts apart without holding what they consist of. */
	readonly digest: string;
	/** The credential's type: `creovaiOAuth2Api`. */
	readonly credentialName: string;
	/** The credential's field that says where tokens come from, as the editor shows it. */
	readonly addressField: string;
	readonly request: TokenRequest;
	/** Whether an answer counts that leaves out `token_type`, which RFC 6749 (5.1) requires. */
	readonly mayLeaveOutType: boolean;
	/** What is said where client ID and secret were turned down. */
	turnedDown(answer: Answer): string;
	/** What is said where the answer is no token. */
	gaveNoToken(answer: Answer): string;
}

/** The one request that client ID and secret go into: a POST of a form. */
export interface TokenRequest {
	/** The only address that they are sent to. */
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: IDataObject;
}

/** @param address the account's own, which its tokens are for */
export function digestOf(address: string, { url, headers, body }: TokenRequest): string {
	return createHash('sha256')
		.update(JSON.stringify([address, url, headers, body]))
		.digest('hex');
}

/**
 * Fetches a token. What keeps it from being fetched keeps the request that needs it from being
 * sent: it never counts as a lost reply.
 *
 * @param sender sends without a credential
 * @param timeout milliseconds
 */
export async function fetchToken(
	sender: Sender,
	grant: TokenGrant,
	timeout: number,
): Promise<Token | NoAnswer> {
	const { url, headers, body } = grant.request;
	const reply = await send(
		sender,
		{ name: grant.credentialName, data: {} },
		{
			method: 'POST',
			url,
			headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
			body,
			asksForToken: true,
		},
		timeout,
	);
	switch (reply.kind) {
		case 'answered':
			return readToken(reply, grant);
		case 'tooLarge':
			return readToken({ kind: 'answered', status: reply.status, headers: {}, body: '' }, grant);
		case 'notDelivered':
			return { ...reply, ...notFetched(grant, reply.cause) };
		case 'lost':
			return notFetched(grant, reply.cause);
		case 'badCredentials':
		case 'cancelled':
			return reply;
	}
}

/** What becomes of a request for which there is no token. */
export function notFetched({ addressField }: TokenGrant, why: string): NoAnswer {
	return {
		kind: 'notDelivered',
		cause: `no token could be fetched from the ${addressField}: ${why}`,
	};
}

/**
 * Reads `{"access_token":"…","token_type":"bearer","expires_in":1799}` (RFC 6749, 5.1). 400 is
 * OAuth2's own status for bad credentials, 401 and 403 are others'.
 */
function readToken(answer: Answer, grant: TokenGrant): Token | NoAnswer {
	const { status } = answer;
	if (mayAnswerLater(status)) return notFetched(grant, `HTTP ${status}`);
	if (status === 400 || status === 401 || status === 403) {
		return { kind: 'badCredentials', cause: grant.turnedDown(answer) };
	}
	const given = status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	const { access_token: text, token_type: type, expires_in: lifetime } = given ?? {};
	if (!isBearer(type, grant) || typeof text !== 'string' || !fitsIntoHeader.test(text)) {
		return { kind: 'badCredentials', cause: grant.gaveNoToken(answer) };
	}
	return new Token(text, clock.now() + usableSeconds(lifetime) * 1000);
}

function isBearer(type: unknown, { mayLeaveOutType }: TokenGrant): boolean {
	if (type === undefined || type === null) return mayLeaveOutType;
	return typeof type === 'string' && type.toLowerCase() === 'bearer';
}

/** Visible ASCII. A line break would end the header, and n8n would leave it out without a word. */
const fitsIntoHeader = /^[\x21-\x7e]+$/;

function mayAnswerLater(status: number): boolean {
	return status >= 500 || [407, 408, 421, 425, 429].includes(status);
}

/** In seconds, where an answer does not say, or says what no token has: 30 minutes less a second. */
const ordinaryLifetime = 1799;

/** A new token is fetched so many seconds before one runs out, as Creovai's SDK does it. */
const renewedBefore = 45;

function usableSeconds(lifetime: unknown): number {
	const said = Number(typeof lifetime === 'string' ? lifetime.trim() || NaN : lifetime);
	const seconds = said > 0 && said < 86_400 ? said : ordinaryLifetime;
	// A token that lives shorter than that is used for half of its life.
	return seconds - Math.min(renewedBefore, seconds / 2);
}
