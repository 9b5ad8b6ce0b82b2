import { setTimeout as sleep } from 'node:timers/promises';

import pidusage from 'pidusage';

import { N8nApi, type StoredCredential } from '../scripts/n8n/n8nApi';
import { N8nServer } from '../scripts/n8n/n8nServer';
import { startTemporaryN8n, type TemporaryN8n } from '../scripts/n8n/temporaryN8n';
import { latency } from './setting';
import { SandboxProcess, type VendorConditions, type VendorCounts } from './sandboxProcess';
import { workflowFor, type Vendor, type Way } from './ways';

/** What one run came to. */
export interface Measurement extends VendorCounts {
	/** From calling the webhook until its answer. */
	readonly seconds: number;
	/** By how much n8n's resident memory grew at most, in MB of 2^20 bytes. */
	readonly memoryGrowth: number;
	/** Items that came out, by what they say of their record. */
	readonly items: Readonly<Record<string, number>>;
}

export interface Run {
	readonly way: Way;
	readonly vendor: Vendor;
	readonly records: number;
	readonly requestsPerSecond?: number;
	/** The node's options, for the package alone. */
	readonly options?: object;
	/** For n8n's process, for example Node's own options. */
	readonly settings?: NodeJS.ProcessEnv;
}

const warmUpRecords = 50;

/** How long n8n may settle down before it is measured, in milliseconds. */
const restMs = 1500;

/** A real n8n and a sandbox, for one run after the other, each in a new process of n8n. */
export class Stage {
	private runs = 0;

	private constructor(
		private readonly n8n: TemporaryN8n,
		private readonly sandbox: SandboxProcess,
		private readonly credentials: readonly StoredCredential[],
	) {}

	static async start(): Promise<Stage> {
		const sandbox = await SandboxProcess.start();
		const n8n = await startTemporaryN8n();
		const { flyflowApi, creovaiOAuth2Api } = sandbox.accounts;
		const credentials = [
			await n8n.api.createCredential('flyflowApi', flyflowApi),
			await n8n.api.createCredential('creovaiOAuth2Api', creovaiOAuth2Api),
		];
		await n8n.server.stop();
		return new Stage(n8n, sandbox, credentials);
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await this.sandbox.stop();
	}

	/** Runs the workflow of one way in a new n8n that has seen a few records before. */
	async measure(run: Run): Promise<Measurement> {
		const { userFolder, owner } = this.n8n;
		const folder = process.env.N8N_SERVER_FOLDER ?? '';
		const { settings = {} } = run;
		const server = await N8nServer.start({ folder, userFolder, settings });
		try {
			const api = new N8nApi(server.address);
			await api.signIn(owner);
			// Workflows of earlier runs are still there.
			const path = `run-${(this.runs += 1)}`;
			const workflow = workflowFor(run.way, run.vendor, this.sandbox, path, run.options);
			await api.publishWorkflow(workflow, this.credentials);
			await this.call(api, path, run.vendor, { records: warmUpRecords, latency });
			await sleep(restMs);
			const conditions = { ...run, latency };
			const measurement = await watchMemory(server.pid ?? 0, async () => {
				return await this.call(api, path, run.vendor, conditions);
			});
			return measurement;
		} catch (error) {
			throw new Error(`${run.vendor}, ${run.way}: ${String(error)}\n${server.output}`);
		} finally {
			await server.stop();
		}
	}

	private async call(api: N8nApi, path: string, vendor: Vendor, conditions: VendorConditions) {
		await this.sandbox.prepare(conditions);
		const ids = Array.from({ length: conditions.records }, (_, index) => idOf(vendor, index + 1));
		const started = performance.now();
		const outcome = await outcomes(async () => await api.callWebhook(path, { ids }));
		const seconds = (performance.now() - started) / 1000;
		const items: Record<string, number> = {};
		for (const word of outcome) items[word] = (items[word] ?? 0) + 1;
		return { seconds, items, ...(await this.sandbox.count(vendor)) };
	}
}

/** What came out; nothing where the workflow ended with an error. */
async function outcomes(call: () => Promise<{ outcome: string[] }>): Promise<string[]> {
	try {
		return (await call()).outcome;
	} catch (error) {
		if (String(error).includes('Error in workflow')) return [];
		throw error;
	}
}

/** The sandbox's own names for its records. */
function idOf(vendor: Vendor, number: number): string {
	return vendor === 'flyflow' ? `call_${number}` : `c${String(number).padStart(6, '0')}`;
}

async function watchMemory<T extends object>(pid: number, work: () => Promise<T>) {
	const megabytes = async () => (await pidusage(pid)).memory / 2 ** 20;
	const before = await megabytes();
	let most = before;
	let isDone = false;
	const watching = (async () => {
		while (!isDone) {
			most = Math.max(most, await megabytes());
			await sleep(50);
		}
	})();
	try {
		const result = await work();
		return { ...result, memoryGrowth: most - before };
	} finally {
		isDone = true;
		await watching;
	}
}
