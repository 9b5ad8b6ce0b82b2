import { allowedPerSecond } from './cases';
import { atLeast, atMost, below, counted, type Goal } from './goal';
import type { CaseResult, GroupResult, Results } from './results';
import { latency } from './setting';

/** Ratios within one run where there can be, because machines differ and this one is shared. */
export function holdToGoals(results: Results): Goal[] {
	return [
		...creovaiGoals(results),
		...flyflowGoals(results),
		...describedGoals(results),
		...badRecordGoals(results),
		...limitedGoals(results),
		...oneAccountGoals(results),
		...loadGoals(results),
		...growthGoals(results),
		atMost('work per target in `erasure/`, beyond the request', results.own.domain, 60, ' µs'),
		atMost('loading the package into n8n', results.own.loading, 50, ' ms'),
		atMost('size of the tarball', results.own.tarball / 1000, 200, ' kB'),
	];
}

function creovaiGoals({ creovai }: Results): Goal[] {
	const title = 'Creovai, 10,000 IDs';
	const own = resultIn(creovai, 'creovai-package-10000');
	const http = resultIn(creovai, 'creovai-httpDefault-10000');
	const loop = resultIn(creovai, 'creovai-loop-10000');
	return [
		atMost(`${title}: purge requests`, own.requests, 100, ''),
		atMost(`${title}: time, HTTP Request default = 1`, own.seconds / http.seconds, 0.1, ''),
		atLeast(`${title}: times faster than one at a time`, loop.seconds / own.seconds, 200),
	];
}

function flyflowGoals({ flyflow, defaultOptions }: Results): Goal[] {
	const title = 'Flyflow, 10,000 IDs, default options';
	const own = resultIn(flyflow, 'flyflow-package-10000');
	const http = resultIn(flyflow, 'flyflow-httpDefault-10000');
	const preset = resultIn(defaultOptions, 'flyflow-package-10000');
	const wide = resultIn(defaultOptions, 'flyflow-package-10000-128');
	return [
		atMost(`${title}: time, Maximum Concurrency 128 = 1`, preset.seconds / wide.seconds, 1.5, ''),
		atMost(`${title}: time, HTTP Request default = 1`, own.seconds / http.seconds, 0.5, ''),
		atMost(
			`${title}: memory growth, HTTP Request default = 1`,
			own.memoryGrowth / http.memoryGrowth,
			0.5,
			'',
		),
	];
}

/** A vendor that is described costs hardly more than one that has a node. */
function describedGoals({ described }: Results): Goal[] {
	const title = 'Flyflow described in Erase by HTTP, 10,000 IDs';
	const own = resultIn(described, 'flyflow-package-10000');
	const fields = resultIn(described, 'flyflow-described-10000');
	return [
		atLeast(`${title}: right receipts`, fields.items.deleted ?? 0, fields.records),
		atMost(`${title}: requests`, fields.requests, own.requests, ''),
		atMost(`${title}: time, Flyflow's own node = 1`, fields.seconds / own.seconds, 1.1, ''),
	];
}

/** A record that the vendor cannot cope with costs itself and nothing else. */
function badRecordGoals({ oneBad, everyTenthBad, firstEightBad }: Results): Goal[] {
	const titled = [
		['one of 2,000 records always 503', oneBad, 1999],
		['every tenth of 300 records always 503', everyTenthBad, 270],
		['the first 8 of 2,000 records always 503', firstEightBad, 1992],
	] as const;
	return titled.flatMap(([title, { cases }, good]) => {
		const own = cases.filter(({ id }) => id.includes('package'));
		const unknown = (own[0]?.records ?? 0) - good;
		// At 8 in flight: what is beyond 18 s for 2,000 is time lost to the bad ones.
		return [
			...(good > 1000
				? [
						atMost(
							`Flyflow, ${title}: time`,
							most(own, ({ seconds }) => seconds),
							18,
							' s',
						),
					]
				: []),
			atMost(
				`Flyflow, ${title}: sent, each of those`,
				most(own, ({ badSent = 0 }) => badSent),
				5,
				'',
			),
			exactly(`Flyflow, ${title}: receipts "deleted"`, own, 'deleted', good),
			exactly(`Flyflow, ${title}: receipts "unknown"`, own, 'unknown', unknown),
		];
	});
}

