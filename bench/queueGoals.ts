import { atLeast, atMost, type Goal } from './goal';
import { fourLargeChunks } from './queueCases';
import type { QueueResults } from './queueResults';

/** Workers know nothing of each other's pace; what they send together may not go far over a limit. */
export function holdQueueToGoals({ limit }: QueueResults): Goal[] {
	const run = limit.cases.find(({ name }) => name === fourLargeChunks);
	if (run === undefined) throw new Error(`bench/queueResults.json has no "${fourLargeChunks}"`);
	const title = 'Flyflow, 2 workers, 4 chunks of 1,000 at once, 100 a second allowed';
	return [
		atLeast(`${title}: right receipts`, run.outcomes.deleted ?? 0, 4000),
		atLeast(`${title}: deleted a second, in all`, run.receipts / run.seconds, 80),
		atMost(`${title}: requests refused`, 100 * run.refusedShare, 4, ' %'),
	];
}
