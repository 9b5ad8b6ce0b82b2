import type { Run } from './stage';
import { wayNames, type Vendor, type Way } from './ways';

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

/** The default limit on targets is below what is measured here. */
const noLimit = { maximumTargets: 1_000_000 };

function way(vendor: Vendor, name: Way, records: number, more: Partial<Case & Run> = {}): Case {
	const { repetitions = 3, times = 1, options } = more;
	return {
		id: `${vendor}-${name}-${records * times}`,
		title: wayNames[name],
		run: { vendor, way: name, records, ...(options === undefined ? {} : { options }) },
		repetitions,
		times,
	};
}

/** Slow ways are measured with a twentieth of the records, once. */
const twentieth = { repetitions: 1, times: 20 };

const twice = { repetitions: 2 };

const inFlight128 = { ...noLimit, maxConcurrency: 128 };

/** The same records, deleted in each way. */
export const comparisons: Readonly<Record<Vendor, readonly Case[]>> = {
	creovai: [
		way('creovai', 'package', 10_000, { options: noLimit }),
		way('creovai', 'httpDefault', 10_000, twice),
		way('creovai', 'httpBatched', 500, twentieth),
		way('creovai', 'loop', 500, twentieth),
	],
	flyflow: [
		way('flyflow', 'package', 10_000, { options: inFlight128 }),
		way('flyflow', 'httpDefault', 10_000, twice),
		way('flyflow', 'httpBatched', 500, twentieth),
		way('flyflow', 'loop', 500, twentieth),
	],
};

/** A vendor that allows so many requests in each second of its clock and pushes the others back. */
export const allowedPerSecond = 100;

export const pushedBack: readonly Case[] = (['package', 'httpDefault'] as const).map((name) => {
	const { run, ...rest } = way('flyflow', name, 1000);
	return {
		...rest,
		id: `${rest.id}-limited`,
		run: { ...run, requestsPerSecond: allowedPerSecond },
	};
});

export const growth: readonly Case[] = [
	way('flyflow', 'package', 1000, { options: inFlight128 }),
	way('flyflow', 'package', 10_000, { options: inFlight128 }),
	way('flyflow', 'package', 100_000, { options: inFlight128, repetitions: 1 }),
];
