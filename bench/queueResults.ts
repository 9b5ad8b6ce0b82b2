import { ResultsFile } from './resultsFile';
import type { Setting } from './setting';
import type { WorkerUsage } from './workerWatch';

/** What one request to "Erase in bulk" came to. */
export interface QueueResult extends WorkerUsage {
	readonly name: string;
	readonly workers: number;
	readonly receipts: number;
	readonly outcomes: Readonly<Record<string, number>>;
	readonly seconds: number;
	readonly requests: number;
	/** The vendors' own limit, in requests by the second of the clock. */
	readonly vendorLimit?: number;
	/** Of the requests, how many the vendor turned away as too many: 0 to 1. */
	readonly refusedShare: number;
	/** The most requests within one latency: under way at once. */
	readonly inFlight: number;
	/** The median of full clock seconds. */
	readonly requestsPerSecond: number;
	/** Seconds from the kill until the killed worker's chunk was started again. */
	readonly recovery?: number;
}

/** The tables that show what was measured. Each can be measured alone. */
export const queueGroups = ['speed', 'limit', 'kill'] as const;

export type QueueGroup = (typeof queueGroups)[number];

export interface QueueGroupResult extends Setting {
	readonly cases: readonly QueueResult[];
}

export type QueueResults = Readonly<Record<QueueGroup, QueueGroupResult>>;

export const queueResultsFile = new ResultsFile<QueueResults>('queueResults.json');
