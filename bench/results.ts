import { median } from 'simple-statistics';

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

export interface Results extends Setting {
	readonly comparisons: Readonly<Record<'creovai' | 'flyflow', readonly CaseResult[]>>;
	readonly pushedBack: readonly CaseResult[];
	readonly growth: readonly CaseResult[];
	/** Microseconds per target in `erasure/`. */
	readonly domain: number;
	/** Milliseconds. */
	readonly loading: number;
	/** Bytes. */
	readonly tarball: number;
}

export const resultsFile = new ResultsFile<Results>('results.json');

export function summarise(
	{ id, title, times, records }: Pick<CaseResult, 'id' | 'title' | 'times' | 'records'>,
	measurements: readonly Measurement[],
): CaseResult {
	const of = (field: NumericField) => median(measurements.map((one) => one[field]));
	const seconds = measurements.map((one) => one.seconds * times);
	const items = Object.entries(measurements[0]?.items ?? {});
	return {
		id,
		title,
		times,
		records: records * times,
		runs: measurements.length,
		seconds: round(median(seconds), 2),
		fastest: round(Math.min(...seconds), 2),
		slowest: round(Math.max(...seconds), 2),
		requests: of('requests') * times,
		pushedBack: of('pushedBack') * times,
		sockets: of('sockets'),
		erased: of('erased') * times,
		secondsAsked: of('secondsAsked'),
		memoryGrowth: round(of('memoryGrowth'), 0),
		items: Object.fromEntries(items.map(([word, count]) => [word, count * times])),
	};
}

type NumericField = {
	[K in keyof Measurement]: Measurement[K] extends number ? K : never;
}[keyof Measurement];

export function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
