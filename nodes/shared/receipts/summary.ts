import type { NodeExecutionHint } from 'n8n-workflow';

import { isSuccess, outcomes, type Outcome, type Preview } from '../../../erasure/outcome';
import type { Receipt } from '../../../erasure/receipt';
import { toDelete } from '../parameters/deletionFields';
import { describeEffort } from './effort';
import type { FinishedRun } from './finishedRun';

/** How many receipts there are of each outcome, and which of them are no success. */
export interface Tally {
	readonly total: number;
	readonly notErased: number;
	readonly byOutcome: ReadonlyMap<Outcome, number>;
	/** What previews say would happen; repeated records left out. */
	readonly byForecast: ReadonlyMap<Outcome, number>;
	/** Previewed records that would be sent although nobody has looked whether they are there. */
	readonly unseen: number;
	/** Receipts of records that came earlier in the input. */
	readonly duplicates: number;
	/** What was not erased, by what came of it and why: the most frequent first. */
	readonly complaints: readonly Complaint[];
}

/** What came of records that were not erased, for one reason. */
interface Complaint {
	readonly outcome: Outcome;
	readonly why: string | undefined;
	readonly count: number;
	/** The first few of them by name. */
	readonly examples: readonly string[];
}

const complaintsShown = 3;
const examplesShown = 3;

const words: Readonly<Record<Outcome, string>> = {
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

export function summarise(
	entries: ReadonlyArray<{ readonly receipt: Receipt; readonly success: boolean }>,
): Tally {
	const byOutcome = new Map<Outcome, number>();
	const byForecast = new Map<Outcome, number>();
	let duplicates = 0;
	let unseen = 0;
	const notErased: Receipt[] = [];
	for (const { receipt, success } of entries) {
		count(byOutcome, receipt.outcome);
		if (receipt.duplicate) duplicates += 1;
		else if (receipt.preview !== undefined && isUnseen(receipt.preview)) unseen += 1;
		else if (receipt.preview !== undefined) count(byForecast, receipt.preview.wouldBe);
		if (!success) notErased.push(receipt);
	}
	return {
		total: entries.length,
		notErased: notErased.length,
		byOutcome,
		byForecast,
		unseen,
		duplicates,
		complaints: groupByReason(notErased),
	};
}

/** A reason that holds for thousands of records is said once. */
function groupByReason(receipts: readonly Receipt[]): Complaint[] {
	const complaints = new Map<string, Complaint>();
	for (const receipt of receipts) {
		const { outcome, reason } = receipt;
		const why = reason?.message;
		const key = JSON.stringify([outcome, why]);
		const { count: before, examples } = complaints.get(key) ?? { count: 0, examples: [] };
		const isShown = before < examplesShown;
		complaints.set(key, {
			outcome,
			why,
			count: before + 1,
			examples: isShown ? [...examples, nameOf(receipt)] : examples,
		});
	}
	return [...complaints.values()].sort((one, other) => other.count - one.count);
}

function nameOf({ target }: Receipt): string {
	return Object.values(target).join(' / ') || 'unusable input';
}

function count(counted: Map<Outcome, number>, outcome: Outcome): void {
	counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
}

/** The vendor offers no look-up: what it would say of the record is a guess, and not to be counted. */
function isUnseen({ found, wouldBe }: Preview): boolean {
	return found === null && isSuccess(wouldBe, false);
}

/** "98 deleted, 2 not found" */
function counts({ byOutcome }: Tally): string {
	return outcomes
		.filter((outcome) => byOutcome.has(outcome))
		.map((outcome) => `${byOutcome.get(outcome)} ${words[outcome]}`)
		.join(', ');
}

const forecastWords: Readonly<Record<Outcome, string>> = {
	...words,
	deleted: 'would be deleted',
	accepted: 'would be accepted for deletion',
	deprecated: 'would be deprecated',
	refused: 'would be refused',
};

/** "2 would be deleted, 1 not found, 1 duplicate" */
function forecasts({ byForecast, byOutcome, unseen, duplicates }: Tally): string {
	const foreseen = outcomes
		.filter((outcome) => byForecast.has(outcome))
		.map((outcome) => `${byForecast.get(outcome)} ${forecastWords[outcome]}`);
	const sentUnseen = unseen === 0 ? [] : [`${unseen} would be sent without a look-up`];
	const unforeseen = [...byOutcome].filter(([outcome]) => outcome !== 'preview');
	const repeated = duplicates === 0 ? [] : [`${duplicates} duplicate${duplicates > 1 ? 's' : ''}`];
	return [
		...foreseen,
		...sentUnseen,
		...unforeseen.map(([outcome, number]) => `${number} ${words[outcome]}`),
		...repeated,
	].join(', ');
}

/** The one message under On Error = Stop: how many were not erased, and the first few by name for each reason. */
export function describeNotErased(
	{ deletion, settings, effort }: FinishedRun,
	tally: Tally,
): { message: string; description: string } {
	const noun = tally.total === 1 ? deletion.noun.one : deletion.noun.many;
	const done =
		settings?.preview === true ? 'previewed' : (deletion.defaults.verb?.done ?? 'erased');
	const took = effort === undefined ? '' : ` Took ${describeEffort(effort)}.`;
	const shown = tally.complaints.slice(0, complaintsShown);
	const examples = shown.map(describeComplaint).join('; ');
	const more = tally.notErased - shown.reduce((sum, complaint) => sum + complaint.count, 0);
	// A record that is not there has been erased perhaps, only not now.
	const onlyMissing = tally.byOutcome.get('notFound') === tally.notErased;
	const verdict = onlyMissing ? 'not found' : `not ${done}`;
	return {
		message: `${tally.notErased} of ${tally.total} ${noun} ${tally.notErased === 1 ? 'was' : 'were'} ${verdict}`,
		description: `All in all: ${counts(tally)}. ${examples}${more > 0 ? `; and ${more} more` : ''}.${took} To get a receipt for each, set On Error to Continue (using error output) in the node's settings.`,
	};
}

/** "call_2, call_3, call_4 and 5 more: refused (it is protected)" */
function describeComplaint({ outcome, why, count: all, examples }: Complaint): string {
	const more = all - examples.length;
	const names = `${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return `${names}: ${words[outcome]}${why === undefined ? '' : ` (${why})`}`;
}

/** What the editor shows above the output. */
export function hintFor(finished: FinishedRun, tally: Tally): NodeExecutionHint {
	const location = 'outputPane';
	const { deletion, settings, effort } = finished;
	const took = effort === undefined ? '' : ` Took ${describeEffort(effort)}.`;
	const noun = tally.total === 1 ? deletion.noun.one : deletion.noun.many;
	const { base, title, done } = deletion.defaults.verb ?? toDelete;
	if (settings?.preview === true) {
		const inProduction = settings.asTool ? '' : 'run the workflow in production or ';
		return {
			location,
			type: 'info',
			message: `Preview: nothing was ${done}. ${tally.total} ${noun}: ${forecasts(tally)}. To ${base}, ${inProduction}set Deletion Mode to Always ${title}.${took}`,
		};
	}
	return {
		location,
		type: tally.notErased > 0 ? 'warning' : 'info',
		message: `${tally.total} ${noun}: ${counts(tally) || 'nothing to do'}.${took}`,
	};
}
