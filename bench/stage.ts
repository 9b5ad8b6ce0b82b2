import { setTimeout as sleep } from 'node:timers/promises';

import pidusage from 'pidusage';

import { N8nApi } from '../scripts/n8n/n8nApi';
import { N8nServer } from '../scripts/n8n/n8nServer';
import { startTemporaryN8n, type TemporaryN8n } from '../scripts/n8n/temporaryN8n';
import { Runs, storeAccounts, type Run, type RunResult, type StoredAccounts } from './runs';
import { SandboxProcess } from './sandboxProcess';

/** What one run came to. */
export interface Measurement extends RunResult {
	/** By how much n8n's resident memory grew at most, in MB of 2^20 bytes. */
	readonly memoryGrowth: number;
}

/** A real n8n and a sandbox, for one run after the other, each in a new process of n8n. */
export class Stage {
	private constructor(
		private readonly n8n: TemporaryN8n,
		private readonly sandbox: SandboxProcess,
		private readonly credentials: StoredAccounts,
	) {}

	static async start(): Promise<Stage> {
		const sandbox = await SandboxProcess.start();
		const n8n = await startTemporaryN8n();
		const credentials = await storeAccounts(n8n.api, sandbox);
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
			const runs = new Runs(api, this.sandbox, this.credentials);
			await runs.warmUp(run);
			return await watchMemory(server.pid ?? 0, async () => await runs.measure(run));
		} catch (error) {
			throw new Error(`${run.vendor}, ${run.way}: ${String(error)}\n${server.output}`);
		} finally {
			await server.stop();
		}
	}
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
