import { isSuccess, type Outcome, type Preview } from '../../../erasure/outcome';
import type { Receipt } from '../../../erasure/receipt';

/** How many receipts there are of each outcome, and which records they are of. */
export interface Tally {
	readonly total: number;
	readonly notErased: number;
	readonly byOutcome: ReadonlyMap<Outcome, number>;
	/** The same of receipts that are not a success. */
	readonly notErasedByOutcome: ReadonlyMap<Outcome, number>;
	/** What previews say would happen, without repeated records. */
	readonly byForecast: ReadonlyMap<Outcome, number>;
	/** Previewed records that would be sent without a look whether they are there. */
	readonly unseen: number;
	/** Receipts of records that came earlier in the input. */
	readonly duplicates: number;
	/** Every record once, by what came of it and why. */
	readonly groups: readonly Group[];
}

/** The records that have one outcome for one reason. */
export interface Group {
	readonly outcome: Outcome;
	readonly success: boolean;
	readonly why: string | undefined;
	readonly count: number;
	/** The first of them by name. */
	readonly names: readonly string[];
}

/** So many records of an outcome are named in a message. */
export const namesShown = 50;

export function summarise(
	entries: ReadonlyArray<{ readonly receipt: Receipt; readonly success: boolean }>,
): Tally {
	const byOutcome = new Map<Outcome, number>();
	const notErasedByOutcome = new Map<Outcome, number>();
	const byForecast = new Map<Outcome, number>();
	const groups = new Map<string, Group & { count: number; names: string[] }>();
	let notErased = 0;
	let duplicates = 0;
	let unseen = 0;
	for (const { receipt, success } of entries) {
		count(byOutcome, receipt.outcome);
		if (!success) {
			count(notErasedByOutcome, receipt.outcome);
			notErased += 1;
		}
		if (receipt.duplicate) {
			duplicates += 1;
			continue;
		}
		addTo(groups, receipt, success);
		if (receipt.preview === undefined) continue;
		if (isUnseen(receipt.preview)) unseen += 1;
		else count(byForecast, receipt.preview.wouldBe);
	}
	return {
		total: entries.length,
		notErased,
		byOutcome,
		notErasedByOutcome,
		byForecast,
		unseen,
		duplicates,
		groups: [...groups.values()],
	};
}

/** A reason that holds for thousands of records is said once. */
function addTo(
	groups: Map<string, Group & { count: number; names: string[] }>,
	receipt: Receipt,
	success: boolean,
): void {
	const { outcome, reason } = receipt;
	const why = reason?.message;
	const key = JSON.stringify([outcome, success, why]);
	const group = groups.get(key) ?? { outcome, success, why, count: 0, names: [] };
	group.count += 1;
	if (group.names.length < namesShown) group.names.push(nameOf(receipt));
	groups.set(key, group);
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
