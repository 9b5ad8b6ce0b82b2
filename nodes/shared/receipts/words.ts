import { outcomes, type Outcome } from '../../../erasure/outcome';
import type { Tally } from './tally';

/** What came of a record, as it is counted. */
export const words: Readonly<Record<Outcome, string>> = {
	deleted: 'deleted',
	accepted: 'accepted for deletion',
	notFound: 'not found',
	deprecated: 'deprecated',
	preview: 'previewed',
	refused: 'refused',
	failed: 'failed',
	unknown: 'unknown',
	skipped: 'skipped',
};

/** "98 deleted, 2 not found" */
export function counts({ byOutcome }: Tally): string {
	return outcomes
		.filter((outcome) => byOutcome.has(outcome))
		.map((outcome) => `${byOutcome.get(outcome)} ${words[outcome]}`)
		.join(', ');
}
