import { outcomes, type Outcome } from '../outcome';

/**
 * How far a whole request is:
 * - `stored`: it is known, and nothing was begun
 * - `running`: it is being carried out
 * - `accepted`: all is done but what vendors took on and delete later
 * - `deleted`: nothing is left, and something was there
 * - `notFound`: nothing was there
 * - `notErased`: something was not erased, or nobody knows, and somebody has to see to it
 * - `cancelled`: the sender withdrew it before anything was begun
 */
export const requestStates = [
	'stored',
	'running',
	'accepted',
	'deleted',
	'notFound',
	'notErased',
	'cancelled',
] as const;

export type RequestState = (typeof requestStates)[number];

export function isRequestState(value: unknown): value is RequestState {
	return requestStates.includes(value as RequestState);
}

/** How many receipts of a request have each outcome. */
export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>;

const notErased: readonly Outcome[] = ['refused', 'failed', 'unknown', 'skipped'];

/**
 * What the receipts of a request come to. One that was not erased weighs more than any number that
 * were: such a request is never said to be completed.
 *
 * @returns undefined without any receipt: that nothing was found is for whoever looked to say
 */
export function stateOf(counts: OutcomeCounts): RequestState | undefined {
	const has = (outcome: Outcome) => (counts[outcome] ?? 0) > 0;
	if (notErased.some(has)) return 'notErased';
	if (has('preview')) return 'running';
	if (has('accepted')) return 'accepted';
	if (has('deleted') || has('deprecated')) return 'deleted';
	return has('notFound') ? 'notFound' : undefined;
}

export function isOutcome(value: unknown): value is Outcome {
	return outcomes.includes(value as Outcome);
}