function limitedGoals({ pushedBack }: Results): Goal[] {
	const own = resultIn(pushedBack, 'flyflow-package-1000-limited');
	const title = `Flyflow, 1,000 IDs, ${allowedPerSecond} requests a second allowed`;
	const dictated = own.records / allowedPerSecond;
	return [
		atLeast(`${title}: right receipts`, own.items.deleted ?? 0, own.records),
		atMost(`${title}: time, what the limit dictates = 1`, own.seconds / dictated, 1.15, ''),
		atMost(`${title}: requests refused`, (100 * own.pushedBack) / own.requests, 5, ' %'),
	];
}

/** Runs at one account share what it is allowed. */
function oneAccountGoals({ fourRuns, twoRuns }: Results): Goal[] {
	const four = resultIn(fourRuns, 'flyflow-package-4000-4-at-once');
	const two = resultIn(twoRuns, 'flyflow-package-1000-2-at-once');
	const fourTitle = `Flyflow, 4 runs of 1,000 at once, ${allowedPerSecond} requests a second allowed`;
	const twoTitle = 'Flyflow, 2 runs of 500 at once, 50 requests a second allowed';
	return [
		atLeast(`${fourTitle}: deleted a second, in all`, four.records / four.seconds, 90),
		...sharedGoals(fourTitle, four),
		atMost(`${twoTitle}: time, what the limit dictates = 1`, two.seconds / 20, 1.2, ''),
		...sharedGoals(twoTitle, two),
	];
}

function sharedGoals(title: string, run: CaseResult): Goal[] {
	return [
		atLeast(`${title}: right receipts`, run.items.deleted ?? 0, run.records),
		atMost(`${title}: requests refused`, (100 * run.pushedBack) / run.requests, 2, ' %'),
		atLeast(`${title}: first run's time, last run's = 1`, (run.firstEnd ?? 0) / run.seconds, 0.8),
	];
}

/** What the vendor saw after one second, or after three where latency varies. */
function loadGoals({ workers, random }: Results): Goal[] {
	const queued = resultIn(workers, 'flyflow-package-3000-workers');
	const varied = resultIn(random, 'flyflow-package-5000-random');
	const title = 'Flyflow, vendor with 8 workers';
	const { inFlightLow = 0, inFlightMost = Infinity, latency95 = Infinity } = queued.load ?? {};
	return [
		atLeast(`${title}: right receipts`, queued.items.deleted ?? 0, queued.records),
		atLeast(`${title}: in flight, in 98 of 100 cases`, inFlightLow, 6),
		atMost(`${title}: in flight, at most`, inFlightMost, 16, ''),
		below(`${title}: latency, 95th percentile, unloaded = 1`, latency95 / latency, 2.2),
		atLeast(
			'Flyflow, answers after 20 to 200 ms: in flight, in 98 of 100 cases',
			varied.load?.inFlightLow ?? 0,
			16,
		),
	];
}

/** Between the smallest run and the largest, time and memory may not grow faster than the records. */
function growthGoals({ growth }: Results): Goal[] {
	const middle = resultIn(growth, 'flyflow-package-10000');
	const large = resultIn(growth, 'flyflow-package-100000');
	const factor = large.records / middle.records;
	const title = 'Flyflow, 100,000 IDs';
	return [
		atLeast(`${title}: right receipts`, large.items.deleted ?? 0, large.records),
		atMost(
			`${title}: time, ten times that of 10,000 = 1`,
			large.seconds / middle.seconds / factor,
			1.1,
			'',
		),
		atMost(
			`${title}: memory, ten times that of 10,000 = 1`,
			large.memoryGrowth / middle.memoryGrowth / factor,
			1.1,
			'',
		),
	];
}

function resultIn({ cases }: GroupResult, id: string): CaseResult {
	const found = cases.find((one) => one.id === id);
	if (found === undefined) throw new Error(`bench/results.json has no ${id}`);
	return found;
}

function most(cases: readonly CaseResult[], read: (one: CaseResult) => number): number {
	return Math.max(...cases.map(read));
}

/** In each of the cases. */
function exactly(what: string, cases: readonly CaseResult[], word: string, wanted: number): Goal {
	const counts = cases.map(({ items }) => items[word] ?? 0);
	return counted(what, counts, wanted);
}
