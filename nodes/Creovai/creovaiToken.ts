import { asRecord, parseJson, type Answer, type NoAnswer } from '../../erasure/reply';
import { clock } from '../shared/sending/clock';
import { inTime } from '../shared/sending/inTime';
import { send, timeRanOut, type Sender } from '../shared/sending/send';
import { Token, TokenSource, type FetchToken } from '../shared/sending/tokenSource';
import { credentialName, digestOf, type CreovaiAccount } from './creovaiAccount';

/**
 * Creovai's tokens (OAuth2 client credentials, in the form body). Facts without a source of their
 * own are from
 * https://support.creovai.com/article/197963/https---creovai-zendesk-com-hc-en-us-articles-360000985308-token-authentication-api
 */

/** "expires_in": 1799, 30 minutes less a second: in seconds, where an answer does not say. */
const documentedLifetime = 1799;

/** The vendor's SDK takes a new token so many seconds before one runs out. */
const renewedBefore = 45;

/** By account, so that all runs of a process share what is kept in memory and written nowhere. */
const sources = new Map<string, TokenSource<NoAnswer>>();

/** Accounts are few; a process that has seen many forgets the one it met first. */
const mostSources = 100;

export function tokensOf(account: CreovaiAccount): CreovaiTokens {
	const key = digestOf(account);
	const source = sources.get(key) ?? new TokenSource<NoAnswer>();
	sources.delete(key);
	sources.set(key, source);
	const [oldest] = sources.keys();
	if (sources.size > mostSources && oldest !== undefined) sources.delete(oldest);
	return new CreovaiTokens(account, source);
}

/**
 * The token of an account, fetched once for all that wait for it. What keeps it from being fetched
 * keeps the request that needs it from being sent: it never counts as a lost reply.
 */
export class CreovaiTokens {
	constructor(
		private readonly account: CreovaiAccount,
		private readonly source: TokenSource<NoAnswer>,
	) {}

	/**
	 * @param sender sends without a credential
	 * @param timeout milliseconds
	 */
	async current(sender: Sender, timeout: number): Promise<Token | NoAnswer> {
		return await this.wait(sender, timeout, async (fetch) => await this.source.current(fetch));
	}

	/** @param ranOut the token that was turned down */
	async renew(ranOut: Token, sender: Sender, timeout: number): Promise<Token | NoAnswer> {
		return await this.wait(
			sender,
			timeout,
			async (fetch) => await this.source.renew(ranOut, fetch),
		);
	}

	/** Whoever waits for the fetch of another run keeps to the time and the end of its own. */
	private async wait(
		sender: Sender,
		timeout: number,
		get: (fetch: FetchToken<NoAnswer>) => Promise<Token | NoAnswer>,
	): Promise<Token | NoAnswer> {
		const fetch = async () => await fetchToken(sender, this.account, timeout);
		const got = await inTime(sender, timeout, async () => await get(fetch));
		if (got !== undefined) return got;
		const isCancelled = sender.getExecutionCancelSignal?.()?.aborted === true;
		return isCancelled ? { kind: 'cancelled' } : notFetched(timeRanOut);
	}
}

/**
 * @param sender sends without a credential
 * @param timeout milliseconds
 */
export async function fetchToken(
	sender: Sender,
	account: CreovaiAccount,
	timeout: number,
): Promise<Token | NoAnswer> {
	const { tokenAddress, clientId, clientSecret } = account;
	const reply = await send(
		sender,
		{ name: credentialName, data: {} },
		{
			method: 'POST',
			url: `${tokenAddress}/Token`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: {
				grant_type: 'client_credentials',
				client_id: clientId,
				client_secret: clientSecret,
			},
			asksForToken: true,
		},
		timeout,
	);
	switch (reply.kind) {
		case 'answered':
			return readToken(reply);
		case 'tooLarge':
			return readToken({ kind: 'answered', status: reply.status, headers: {}, body: '' });
		case 'notDelivered':
			return { ...reply, ...notFetched(reply.cause) };
		case 'lost':
			return notFetched(reply.cause);
		case 'badCredentials':
		case 'cancelled':
			return reply;
	}
}

/**
 * Reads `{"access_token":"…","token_type":"bearer","expires_in":1799}`. The vendor's SDKs take no
 * other type, and 401 and 403 for bad credentials; 400 is OAuth2's own status for them.
 */
function readToken(answer: Answer): Token | NoAnswer {
	const { status } = answer;
	if (mayAnswerLater(status)) return notFetched(`HTTP ${status}`);
	if (status === 400 || status === 401 || status === 403) {
		return {
			kind: 'badCredentials',
			cause: `Creovai gave no token for this Client ID and Client Secret (HTTP ${status}). Check both, and Token Base URL, in n8n under Credentials; a secret is valid for 365 days`,
		};
	}
	const given = status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	const { access_token: text, token_type: type, expires_in: lifetime } = given ?? {};
	const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
	if (!isBearer || typeof text !== 'string' || !fitsIntoHeader.test(text)) {
		return {
			kind: 'badCredentials',
			cause: `What answered at the Token Base URL (HTTP ${status}) gave no token as Creovai documents it. Check Token Base URL in n8n under Credentials`,
		};
	}
	return new Token(text, clock.now() + usableSeconds(lifetime) * 1000);
}

/** Visible ASCII. A line break would end the header, and n8n would leave it out without a word. */
const fitsIntoHeader = /^[\x21-\x7e]+$/;

function mayAnswerLater(status: number): boolean {
	return status >= 500 || [407, 408, 421, 425, 429].includes(status);
}

function usableSeconds(lifetime: unknown): number {
	const isTime = typeof lifetime === 'number' && lifetime > 0 && lifetime < 86_400;
	const seconds = isTime ? lifetime : documentedLifetime;
	// A token that lives shorter than that is used for half of its life.
	return seconds - Math.min(renewedBefore, seconds / 2);
}

function notFetched(why: string): NoAnswer {
	return {
		kind: 'notDelivered',
		cause: `no token could be fetched from the Token Base URL: ${why}`,
	};
}
