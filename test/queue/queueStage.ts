import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EraseInBulk } from '../../scripts/queueMode/eraseInBulk';
import { PostgresServer } from '../../scripts/queueMode/postgresServer';
import { QueueTopology } from '../../scripts/queueMode/queueTopology';
import { RedisServer } from '../../scripts/queueMode/redisServer';
import { Sandbox } from '../../sandbox/sandbox';

/** Long enough for five processes of n8n on a machine with other things to do, in milliseconds. */
export const startTimeout = 400_000;

/**
 * Whether there is a Redis and a PostgreSQL to test with. Where the tests have to run, in CI, the
 * missing of one is no reason to leave them out.
 */
export const canRun =
	process.env.CI !== undefined || (RedisServer.isInstalled() && PostgresServer.isInstalled());

/** n8n in queue mode with two workers, the example workflow in it, next to a sandbox. */
export interface QueueStage {
	readonly sandbox: Sandbox;
	readonly topology: QueueTopology;
	readonly bulk: EraseInBulk;
	stop(): Promise<void>;
}

/** What n8n does after minutes or hours by its presets, so that the tests need not wait for it. */
const soon = {
	// When a job whose worker is silent is given up, in milliseconds: a quarter of the presets. n8n
	// waits 30 s more before it says so.
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	// How often executions are ended that are neither queued nor running any more, in minutes: what
	// fails while the database is away stays unfinished until then.
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.5',
};

export async function startQueueStage(): Promise<QueueStage> {
	const sandbox = await Sandbox.start();
	try {
		const topology = await QueueTopology.start({ settings: soon });
		const stop = async () => {
			await topology.stop();
			keepLogs(topology);
			await sandbox.stop();
		};
		try {
			const bulk = await EraseInBulk.publish(topology.api, sandbox);
			return { sandbox, topology, bulk, stop };
		} catch (error) {
			await topology.stop();
			throw error;
		}
	} catch (error) {
		await sandbox.stop();
		throw error;
	}
}

/** What the processes wrote, for whoever looks into a test that did not pass. */
function keepLogs({ main, webhook, workers }: QueueTopology): void {
	const folder = join(__dirname, '..', '..', 'build', 'queue');
	mkdirSync(folder, { recursive: true });
	const named = [main, webhook, ...workers].entries();
	for (const [index, { log }] of named) writeFileSync(join(folder, `${index}.log`), log);
}
