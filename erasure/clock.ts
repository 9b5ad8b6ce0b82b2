/** Time, as something that tests can take over. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms` milliseconds, or at once when the signal aborts. Never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** A number from 0 up to but not including 1. */
	random(): number;
}
