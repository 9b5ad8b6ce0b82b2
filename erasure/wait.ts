import type { Clock } from './clock';

/** The least that anything is waited for before it is asked again. */
export const firstWaitMs = 250;

const longestWaitMs = 30_000;

/**
 * A wait that doubles each time and is drawn at random, so that several runs do not come back all
 * at once.
 *
 * @param time 1 for the first wait
 * @returns milliseconds
 */
export function growingWait(time: number, clock: Clock): number {
	const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** time);
	return longest * (0.5 + clock.random() / 2);
}
