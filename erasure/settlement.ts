import type { Doubt } from './doubt';
import type { Verdict } from './outcome';

/** What is known of a target once the run is done with it. */
export interface Settlement {
	readonly verdict: Verdict;
	/**
	 * Requests sent for this target, over all tries of "Retry On Fail". Looks count where they settle
	 * it, and not where a deletion does.
	 */
	readonly attempts: number;
	/** When the outcome was settled, ISO 8601 in UTC. */
	readonly at: string;
	/** A final outcome is never sent again, whatever n8n retries. */
	readonly final: boolean;
	/** A look, or the vendor's own answer, has shown the record: before it went, if it did. */
	readonly seen?: true;
	/** What requests so far leave open, for what a later one is worth. */
	readonly doubt: Doubt;
}
