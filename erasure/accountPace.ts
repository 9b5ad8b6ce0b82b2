import type { Clock } from './clock';
import { Standing } from './standing';
import { VendorRate } from './vendorRate';
import { Window } from './window';

/** What the user sets for one run. */
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
	/** It went wrong, and that says nothing of the vendor's load. */
	| { readonly kind: 'beside' }
	/** The credentials were turned down: whether they are good again, one request is to show. */
	| { readonly kind: 'turnedDown' }
	| { readonly kind: 'pushedBack'; readonly pauseMs: number };

/** A place among the requests in flight. */
export interface Turn {
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	/** Requests in flight when it started, itself included. */
	readonly inFlight: number;
	/** Counts the reductions before this request started: one burst shrinks the window once. */
	readonly reductions: number;
}

/** A run, as the account's pace sees it. */
export interface Lane {
	readonly limits: PaceLimits;
	/** Whether one of its requests has come back: until then, the first goes alone. */
	readonly hasBegun: boolean;
	/** How many of its requests wait for their turn. */
	readonly waiting: number;
	readonly inFlight: number;
	/** Lets the first of those start. */
	start(turn: Turn): void;
}

/**
 * How late a request may start without the next one being later too. Timers are not exact, and at
 * intervals shorter than this their lateness would add up to a lower rate.
 */
const slackMs = 50;

/**
 * Decides when the next request to an account may start, for all runs in this process that talk to
 * it: they share the window of requests in flight (window.ts), the rate that the vendor was seen to
 * take (vendorRate.ts), and the pauses that it asked for. Runs take turns one by one, so that equal
 * runs get equal shares. The first request of each goes alone, whatever is known of the account: it
 * shows whether these credentials may do this. Each keeps to its own Maximum Concurrency; the
 * strictest Requests per Second of those that are under way holds for all of them.
 */
export class AccountPace {
	private readonly window = new Window();

	private rate = new VendorRate();

	private inFlight = 0;

	private reductions = 0;

	/** The end of the pause that was asked for, in milliseconds since the epoch. */
	private pausedUntil = 0;

	/** When the last request was due to start, in milliseconds since the epoch. */
	private lastDue = 0;

	/** How long after it the next one might start, by the limits of that time, in milliseconds. */
	private intervalMs = 0;

	/** In the order in which they get their next turns. */
	private lanes: Lane[] = [];

	/** Ends the wait for the time at which the next may start; set while it lasts. */
	private waiting: AbortController | undefined;

	private readonly standings = new Map<string, Standing>();

	private leftAt = Number.NEGATIVE_INFINITY;

	constructor(private readonly clock: Clock) {}

	/** When a run last ended here, in milliseconds since the epoch. */
	get idleSince(): number {
		return this.leftAt;
	}

	get isIdle(): boolean {
		return this.lanes.length === 0;
	}

	join(lane: Lane): void {
		this.lanes.push(lane);
	}

	/** The lane asks for no more turns, and gives back those that it has. */
	leave(lane: Lane): void {
		this.inFlight -= lane.inFlight;
		this.lanes = this.lanes.filter((other) => other !== lane);
		this.leftAt = this.clock.now();
		// No timer outlives the last run, and the others need not wait for this one's limit any longer.
		this.waiting?.abort();
		this.admit();
	}

	/** @param kind what one kind of request meets says little of another */
	standingOf(kind: string): Standing {
		const known = this.standings.get(kind);
		if (known !== undefined) return known;
		const standing = new Standing(this.clock);
		this.standings.set(kind, standing);
		return standing;
	}

	/** Lets waiting requests start, as long as there is room and it is time. */
	admit(): void {
		while (this.inFlight < this.window.size) {
			const lane = this.lanes.find(mayStart);
			if (lane === undefined) return;
			const delayMs = this.nextDue - this.clock.now();
			if (delayMs > 0) {
				this.admitAfter(delayMs);
				return;
			}
			this.lanes = [...this.lanes.filter((other) => other !== lane), lane];
			lane.start(this.start());
		}
	}

	/** Ends a turn. Every turn ends once. */
	end(turn: Turn, load: Load): void {
		const now = this.clock.now();
		// Requests that were under way together meet the same limit: they count as one push-back.
		const isFirstOfBurst = turn.reductions === this.reductions;
		if (load.kind === 'keptUp') {
			const together = Math.max(turn.inFlight, this.inFlight);
			this.window.answered(now - turn.startedAt, together, this.ceiling, now);
			this.rate.keptUp(turn.startedAt, now);
		} else if (load.kind === 'turnedDown') {
			this.window.reopen();
		} else if (load.kind !== 'beside' && isFirstOfBurst) {
			this.window.shrink();
			this.reductions += 1;
		}
		if (load.kind === 'pushedBack') {
			if (isFirstOfBurst) this.rate.pushedBack(turn.startedAt, now, load.pauseMs);
			this.pausedUntil = Math.max(this.pausedUntil, now + load.pauseMs);
		}
		this.inFlight -= 1;
		this.admit();
	}

	/** What was pushed back was about single records: it says nothing of what the vendor takes. */
	forgive(): void {
		this.rate = new VendorRate();
		this.window.growAsBefore();
	}

	private get ceiling(): number {
		return Math.max(1, ...this.lanes.map(({ limits }) => limits.maxConcurrency));
	}

	private get requestsPerSecond(): number {
		const wanted = this.lanes.map(({ limits }) => limits.requestsPerSecond ?? Infinity);
		return Math.min(...wanted, this.rate.limit ?? Infinity);
	}

	/** When the next request may start: sooner than was planned, where a run with a stricter limit has ended. */
	private get nextDue(): number {
		const intervalMs = Math.min(this.intervalMs, 1000 / this.requestsPerSecond);
		return Math.max(this.pausedUntil, this.lastDue + intervalMs);
	}

	private admitAfter(delayMs: number): void {
		if (this.waiting !== undefined) return;
		const waiting = new AbortController();
		this.waiting = waiting;
		void this.clock.sleep(delayMs, waiting.signal).then(() => {
			this.waiting = undefined;
			this.admit();
		});
	}

	private start(): Turn {
		this.inFlight += 1;
		const now = this.clock.now();
		const { nextDue } = this;
		this.intervalMs = 1000 / this.requestsPerSecond;
		const slack = this.intervalMs < slackMs ? slackMs : 0;
		this.lastDue = now - nextDue <= slack ? nextDue : now;
		return { startedAt: now, inFlight: this.inFlight, reductions: this.reductions };
	}
}

function mayStart({ waiting, inFlight, limits, hasBegun }: Lane): boolean {
	return waiting > 0 && inFlight < (hasBegun ? limits.maxConcurrency : 1);
}
