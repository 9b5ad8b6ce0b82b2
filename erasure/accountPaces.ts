import { AccountPace } from './accountPace';
import type { Clock } from './clock';

/** What is learnt of an account is kept for so long after the last run there, in milliseconds. */
export const keepPaceForMs = 5 * 60 * 1000;

/** The paces of all accounts that this process talks to, or has lately talked to. */
export class AccountPaces {
	private readonly paces = new Map<string, { readonly pace: AccountPace; askedAt: number }>();

	constructor(private readonly clock: Clock) {}

	/**
	 * The pace that all runs at an account share.
	 *
	 * @param account the same for the same account, different for any other; holds no secret in clear
	 */
	of(account: string): AccountPace {
		const now = this.clock.now();
		this.forgetIdle(now);
		const known = this.paces.get(account);
		if (known !== undefined) {
			known.askedAt = now;
			return known.pace;
		}
		const pace = new AccountPace(this.clock);
		this.paces.set(account, { pace, askedAt: now });
		return pace;
	}

	get size(): number {
		return this.paces.size;
	}

	private forgetIdle(now: number): void {
		for (const [account, { pace, askedAt }] of this.paces) {
			const lastUsed = Math.max(askedAt, pace.idleSince);
			if (pace.isIdle && now - lastUsed > keepPaceForMs) this.paces.delete(account);
		}
	}
}
