/**
 * Measures queue mode on this machine: `npm run bench:queue`. Starts n8n in queue mode with n8n's
 * presets, sends requests to the example workflow "Erase in bulk", and prints what docs/queue-mode.md
 * shows. The sandbox runs in this process and takes its share of the machine.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { markdownTable } from 'markdown-table';
import pidusage from 'pidusage';

import { EraseInBulk, type BulkReport } from '../scripts/eraseInBulk';
import type { ExportedWorkflow } from '../scripts/n8nApi';
import type { N8nServer } from '../scripts/n8nServer';
import { QueueTopology } from '../scripts/queueTopology';
import { RateLimit } from '../sandbox/rateLimit';
import { Sandbox } from '../sandbox/sandbox';

/** What a request to the vendor takes, in milliseconds. */
const latency = 50;

const deadlineMs = 1_800_000;

interface Bench {
	readonly sandbox: Sandbox;
	readonly topology: QueueTopology;
}

interface Case {
	readonly name: string;
	readonly flyflow?: number;
	readonly creovai?: number;
	/** The vendors' own limit, in requests by the second of the clock. */
	readonly vendorLimit?: number;
	readonly chunksAtOnce?: number;
	readonly options?: Readonly<Record<string, number>>;
	/** Kills one worker as soon as something is settled. */
	readonly kill?: boolean;
}

interface Result {
	readonly name: string;
	readonly workers: number;
	readonly receipts: number;
	readonly seconds: number;
	readonly perSecond: number;
	readonly outcomes: Readonly<Record<string, number>>;
	readonly requests: number;
	readonly refusedShare: number;
	/** The most requests within one latency: under way at once. */
	readonly inFlight: number;
	/** The median of full clock seconds. */
	readonly requestsPerSecond: number;
	/** Milliseconds of processor time that the workers spent for a receipt, waiting left out. */
	readonly processorPerReceipt: number;
	/** MB of resident memory of each worker: before, most, and a while after. */
	readonly memory: ReadonlyArray<readonly [number, number, number]>;
	/** Seconds from the kill until the killed worker's chunk was started again. */
	readonly recovery?: number;
}

const withOneWorker: readonly Case[] = [
	{ name: 'Creovai', creovai: 20_000 },
	{ name: 'Flyflow', flyflow: 5_000 },
];

const withTwoWorkers: readonly Case[] = [
	...withOneWorker,
	{ name: 'Flyflow, 4 chunks at once', flyflow: 5_000, chunksAtOnce: 4 },
	{ name: 'both, 100,000 records', flyflow: 20_000, creovai: 80_000 },
	{ name: 'Flyflow, Requests per Second 20', flyflow: 1_000, options: { requestsPerSecond: 20 } },
	{ name: 'Flyflow, Max Concurrency 4', flyflow: 1_000, options: { maxConcurrency: 4 } },
	{ name: 'vendor allows 100 a second', flyflow: 4_000, vendorLimit: 100 },
	{
		name: 'vendor allows 100 a second, 4 chunks at once',
		flyflow: 4_000,
		vendorLimit: 100,
		chunksAtOnce: 4,
	},
	{
		name: 'vendor allows 100 a second, Requests per Second 45',
		flyflow: 4_000,
		vendorLimit: 100,
		options: { requestsPerSecond: 45 },
	},
	{ name: 'a worker is killed', flyflow: 5_000, kill: true },
];

async function main(only: readonly string[]): Promise<void> {
	const wanted = ({ name }: Case) => only.length === 0 || only.some((part) => name.includes(part));
	const sandbox = await Sandbox.start();
	const topology = await QueueTopology.start({ workers: 1 });
	const results: Result[] = [];
	try {
		for (const one of withOneWorker.filter(wanted)) {
			results.push(await measure({ sandbox, topology }, one));
		}
		await topology.addWorker();
		for (const two of withTwoWorkers.filter(wanted)) {
			results.push(await measure({ sandbox, topology }, two));
		}
	} finally {
		await topology.stop();
		await sandbox.stop();
	}
	report(results);
}

async function measure(bench: Bench, run: Case): Promise<Result> {
	const { sandbox, topology } = bench;
	const bulk = await EraseInBulk.publish(topology.api, sandbox, (workflow) => adapt(workflow, run));
	const { flyflow = 0, creovai = 0 } = run;
	sandbox.forget();
	sandbox.latency = latency;
	sandbox.flyflow.fill(flyflow);
	sandbox.creovai.fill(creovai);
	if (run.vendorLimit !== undefined) sandbox.rateLimit = new RateLimit(run.vendorLimit);
	const request = {
		requestId: `bench-${Date.now()}`,
		flyflowCallIds: sandbox.flyflow.records().map(({ id }) => id),
		creovaiCallIds: sandbox.creovai.records().map(({ id }) => id),
	};
	const workers = topology.workers.length;
	const usage = await WorkerWatch.start(topology.workers);
	const started = performance.now();
	await bulk.send(request);
	const killing = run.kill === true ? killOne(bench) : undefined;
	const finished = await bulk.untilFinished(request.requestId, deadlineMs);
	const seconds = (performance.now() - started) / 1000;
	const recovery = await killing;
	await sleep(5000);
	const result: Result = {
		name: run.name,
		workers,
		seconds,
		...countReceipts(finished, seconds),
		...countRequests(sandbox),
		...(await usage.stop(finished.receipts.length)),
		...(recovery !== undefined && { recovery }),
	};
	await bulk.unpublish();
	console.log(JSON.stringify(result));
	return result;
}

