import { allowedPerSecond } from './cases';
import { round, type CaseResult, type Results } from './results';

/** One thing to reach, and whether it was. */
export interface Goal {
	readonly what: string;
	readonly wanted: string;
	readonly got: string;
	readonly reached: boolean;
}

/** Ratios within one run, because machines differ and this one is shared. */
export function holdToGoals(results: Results): Goal[] {
	return [
		...creovaiGoals(results),
		...flyflowGoals(results),
		...limitedGoals(results),
		...growthGoals(results),
		atMost('work per target in `erasure/`, beyond the request', results.domain, 60, ' µs'),
		atMost('loading the package into n8n', results.loading, 50, ' ms'),
		atMost('size of the tarball', results.tarball / 1000, 200, ' kB'),
	];
}

function creovaiGoals({ comparisons }: Results): Goal[] {
	const [own, http, , loop] = comparisons.creovai as [
		CaseResult,
		CaseResult,
		CaseResult,
		CaseResult,
	];
	return [
		atMost('Creovai, 10,000 IDs: purge requests', own.requests, 100, ''),
		atMost(
			'Creovai, 10,000 IDs: time, HTTP Request default = 1',
			own.seconds / http.seconds,
			0.1,
			'',
		),
		atLeast(
			'Creovai, 10,000 IDs: times faster than one at a time',
			loop.seconds / own.seconds,
			200,
		),
	];
}

function flyflowGoals({ comparisons }: Results): Goal[] {
	const [own, http] = comparisons.flyflow as [CaseResult, CaseResult];
	const title = 'Flyflow, 10,000 IDs, 128 in flight';
	return [
		atMost(`${title}: time, HTTP Request default = 1`, own.seconds / http.seconds, 0.5, ''),
		atMost(
			`${title}: memory growth, HTTP Request default = 1`,
			own.memoryGrowth / http.memoryGrowth,
			0.5,
			'',
		),
	];
}

function limitedGoals({ pushedBack }: Results): Goal[] {
	const [own] = pushedBack as [CaseResult];
	const title = `Flyflow, 1,000 IDs, ${allowedPerSecond} requests a second allowed`;
	const dictated = own.records / allowedPerSecond;
	return [
		atLeast(`${title}: right receipts`, own.items.deleted ?? 0, own.records),
		atMost(`${title}: time, what the limit dictates = 1`, own.seconds / dictated, 1.15, ''),
		atMost(`${title}: requests refused`, (100 * own.pushedBack) / own.requests, 5, ' %'),
	];
}

/** Between the smallest run and the largest, time and memory may not grow faster than the records. */
function growthGoals({ growth }: Results): Goal[] {
	const [, middle, large] = growth as [CaseResult, CaseResult, CaseResult];
	const factor = large.records / middle.records;
	return [
		atLeast('Flyflow, 100,000 IDs: right receipts', large.items.deleted ?? 0, large.records),
		atMost(
			'Flyflow, 100,000 IDs: time, ten times that of 10,000 = 1',
			large.seconds / middle.seconds / factor,
			1.1,
			'',
		),
		atMost(
			'Flyflow, 100,000 IDs: memory, ten times that of 10,000 = 1',
			large.memoryGrowth / middle.memoryGrowth / factor,
			1.1,
			'',
		),
	];
}

function atMost(what: string, got: number, wanted: number, unit: string): Goal {
	return goal(what, `at most ${wanted}${unit}`, got, unit, got <= wanted);
}

function atLeast(what: string, got: number, wanted: number): Goal {
	return goal(what, `at least ${wanted}`, got, '', got >= wanted);
}

function goal(what: string, wanted: string, got: number, unit: string, reached: boolean): Goal {
	return { what, wanted, got: `${round(got, got < 10 ? 2 : 0)}${unit}`, reached };
}
