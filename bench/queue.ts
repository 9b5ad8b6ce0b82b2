/**
 * Measures queue mode on this machine: `npm run bench:queue`. Starts n8n in queue mode with n8n's
 * presets, sends requests to the example workflow "Erase in bulk", and writes what
 * docs/benchmarks.md shows. `npm run bench:queue -- --group limit` measures one of its tables (speed,
 * limit, kill) and leaves the others; `npm run bench:queue -- Flyflow` runs the cases whose name
 * holds that text and writes nothing down. The sandbox runs in this process and takes its share of
 * the machine.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { median } from 'simple-statistics';

import { EraseInBulk, type BulkRequest } from '../scripts/queueMode/eraseInBulk';
import { QueueTopology } from '../scripts/queueMode/queueTopology';
import { RateLimit } from '../sandbox/faults/rateLimit';
import { Sandbox } from '../sandbox/sandbox';
import { inWords } from './goal';
import { adapt, groupOf, withOneWorker, withTwoWorkers, type QueueCase } from './queueCases';
import { holdQueueToGoals } from './queueGoals';
import {
	queueGroups,
	queueResultsFile,
	type QueueGroup,
	type QueueGroupResult,
	type QueueResult,
} from './queueResults';
import { report } from './report';
import { round } from './results';
import { latency, settingOfToday } from './setting';
import { WorkerWatch } from './workerWatch';

const deadlineMs = 1_800_000;

/** How long a worker may settle down after a run, before its memory is looked at. */
const restMs = 5000;

interface Bench {
	readonly sandbox: Sandbox;
	readonly topology: QueueTopology;
}

async function main(args: readonly string[]): Promise<void> {
	const [first, ...names] = args;
	if (first !== undefined && first !== '--group') {
		await measureAll(({ name }) => name.includes(first));
		return;
	}
	const wanted = first === undefined ? queueGroups : names.map(groupNamed);
	const setting = settingOfToday();
	const measured = await measureAll((one) => wanted.includes(groupOf(one)));
	const anew = wanted.map((group): [QueueGroup, QueueGroupResult] => {
		const cases = measured.filter(([one]) => groupOf(one) === group);
		return [group, { ...setting, cases: cases.map(([, result]) => result) }];
	});
	const results = { ...queueResultsFile.read(), ...Object.fromEntries(anew) };
	await queueResultsFile.write(results);
	await report();
	for (const goal of holdQueueToGoals(results)) console.log(inWords(goal));
}

function groupNamed(name: string): QueueGroup {
	const group = queueGroups.find((one) => one === name);
	if (group !== undefined) return group;
	throw new Error(`There is no group ${name}. Use some of: ${queueGroups.join(', ')}`);
}

async function measureAll(
	isWanted: (one: QueueCase) => boolean,
): Promise<Array<[QueueCase, QueueResult]>> {
	const sandbox = await Sandbox.start();
	const topology = await QueueTopology.start({ workers: 1 });
	const measured: Array<[QueueCase, QueueResult]> = [];
	try {
		const bench = { sandbox, topology };
		for (const one of withOneWorker.filter(isWanted))
			measured.push([one, await measure(bench, one)]);
		await topology.addWorker();
		for (const two of withTwoWorkers.filter(isWanted))
			measured.push([two, await measure(bench, two)]);
	} finally {
		await topology.stop();
		await sandbox.stop();
	}
	return measured;
}

async function measure(bench: Bench, run: QueueCase): Promise<QueueResult> {
	const { sandbox, topology } = bench;
	const bulk = await EraseInBulk.publish(topology.api, sandbox, (workflow) => adapt(workflow, run));
	const request = prepare(sandbox, run);
	const workers = topology.workers.length;
	const usage = await WorkerWatch.start(topology.workers);
	const started = performance.now();
	await bulk.send(request);
	const killing = run.kill === true ? killOne(bench) : undefined;
	// Asking for the report is work for the workers: it waits until there is nothing left to erase.
	while (sandbox.vendors.some((vendor) => vendor.records().length > 0)) await sleep(50);
	const { receipts, outcomes } = await bulk.untilFinished(request.requestId, deadlineMs);
	const seconds = round((performance.now() - started) / 1000, 1);
	const recovery = await killing;
	await sleep(restMs);
	const result: QueueResult = {
		name: run.name,
		workers,
		receipts: receipts.length,
		outcomes,
		seconds,
		...(run.vendorLimit !== undefined && { vendorLimit: run.vendorLimit }),
		...countRequests(sandbox),
		...(await usage.stop(receipts.length)),
		...(recovery !== undefined && { recovery: round(recovery, 1) }),
	};
	await bulk.remove();
	console.log(JSON.stringify(result));
	return result;
}

/** Fills the vendors and asks for all that they hold. */
function prepare(sandbox: Sandbox, run: QueueCase): BulkRequest {
	const { flyflow = 0, creovai = 0, vendorLimit } = run;
	sandbox.forget();
	sandbox.latency = latency;
	for (const vendor of sandbox.vendors) vendor.fill(0);
	sandbox.flyflow.fill(flyflow);
	sandbox.creovai.fill(creovai);
	if (vendorLimit !== undefined) sandbox.rateLimit = new RateLimit(vendorLimit);
	return {
		requestId: `bench-${Date.now()}`,
		flyflowCallIds: sandbox.flyflow.records().map(({ id }) => id),
		creovaiCallIds: sandbox.creovai.records().map(({ id }) => id),
	};
}

function countRequests({ requests }: Sandbox) {
	const times = requests.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
	const refused = requests.filter(({ status }) => status === 429).length;
	return {
		requests: requests.length,
		refusedShare: round(refused / Math.max(1, requests.length), 4),
		inFlight: mostWithin(times, latency),
		requestsPerSecond: medianPerSecond(times),
	};
}

function mostWithin(times: readonly number[], span: number): number {
	let first = 0;
	let most = 0;
	for (const [index, time] of times.entries()) {
		while ((times[first] ?? time) <= time - span) first += 1;
		most = Math.max(most, index - first + 1);
	}
	return most;
}

/** Of the seconds between the first and the last, which are not full. */
function medianPerSecond(times: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const time of times) {
		const second = Math.floor(time / 1000);
		counts.set(second, (counts.get(second) ?? 0) + 1);
	}
	const full = [...counts.values()].slice(1, -1);
	return full.length === 0 ? times.length : median(full);
}

/** @returns seconds until a chunk of the killed worker's was started again */
async function killOne({ sandbox, topology }: Bench): Promise<number> {
	while (sandbox.requests.length < 300) await sleep(20);
	const [victim] = topology.workers.splice(0, 1);
	await victim?.crash();
	const killed = performance.now();
	const known = new Set(sandbox.requests.map(({ url }) => url));
	let next = sandbox.requests.length;
	await topology.addWorker();
	// An ID that was sent before comes again: its chunk was started again.
	for (;;) {
		for (; next < sandbox.requests.length; next += 1) {
			const url = sandbox.requests[next]?.url ?? '';
			if (known.has(url)) return (performance.now() - killed) / 1000;
			known.add(url);
		}
		await sleep(100);
	}
}

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