function countReceipts({ receipts, outcomes }: Required<BulkReport>, seconds: number) {
	return { receipts: receipts.length, perSecond: receipts.length / seconds, outcomes };
}

function countRequests({ requests }: Sandbox) {
	const times = requests.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
	const refused = requests.filter(({ status }) => status === 429).length;
	return {
		requests: requests.length,
		refusedShare: refused / Math.max(1, requests.length),
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
	const full = [...counts.values()].slice(1, -1).sort((one, other) => one - other);
	return full[Math.floor(full.length / 2)] ?? times.length;
}

/** Sets what the case asks for, where a user would set it. */
function adapt(workflow: ExportedWorkflow, run: Case): ExportedWorkflow {
	const { chunksAtOnce = 2, options = {} } = run;
	const nodes = workflow.nodes.map((node) => {
		const { parameters } = node;
		if (node.name === 'Lanes') {
			const jsCode = String(parameters.jsCode);
			const changed = jsCode.replace('chunksAtOnce = 2', `chunksAtOnce = ${chunksAtOnce}`);
			return { ...node, parameters: { ...parameters, jsCode: changed } };
		}
		return node.name === 'Flyflow' ? { ...node, parameters: { ...parameters, options } } : node;
	});
	return { ...workflow, nodes };
}

/** @returns seconds until a chunk of the killed worker's was started again */
async function killOne({ sandbox, topology }: Bench): Promise<number> {
	while (sandbox.requests.length < 300) await sleep(20);
	const [victim] = topology.workers.splice(0, 1);
	const known = new Set<string>();
	await victim?.crash();
	const killed = performance.now();
	await topology.addWorker();
	for (const { url } of sandbox.requests) known.add(url);
	// An ID that was sent before comes again: its chunk was started again.
	for (let next = sandbox.requests.length; ; await sleep(100)) {
		for (; next < sandbox.requests.length; next++) {
			const url = sandbox.requests[next]?.url ?? '';
			if (known.has(url)) return (performance.now() - killed) / 1000;
			known.add(url);
		}
	}
}

interface Sample {
	/** MB. */
	readonly memory: number;
	/** Milliseconds of processor time since the process began. */
	readonly processor: number;
}

/** Watches the workers, without the process in which each runs Code nodes. */
class WorkerWatch {
	private readonly samples = new Map<number, Sample[]>();

	private readonly timer = setInterval(() => void this.sample(), 1000);

	private constructor(private readonly workers: readonly N8nServer[]) {}

	static async start(workers: readonly N8nServer[]): Promise<WorkerWatch> {
		const watch = new WorkerWatch(workers);
		await watch.sample();
		return watch;
	}

	async stop(receipts: number): Promise<Pick<Result, 'memory' | 'processorPerReceipt'>> {
		clearInterval(this.timer);
		await this.sample();
		const workers = [...this.samples.values()];
		const processor = workers.map((samples) => last(samples).processor - first(samples).processor);
		return {
			processorPerReceipt: processor.reduce((sum, own) => sum + own, 0) / Math.max(1, receipts),
			memory: workers.map((samples) => [
				first(samples).memory,
				Math.max(...samples.map(({ memory }) => memory)),
				last(samples).memory,
			]),
		};
	}

	private async sample(): Promise<void> {
		for (const { pid } of this.workers) {
			if (pid === undefined) continue;
			// A worker that was killed has nothing to show.
			const usage = await pidusage(pid).catch(() => undefined);
			if (usage === undefined) continue;
			const samples = this.samples.get(pid) ?? [];
			samples.push({ memory: Math.round(usage.memory / 2 ** 20), processor: usage.ctime });
			this.samples.set(pid, samples);
		}
	}
}

const nothing: Sample = { memory: 0, processor: 0 };

function first(samples: readonly Sample[]): Sample {
	return samples[0] ?? nothing;
}

function last(samples: readonly Sample[]): Sample {
	return samples.at(-1) ?? nothing;
}

function report(results: readonly Result[]): void {
	const header = ['case', 'workers', 'receipts', 'seconds', 'receipts/s', 'requests/s', 'at once'];
	const rows = results.map((result) => [
		result.name,
		String(result.workers),
		String(result.receipts),
		result.seconds.toFixed(1),
		result.perSecond.toFixed(0),
		String(result.requestsPerSecond),
		String(result.inFlight),
		`${(result.refusedShare * 100).toFixed(1)} %`,
		result.processorPerReceipt.toFixed(2),
		result.memory.map((values) => values.join(' / ')).join('; '),
		result.recovery?.toFixed(0) ?? '',
	]);
	const more = [
		'refused',
		'CPU ms/receipt',
		'MB per worker: before / most / after',
		'recovered after, s',
	];
	console.log(`\n${markdownTable([[...header, ...more], ...rows])}`);
	console.log(
		`\n${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
	);
	const folder = join(__dirname, '..', 'build', 'bench');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'queue.json'), JSON.stringify(results, null, '\t'));
}

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
