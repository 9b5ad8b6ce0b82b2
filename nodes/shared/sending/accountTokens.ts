import type { NoAnswer, Reply } from '../../../erasure/reply';
import { inTime } from './inTime';
import { timeRanOut, type Sender } from './send';
import { fetchToken, notFetched, type TokenGrant } from './tokenGrant';
import { Token, TokenSource, type FetchToken } from './tokenSource';

/** By account, so that all runs of a process share what is kept in memory and written nowhere. */
const sources = new Map<string, TokenSource<NoAnswer>>();

/** Accounts are few; a process that has seen many forgets the one it met first. */
const mostSources = 100;

export function tokensOf(grant: TokenGrant): AccountTokens {
	const { digest } = grant;
	const source = sources.get(digest) ?? new TokenSource<NoAnswer>();
	sources.delete(digest);
	sources.set(digest, source);
	const [oldest] = sources.keys();
	if (sources.size > mostSources && oldest !== undefined) sources.delete(oldest);
	return new AccountTokens(grant, source);
}

/** The token of an account, fetched once for all that wait for it. */
export class AccountTokens {
	constructor(
		private readonly grant: TokenGrant,
		private readonly source: TokenSource<NoAnswer>,
	) {}

	/**
	 * @param sender sends without a credential
	 * @param timeout milliseconds
	 */
	async current(sender: Sender, timeout: number): Promise<Token | NoAnswer> {
		return await this.wait(sender, timeout, async (fetch) => await this.source.current(fetch));
	}

	/**
	 * Sends one request with the token. One that is turned down is replaced, once.
	 *
	 * @param sender sends what fetches a token, without a credential
	 * @param timeout milliseconds until a token has to be there
	 */
	async sendWith(
		sender: Sender,
		timeout: number,
		request: (token: Token) => Promise<Reply>,
	): Promise<Reply> {
		const token = await this.current(sender, timeout);
		if (!(token instanceof Token)) return token;
		const reply = await request(token);
		if (reply.kind !== 'answered' || reply.status !== 401) return reply;
		const renewed = await this.renew(token, sender, timeout);
		return renewed instanceof Token ? await request(renewed) : renewed;
	}

	private async renew(ranOut: Token, sender: Sender, timeout: number): Promise<Token | NoAnswer> {
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
		const fetch = async () => await fetchToken(sender, this.grant, timeout);
		const got = await inTime(sender, timeout, async () => await get(fetch));
		if (got !== undefined) return got;
		const isCancelled = sender.getExecutionCancelSignal?.()?.aborted === true;
		return isCancelled ? { kind: 'cancelled' } : notFetched(this.grant, timeRanOut);
	}
}
