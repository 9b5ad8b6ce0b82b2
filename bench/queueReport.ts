import { goalTable } from './goal';
import { holdQueueToGoals } from './queueGoals';
import type { QueueResult, QueueResults } from './queueResults';
import { dated, describeSettings } from './setting';
import { number, table } from './tables';

/** What docs/benchmarks.md shows of queue mode, by the names of its places. */
export function queueBlocks(results: QueueResults): Readonly<Record<string, string>> {
	const { speed, limit, kill } = results;
	return {
		queueSetting: describeSettings([speed, limit, kill]),
		queueSpeed: dated(speed, speedTable(speed.cases)),
		queueLimit: dated(limit, limitTable(limit.cases)),
		queueKill: dated(kill, killTable(kill.cases)),
		queueGoals: goalTable(holdQueueToGoals(results)),
	};
}

function speedTable(cases: readonly QueueResult[]): string {
	const head = [
		'what',
		'workers',
		'receipts',
		'seconds',
		'receipts per second',
		'most under way',
		'processor time per receipt',
		'memory of each worker',
	];
	return table(
		head,
		cases.map((one) => [
			...inShort(one),
			number(Math.round(one.receipts / one.seconds)),
			number(one.inFlight),
			`${one.processorPerReceipt.toFixed(1)} ms`,
			memoryOf(one),
		]),
	);
}

function limitTable(cases: readonly QueueResult[]): string {
	const head = ['what', 'workers', 'receipts', 'seconds', 'requests per second', 'refused'];
	return table(
		head,
		cases.map((one) => [
			...inShort(one),
			number(one.requestsPerSecond),
			`${(one.refusedShare * 100).toFixed(1)} %`,
		]),
	);
}

function killTable(cases: readonly QueueResult[]): string {
	const head = ['what', 'workers', 'receipts', 'seconds', 'outcomes', 'taken up again after'];
	return table(
		head,
		cases.map((one) => [
			...inShort(one),
			Object.entries(one.outcomes)
				.map(([outcome, count]) => `${number(count)} "${outcome}"`)
				.join(', '),
			`${(one.recovery ?? 0).toFixed(0)} s`,
		]),
	);
}

function inShort({ name, workers, receipts, seconds }: QueueResult): string[] {
	return [name, number(workers), number(receipts), seconds.toFixed(seconds < 10 ? 1 : 0)];
}

/** Before the run, and at most. */
function memoryOf({ memory }: QueueResult): string {
	return memory.map(([before, most]) => `${before} to ${most} MB`).join('; ');
}
