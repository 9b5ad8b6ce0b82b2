import type { Run } from './runs';
import { wayNames, type Way } from './ways';

/** One line of a table. */
export interface Case {
	readonly id: string;
	readonly title: string;
	readonly run: Run;
	/** Runs, of which the median is shown. */
	readonly repetitions: number;
	/** What was measured is shown so many times over: for ways that would take hours. */
	readonly times: number;
}

type More = Partial<Omit<Case, 'run'> & Run>;

function flyflow(name: Way, records: number, more: More = {}): Case {
	return caseOf({ vendor: 'flyflow', way: name, records }, more);
}

function creovai(name: Way, records: number, more: More = {}): Case {
	return caseOf({ vendor: 'creovai', way: name, records }, more);
}

function caseOf(base: Run, { id, title, repetitions = 3, times = 1, ...run }: More): Case {
	const { vendor, way, records } = base;
	const plain = `${vendor}-${way}-${records * times}`;
	return {
		id: id === undefined ? plain : `${plain}-${id}`,
		title: title ?? wayNames[way],
		run: { ...base, ...run },
		repetitions,
		times,
	};
}

/** The default limit on targets is below what is measured here. */
const options = { maximumTargets: 1_000_000 };

/** Slow ways are measured with a twentieth of the records, once. */
const twentieth = { repetitions: 1, times: 20 };

const once = { repetitions: 1 };

const twice = { repetitions: 2 };

/** Some of the records get 503 for an answer, whenever they are asked for. */
function badRecords(id: string, records: number, bad: readonly number[]): Case[] {
	const run = { ...once, id, bad };
	const goOn = { ...run, continues: true };
	return [
		flyflow('package', records, { ...goOn, options }),
		flyflow('package', records, {
			...goOn,
			id: `${id}-8`,
			title: `${wayNames.package}, Maximum Concurrency 8`,
			options: { ...options, maxConcurrency: 8 },
		}),
		flyflow('httpDefault', records, run),
		flyflow('httpDefault', records, { ...goOn, id: `${id}-continue`, title: httpContinue }),
	];
}

const httpContinue = 'HTTP Request, On Error: Continue';

const numbers = (count: number, step = 1) =>
	Array.from({ length: count }, (_, index) => (index + 1) * step);

/** A vendor that allows so many requests in each second of its clock and pushes the others back. */
export const allowedPerSecond = 100;

/** Several runs at the same account at once. */
function oneAccount(atOnce: number, records: number, requestsPerSecond: number): Case[] {
	const run = { ...once, atOnce, requestsPerSecond, id: `${atOnce}-at-once` };
	return [
		flyflow('package', records, run),
		flyflow('httpDefault', records, run),
		flyflow('httpDefault', records, {
			...run,
			id: `${run.id}-continue`,
			title: httpContinue,
			continues: true,
		}),
	];
}

const eightWorkers = { ...once, id: 'workers', workers: 8, watchedAfter: 1000, options };

/** Answers come after 20 to 200 ms; the window grows for longer than where all take 50. */
const random = {
	...once,
	id: 'random',
	latency: 20,
	latencySpread: 180,
	watchedAfter: 3000,
	options,
};

const tenThousand = flyflow('package', 10_000, { options });

const tenThousandAtOnce = flyflow('httpDefault', 10_000, twice);

/** What is measured, by the tables that show it. Each can be run alone. */
export const groups = {
	/** The same records, deleted in each way. */
	creovai: [
		creovai('package', 10_000, { options }),
		creovai('httpDefault', 10_000, twice),
		creovai('httpBatched', 500, twentieth),
		creovai('loop', 500, twentieth),
	],
	flyflow: [
		tenThousand,
		tenThousandAtOnce,
		flyflow('httpBatched', 500, twentieth),
		flyflow('loop', 500, twentieth),
	],
	defaultOptions: [
		tenThousand,
		flyflow('package', 10_000, {
			id: '128',
			title: `${wayNames.package}, Maximum Concurrency 128`,
			options: { ...options, maxConcurrency: 128 },
		}),
		tenThousandAtOnce,
	],
	/** A vendor's own node, and the same vendor described in the fields of Erase by HTTP. */
	described: [tenThousand, flyflow('described', 10_000, { options })],
	oneBad: badRecords('one-bad', 2000, [1000]),
	everyTenthBad: badRecords('tenth-bad', 300, numbers(30, 10)),
	firstEightBad: badRecords('first-bad', 2000, numbers(8)),
	pushedBack: (['package', 'httpDefault'] as const).map((name) =>
		flyflow(name, 1000, { id: 'limited', requestsPerSecond: allowedPerSecond }),
	),
	fourRuns: oneAccount(4, 4000, allowedPerSecond),
	twoRuns: oneAccount(2, 1000, 50),
	workers: [flyflow('package', 3000, eightWorkers), flyflow('httpDefault', 3000, eightWorkers)],
	random: [flyflow('package', 5000, random), flyflow('httpDefault', 5000, random)],
	growth: [
		flyflow('package', 1000, { options }),
		tenThousand,
		flyflow('package', 100_000, { options, ...once }),
	],
} as const satisfies Record<string, readonly Case[]>;

export type GroupName = keyof typeof groups;
