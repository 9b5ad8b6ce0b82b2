import { median } from 'simple-statistics';

import type { Case, GroupName } from './cases';
import { ResultsFile } from './resultsFile';
import type { Setting } from './setting';
import type { Measurement } from './stage';

/** What several runs of one case came to: medians, and the range of the seconds. */
export interface CaseResult extends Measurement {
	readonly id: string;
	readonly title: string;
	readonly records: number;
	readonly runs: number;
	/** See Case.times; already multiplied into seconds, requests and items. */
	readonly times: number;
	readonly fastest: number;
	readonly slowest: number;
}

/** What was measured together. */
export interface GroupResult extends Setting {
	readonly cases: readonly CaseResult[];
}

/** What the package itself weighs, without a vendor. */
export interface OwnWeight extends Setting {
	/** Microseconds per target in `erasure/`. */
	readonly domain: number;
	/** Milliseconds. */
	readonly loading: number;
	/** Bytes. */
	readonly tarball: number;
}

export interface Results extends Readonly<Record<GroupName, GroupResult>> {
	readonly own: OwnWeight;
}

export const resultsFile = new ResultsFile<Results>('results.json');

export function summarise(
	{ id, title, times, run }: Case,
	measurements: readonly Measurement[],
): CaseResult {
	const of = (read: (one: Measurement) => number) => median(measurements.map(read));
	const seconds = measurements.map((one) => one.seconds * times);
	const words = new Set(measurements.flatMap(({ items }) => Object.keys(items)));
	// A run with a wrong receipt shows, whichever of them it was.
	const itemsOf = (word: string) => of(({ items }) => items[word] ?? 0) * times;
	return {
		id,
		title,
		times,
		records: run.records * times,
		runs: measurements.length,
		seconds: round(median(seconds), 2),
		fastest: round(Math.min(...seconds), 2),
		slowest: round(Math.max(...seconds), 2),
		requests: of(({ requests }) => requests) * times,
		pushedBack: of(({ pushedBack }) => pushedBack) * times,
		sockets: of(({ sockets }) => sockets),
		erased: of(({ erased }) => erased) * times,
		secondsAsked: of(({ secondsAsked }) => secondsAsked),
		memoryGrowth: round(
			of(({ memoryGrowth }) => memoryGrowth),
			0,
		),
		items: Object.fromEntries([...words].map((word) => [word, itemsOf(word)])),
		...summariseSome(measurements),
	};
}

/** What only some cases have. */
function summariseSome(
	measurements: readonly Measurement[],
): Pick<Measurement, 'badSent' | 'firstEnd' | 'load'> {
	const badSent = measurements.flatMap((one) => one.badSent ?? []);
	const firstEnds = measurements.flatMap((one) => one.firstEnd ?? []);
	const loads = measurements.flatMap((one) => one.load ?? []);
	return {
		...(badSent.length > 0 && { badSent: Math.max(...badSent) }),
		...(firstEnds.length > 0 && { firstEnd: round(median(firstEnds), 2) }),
		...(loads.length > 0 && {
			load: {
				inFlightLow: Math.min(...loads.map(({ inFlightLow }) => inFlightLow)),
				inFlightMost: Math.max(...loads.map(({ inFlightMost }) => inFlightMost)),
				latency95: round(median(loads.map(({ latency95 }) => latency95)), 1),
			},
		}),
	};
}

export function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
