import type { Clock } from './clock';
import type { Answer } from './reply';
import { readRetryAfter } from './retryAfter';
import { firstWaitMs, growingWait } from './wait';

/** How long the vendor may go on asking for pauses, answering nothing else, before a run gives up. */
export const pushBackDeadlineMs = 5 * 60 * 1000;

/**
 * The push-backs since the vendor last answered anything else: how long a run pauses for the next
 * one, and when it has waited long enough.
 */
export class PushBacks {
	private since: number | undefined;

	/** Those that come during a pause were under way when it began: together they count as one. */
	private bursts = 0;

	private pausedUntil = 0;

	constructor(private readonly clock: Clock) {}

	/** The vendor answered anything else. */
	over(): void {
		this.since = undefined;
		this.bursts = 0;
	}

	/** @returns how long to pause, in milliseconds; undefined if that goes beyond the deadline */
	next(headers: Answer['headers']): number | undefined {
		const now = this.clock.now();
		this.since ??= now;
		if (this.bursts === 0 || now >= this.pausedUntil) this.bursts += 1;

		const asked = readRetryAfter(headers['retry-after'], now, headers.date);
		// "At once", again and again, would be a storm.
		const isTime = asked !== undefined && asked >= firstWaitMs;
		const pauseMs = isTime ? asked : growingWait(this.bursts, this.clock);
		if (now + pauseMs - this.since > pushBackDeadlineMs) return undefined;
		this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		return pauseMs;
	}
}
