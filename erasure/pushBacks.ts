import type { Clock } from './clock';
import type { Answer } from './reply';
import { readPause } from './retryAfter';
import { firstWaitMs, growingWait } from './wait';

/** How long the vendor may go on asking for pauses, answering nothing else, before a run gives up. */
export const pushBackDeadlineMs = 5 * 60 * 1000;

/** So many times in a row a vendor's own time is taken at its word. */
const believedTimes = 3;

/** After so much time without a push-back, in milliseconds, the pauses begin small again. */
const quietMs = 60_000;

/**
 * The push-backs since the vendor last answered anything else, in all runs: how long to pause for the
 * next one, and when a run has waited long enough.
 */
export class PushBacks {
	private since: number | undefined;

	/** Those that come during a pause were under way when it began: together they count as one. */
	private bursts = 0;

	private pausedUntil = 0;

	constructor(private readonly clock: Clock) {}

	/** Whether the vendor has answered nothing else since one came. */
	get isOn(): boolean {
		return this.since !== undefined;
	}

	/** The vendor answered anything else. */
	over(): void {
		this.since = undefined;
		this.bursts = 0;
	}

	/**
	 * @param startedAt when the run started that was pushed back: what others met before does not count
	 *   for its deadline
	 * @returns how long to pause, in milliseconds; undefined if that goes beyond the deadline
	 */
	next(headers: Answer['headers'], startedAt = Number.NEGATIVE_INFINITY): number | undefined {
		const now = this.clock.now();
		this.since ??= now;
		if (now - this.pausedUntil > quietMs) this.bursts = 0;
		if (this.bursts === 0 || now >= this.pausedUntil) this.bursts += 1;

		const asked = readPause(headers, now);
		// "At once", again and again, would be a storm. And what the vendor names again and again is
		// not when it answers anything.
		const isTime = asked !== undefined && asked >= firstWaitMs;
		const growing = this.bursts - (isTime ? believedTimes : 0);
		const grown = growing > 0 ? growingWait(growing, this.clock) : 0;
		const pauseMs = Math.max(isTime ? asked : 0, grown);
		const since = Math.max(this.since, startedAt);
		if (now + pauseMs - since > pushBackDeadlineMs) return undefined;
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		return pauseMs;
	}
}
