import { outcomes, type Outcome } from '../outcome';
import type { CertifiedRecord, Counts, Group, Standing, State } from './payload';

/** A record, and what an earlier certificate says of it, if one is amended. */
export interface Grouped {
	readonly record: CertifiedRecord;
	readonly was?: Standing;
}

/** Sorted by their words, so that the order of the input does not show. */
export function groupsOf(records: readonly Grouped[]): Group[] {
	const groups = new Map<string, Group>();
	for (const { record, was } of records) {
		const { vendor, resource, outcome, evidence, reason, at } = record;
		const kind = {
			vendor,
			resource,
			outcome,
			evidence,
			...(reason === undefined ? {} : { reason }),
			...(was === undefined ? {} : { was }),
		};
		const key = JSON.stringify(kind);
		const { count = 0, first = at, last = at } = groups.get(key) ?? {};
		groups.set(key, {
			...kind,
			count: count + 1,
			// ISO 8601 in UTC is in the order of time.
			first: at < first ? at : first,
			last: at > last ? at : last,
		});
	}
	return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export function countsOf(standings: readonly Pick<Standing, 'outcome'>[]): Counts {
	return toCounts((outcome) => standings.filter((one) => one.outcome === outcome).length);
}

/** All of them together. */
export function sumOf(all: readonly Counts[]): Counts {
	return toCounts((outcome) => all.reduce((sum, counts) => sum + (counts[outcome] ?? 0), 0));
}

/** So many records that were counted as one thing and are another now. */
export interface Move {
	readonly from: Outcome;
	readonly to: Outcome;
	readonly count: number;
}

/** After some records ended otherwise than was counted; below zero if they cannot have. */
export function changed(before: Counts, moves: readonly Move[]): Counts {
	const changes = new Map<Outcome, number>();
	for (const { from, to, count } of moves) {
		changes.set(from, (changes.get(from) ?? 0) - count);
		changes.set(to, (changes.get(to) ?? 0) + count);
	}
	return toCounts((outcome) => (before[outcome] ?? 0) + (changes.get(outcome) ?? 0));
}

function toCounts(count: (outcome: Outcome) => number): Counts {
	const counts = outcomes.map((outcome) => [outcome, count(outcome)] as const);
	const present = counts.filter(([, number]) => number !== 0);
	const records = counts.reduce((sum, [, number]) => sum + number, 0);
	return { records, ...Object.fromEntries(present) };
}

const open: readonly Outcome[] = ['accepted', 'refused', 'failed', 'unknown', 'skipped', 'preview'];

export function stateOf(counts: Counts): State {
	return open.some((outcome) => (counts[outcome] ?? 0) !== 0) ? 'open' : 'final';
}

/** Whether an outcome leaves something to be done or to be seen. */
export function isOpen(outcome: Outcome): boolean {
	return open.includes(outcome);
}
