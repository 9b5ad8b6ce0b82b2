import type { Clock } from './clock';
import { VendorRate } from './vendorRate';

export interface PaceLimits {
	/** The most requests in flight at once. */
	readonly maxConcurrency: number;
	/** The most requests started in a second; undefined for no limit. */
	readonly requestsPerSecond?: number | undefined;
}

/** How a request went, as far as the vendor's load is concerned. */
export type Load =
	| { readonly kind: 'keptUp' }
	/** A lost reply or a server error: send less at once, but no pause was asked for. */
	| { readonly kind: 'strained' }
	| { readonly kind: 'pushedBack'; readonly pauseMs: number };

/** A place among the requests in flight. */
export interface Turn {
	/** Counts the reductions before this request started: one burst shrinks the window once. */
	readonly reductions: number;
}

type Proceed = (turn: Turn | undefined) => void;

/**
 * How late a request may start without the next one being later too. Timers are not exact, and at
 * intervals shorter than this their lateness would add up to a lower rate.
 */
const slackMs = 50;

/**
 * Decides when the next request may start. The window of requests in flight opens with one (which
 * shows whether the credentials work and fetches a token once), doubles for every round that the
 * vendor keeps up with, halves at a push-back and then grows by one a round. Starts are spaced
 * evenly by the user's limit and by what the vendor was seen to take.
 */
export class Pace {
	private window = 1;

	private inFlight = 0;

	/** Whether the window doubles every round, or grows by one. */
	private isDoubling = true;

	private reductions = 0;

	/** No request starts before this time, in milliseconds since the epoch. */
	private notBefore = 0;

	private waiting: Proceed[] = [];

	private isTimerSet = false;

	private readonly rate = new VendorRate();

	constructor(
		private readonly limits: PaceLimits,
		private readonly clock: Clock,
		private readonly signal: AbortSignal,
	) {
		// One listener for all that wait: a signal with hundreds of them warns of a leak.
		signal.addEventListener('abort', this.letGo);
	}

	/** Waits until a request may start; undefined if the signal aborted first. */
	async turn(): Promise<Turn | undefined> {
		if (this.signal.aborted) return undefined;
		return await new Promise((resolve) => {
			this.waiting.push(resolve);
			this.admit();
		});
	}

	/** Nobody will ask for a turn any more. */
	close(): void {
		this.signal.removeEventListener('abort', this.letGo);
	}

	private readonly letGo = (): void => {
		const waiting = this.waiting;
		this.waiting = [];
		for (const proceed of waiting) proceed(undefined);
	};

	/** Ends a turn. Every turn ends once. */
	end(turn: Turn, load: Load): void {
		const now = this.clock.now();
		this.inFlight -= 1;
		// Requests that were under way together meet the same limit: they count as one push-back.
		const isFirstOfBurst = turn.reductions === this.reductions;
		if (load.kind === 'keptUp') {
			this.grow();
			this.rate.keptUp(now);
		} else if (isFirstOfBurst) {
			this.shrink();
		}
		if (load.kind === 'pushedBack') {
			if (isFirstOfBurst) this.rate.pushedBack(now, load.pauseMs);
			this.notBefore = Math.max(this.notBefore, now + load.pauseMs);
		}
		this.admit();
	}

	/** Lets waiting requests start, in their order, as long as there is room and it is time. */
	private admit(): void {
		while (this.inFlight < Math.floor(this.window)) {
			const [next] = this.waiting;
			if (next === undefined) return;
			const delay = this.notBefore - this.clock.now();
			if (delay > 0) {
				this.admitLater(delay);
				return;
			}
			this.waiting.shift();
			next(this.start());
		}
	}

	private admitLater(delay: number): void {
		if (this.isTimerSet) return;
		this.isTimerSet = true;
		void this.clock.sleep(delay, this.signal).then(() => {
			this.isTimerSet = false;
			this.admit();
		});
	}

	private start(): Turn {
		this.inFlight += 1;
		const perSecond = Math.min(
			this.limits.requestsPerSecond ?? Infinity,
			this.rate.limit ?? Infinity,
		);
		const now = this.clock.now();
		const interval = 1000 / perSecond;
		const slack = interval < slackMs ? slackMs : 0;
		const due = now - this.notBefore <= slack ? this.notBefore : now;
		this.notBefore = due + interval;
		return { reductions: this.reductions };
	}

	private grow(): void {
		const step = this.isDoubling ? 1 : 1 / this.window;
		this.window = Math.min(this.limits.maxConcurrency, this.window + step);
	}

	private shrink(): void {
		this.window = Math.max(1, this.window / 2);
		this.isDoubling = false;
		this.reductions += 1;
	}
}
