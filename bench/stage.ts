import { setTimeout as sleep } from 'node:timers/promises';

import pidusage from 'pidusage';

import { N8nApi, type StoredCredential } from '../scripts/n8n/n8nApi';
import { N8nServer } from '../scripts/n8n/n8nServer';
import { startTemporaryN8n, type TemporaryN8n } from '../scripts/n8n/temporaryN8n';
import { latency } from './setting';
import {
	SandboxProcess,
	type AccountName,
	type VendorBehaviour,
	type VendorCounts,
} from './sandboxProcess';
import { workflowFor, type Deletion, type Vendor } from './ways';

/** What one run came to. */
export interface Measurement extends VendorCounts {
	/** From calling the webhook until its answer; of several runs at once, until the last one's. */
	readonly seconds: number;
	/** Of several runs at once, until the first one's answer. */
	readonly firstEnd?: number;
	/** By how much n8n's resident memory grew at most, in MB of 2^20 bytes. */
	readonly memoryGrowth: number;
	/** Items that came out, by what they say of their record. */
	readonly items: Readonly<Record<string, number>>;
}

export interface Run extends Deletion, VendorBehaviour {
	readonly records: number;
	/** Into how many runs the records are divided, which start together; 1 unless it is said. */
	readonly atOnce?: number;
	/** The numbers of the records for which the vendor always answers 503, counted from 1. */
	readonly bad?: readonly number[];
	/** Milliseconds after which the vendor's load is watched; not at all unless it is said. */
	readonly watchedAfter?: number;
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
		private readonly credentials: Readonly<Record<AccountName, readonly StoredCredential[]>>,
	) {}

	static async start(): Promise<Stage> {
		const sandbox = await SandboxProcess.start();
		const n8n = await startTemporaryN8n();
		const store = async ({
			flyflowApi,
			creovaiOAuth2Api,
		}: SandboxProcess['accounts'][AccountName]) => [
			await n8n.api.createCredential('flyflowApi', flyflowApi),
			await n8n.api.createCredential('creovaiOAuth2Api', creovaiOAuth2Api),
		];
		const { warmUp, measured } = sandbox.accounts;
		const credentials = { warmUp: await store(warmUp), measured: await store(measured) };
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
			// At another account, because the package shares what it learns of one.
			const { vendor, way, options = {} } = run;
			const warmUp = { vendor, way, options, records: warmUpRecords };
			await this.run(api, 'warmUp', warmUp);
			await sleep(restMs);
			return await watchMemory(server.pid ?? 0, async () => await this.run(api, 'measured', run));
		} catch (error) {
			throw new Error(`${run.vendor}, ${run.way}: ${String(error)}\n${server.output}`);
		} finally {
			await server.stop();
		}
	}

	private async run(api: N8nApi, account: AccountName, run: Run) {
		// Workflows of earlier runs are still there.
		const path = `run-${(this.runs += 1)}`;
		const workflow = workflowFor(run, this.sandbox.accounts[account], path);
		await api.publishWorkflow(workflow, this.credentials[account]);
		const { vendor, records, bad = [], atOnce = 1, watchedAfter } = run;
		const badIds = bad.map((number) => idOf(vendor, number));
		await this.sandbox.prepare({ latency, ...run, account, badIds });
		const ids = Array.from({ length: records }, (_, index) => idOf(vendor, index + 1));
		const share = Math.ceil(records / atOnce);
		const started = performance.now();
		const ended = await Promise.all(
			Array.from({ length: atOnce }, async (_, index) => {
				const own = ids.slice(index * share, (index + 1) * share);
				const words = await outcomes(async () => await api.callWebhook(path, { ids: own }));
				return { words, seconds: (performance.now() - started) / 1000 };
			}),
		);
		const seconds = ended.map((one) => one.seconds);
		const counts = await this.sandbox.count({ vendor, badIds, watchedAfter });
		return {
			seconds: Math.max(...seconds),
			...(atOnce > 1 && { firstEnd: Math.min(...seconds) }),
			items: tally(ended.flatMap(({ words }) => words)),
			...counts,
		};
	}
}

function tally(words: ReadonlyArray<string | null>): Record<string, number> {
	const items: Record<string, number> = {};
	for (const word of words) {
		const name = word ?? 'error';
		items[name] = (items[name] ?? 0) + 1;
	}
	return items;
}

/** What came out; nothing where the workflow ended with an error. */
async function outcomes(
	call: () => Promise<{ outcome: Array<string | null> }>,
): Promise<Array<string | null>> {
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
