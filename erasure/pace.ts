import { AccountPace, type Lane, type Load, type PaceLimits, type Turn } from './accountPace';
import type { Clock } from './clock';

export type { Load, PaceLimits, Turn } from './accountPace';

type Proceed = (turn: Turn | undefined) => void;

/** One run's part in the pace of an account: its requests wait here for their turns. */
export class Pace implements Lane {
	inFlight = 0;

	hasBegun = false;

	private isClosed = false;

	private queue: Proceed[] = [];

	/** @param account shared with other runs at the same account; this run's own where there are none */
	constructor(
		readonly limits: PaceLimits,
		clock: Clock,
		private readonly signal: AbortSignal,
		private readonly account = new AccountPace(clock),
	) {
		account.join(this);
		// One listener for all that wait: a signal with hundreds of them warns of a leak.
		signal.addEventListener('abort', this.letGo);
	}

	get waiting(): number {
		return this.queue.length;
	}

	/** Waits until a request may start; undefined if the signal aborted first. */
	async turn(): Promise<Turn | undefined> {
		if (this.signal.aborted) return undefined;
		return await new Promise((resolve) => {
			this.queue.push(resolve);
			this.account.admit();
		});
	}

	/** The first that waits may start: for the account's pace. */
	start(turn: Turn): void {
		this.inFlight += 1;
		this.queue.shift()?.(turn);
	}

	/** Ends a turn. Every turn ends once; what ends after `close` has been given back there. */
	end(turn: Turn, load: Load): void {
		if (this.isClosed) return;
		this.inFlight -= 1;
		this.hasBegun = true;
		this.account.end(turn, load);
	}

	/** What was pushed back was about single records: see AccountPace. */
	forgive(): void {
		this.account.forgive();
	}

	/** Nobody will ask for a turn any more, and turns that have not ended never will. */
	close(): void {
		this.isClosed = true;
		this.signal.removeEventListener('abort', this.letGo);
		this.account.leave(this);
	}

	private readonly letGo = (): void => {
		const queue = this.queue;
		this.queue = [];
		for (const proceed of queue) proceed(undefined);
	};
}
