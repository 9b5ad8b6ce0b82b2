import type { Reply } from '../../../erasure/reply';
import { clock } from './clock';

/** What a vendor hands out to authenticate requests with for a while. */
export class Token {
	/** @param goodUntil milliseconds since the epoch; without an end where nothing is known of one */
	constructor(
		readonly text: string,
		readonly goodUntil = Infinity,
	) {}

	isGood(): boolean {
		return clock.now() < this.goodUntil;
	}
}

/** Fetches a token. What came instead of one is the reply to every request that waited for it. */
export type FetchToken<Instead extends Reply> = () => Promise<Token | Instead>;

/** Holds one token: fetched once however many ask for it, and again when it ran out. */
export class TokenSource<Instead extends Reply> {
	private fetched: Promise<Token | Instead> | undefined;

	async current(fetch: FetchToken<Instead>): Promise<Token | Instead> {
		for (;;) {
			const isOwn = this.fetched === undefined;
			const fetched = (this.fetched ??= fetch());
			const result = await fetched;
			const isGood = result instanceof Token && result.isGood();
			if (!isGood && this.fetched === fetched) this.fetched = undefined;
			if (isGood || isOwn) return result;
			// One that ran out is replaced; so is one whose fetch ended with an execution of others.
			if (!(result instanceof Token) && result.kind !== 'cancelled') return result;
		}
	}

	/** @param ranOut the token to replace; one that was replaced already is not replaced again */
	async renew(ranOut: Token, fetch: FetchToken<Instead>): Promise<Token | Instead> {
		const { fetched } = this;
		const held = await fetched;
		if (held === ranOut && this.fetched === fetched) this.fetched = undefined;
		return await this.current(fetch);
	}
}
