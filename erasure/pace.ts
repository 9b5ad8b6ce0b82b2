import type { Clock } from './clock';

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

/**
 * Decides when the next request may start. The window of requests in flight opens with one (which
 * shows whether the credentials work and fetches a token once), doubles for every round that the
 * vendor keeps up with, halves at a push-back and then grows by one a round.
 */
export class Pace {
	private window = 1;

	private inFlight = 0;

	private growing: 'doubling' | 'byOne' = 'doubling';

	private reductions = 0;

	private notBefore = 0;

	private waiting: Array<() => void> = [];

	constructor(
		private readonly limits: PaceLimits,
		private readonly clock: Clock,
	) {}

	/** Waits until a request may start; undefined if the signal aborted first. */
	async turn(signal: AbortSignal): Promise<Turn | undefined> {
		while (!signal.aborted) {
			const delay = this.notBefore - this.clock.now();
			if (delay > 0) {
				await this.clock.sleep(delay, signal);
			} else if (this.inFlight < Math.floor(this.window)) {
				return this.start();
			} else {
				await this.roomOrAbort(signal);
			}
		}
		return undefined;
	}

	/** Ends a turn. Every turn ends once. */
	end(turn: Turn, load: Load): void {
		this.inFlight -= 1;
		if (load.kind === 'keptUp') this.grow();
		else this.shrink(turn);
		if (load.kind === 'pushedBack') {
			this.notBefore = Math.max(this.notBefore, this.clock.now() + load.pauseMs);
		}
		this.wake();
	}

	private start(): Turn {
		this.inFlight += 1;
		const { requestsPerSecond } = this.limits;
		if (requestsPerSecond !== undefined) {
			this.notBefore = Math.max(this.notBefore, this.clock.now()) + 1000 / requestsPerSecond;
		}
		return { reductions: this.reductions };
	}

	private grow(): void {
		const step = this.growing === 'doubling' ? 1 : 1 / this.window;
		this.window = Math.min(this.limits.maxConcurrency, this.window + step);
	}

	private shrink(turn: Turn): void {
		// Requests that were under way together meet the same limit: they count as one push-back.
		if (turn.reductions < this.reductions) return;
		this.window = Math.max(1, this.window / 2);
		this.growing = 'byOne';
		this.reductions += 1;
	}

	private async roomOrAbort(signal: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => {
			const proceed = () => {
				signal.removeEventListener('abort', proceed);
				resolve();
			};
			signal.addEventListener('abort', proceed);
			this.waiting.push(proceed);
		});
	}

	private wake(): void {
		const room = Math.floor(this.window) - this.inFlight;
		for (const proceed of this.waiting.splice(0, Math.max(0, room))) proceed();
	}
}
