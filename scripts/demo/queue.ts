/**
 * n8n in queue mode on this machine: Redis, PostgreSQL, a main process, a webhook processor and
 * workers, with the packed package in each, the sandbox, and the example workflow "Erase in bulk".
 * Started by start.mjs, with the port for the editor, the number of workers and perhaps `--once`.
 */
import { webhookKey } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { EraseInBulk, type BulkRequest } from '../queueMode/eraseInBulk';
import { freePort } from '../processes/ports';
import { QueueTopology } from '../queueMode/queueTopology';
import { stopSignal, untilAborted } from '../processes/stopSignal';

const records = { flyflow: 1000, creovai: 5000 };

const finishDeadlineMs = 120_000;

async function main(args: readonly string[]): Promise<boolean> {
	const [portText = '5678', workersText = '2', ...options] = args;
	const port = Number(portText);
	const once = options.includes('--once');
	const signal = stopSignal();
	await freePort(port).catch((error: Error) => {
		throw new Error(`${error.message}. Choose another: npm run start:queue -- --port ${port + 12}`);
	});
	const sandbox = await Sandbox.start();
	try {
		sandbox.flyflow.fill(records.flyflow);
		sandbox.creovai.fill(records.creovai);
		console.log('Starting n8n in queue mode with the package (about a minute) ...');
		const topology = await QueueTopology.start({ port, workers: Number(workersText), signal });
		try {
			const bulk = await EraseInBulk.publish(topology.api, sandbox);
			printWhatRuns(topology, sandbox);
			const good = await show(bulk, sandbox);
			if (once) return good;
			printDirections(topology);
			await Promise.race([untilAborted(signal), untilAnyEnded(topology)]);
			return true;
		} finally {
			await topology.stop();
		}
	} catch (error) {
		// Stopped on request before it was up: no fault, but not shown to work either.
		if (signal.aborted) return !once;
		throw error;
	} finally {
		await sandbox.stop();
		if (signal.aborted) console.log('Stopped.');
	}
}

/** Erases half of what each vendor holds, and says whether all of it has a receipt and is gone. */
async function show(bulk: EraseInBulk, sandbox: Sandbox): Promise<boolean> {
	const before = countRecords(sandbox);
	const request: BulkRequest = {
		requestId: 'demo-1',
		flyflowCallIds: half(sandbox.flyflow.records()),
		creovaiCallIds: half(sandbox.creovai.records()),
	};
	const { targets, chunks } = await bulk.send(request);
	console.log(`\nRequest demo-1: ${targets} records in ${chunks} chunks`);
	const { receipts, outcomes } = await bulk.untilFinished('demo-1', finishDeadlineMs);
	const now = countRecords(sandbox);
	console.log(`${receipts.length} receipts: ${JSON.stringify(outcomes)}`);
	console.log(`Records at the two vendors: ${before} before, ${now} now`);
	return receipts.length === targets && now === before - targets;
}

function countRecords({ flyflow, creovai }: Sandbox): number {
	return flyflow.records().length + creovai.records().length;
}

function half(all: ReadonlyArray<{ readonly id: string }>): string[] {
	return all.slice(0, all.length / 2).map(({ id }) => id);
}

function printWhatRuns(
	{ main: editor, webhook, workers, ...stores }: QueueTopology,
	sandbox: Sandbox,
) {
	const { redis, postgres } = stores;
	const lines = [
		['main, takes webhooks', editor.address, editor.pid],
		['webhook processor', webhook.address, webhook.pid],
		...workers.map(({ address, pid }, index) => [`worker ${index + 1} (health)`, address, pid]),
		['Redis', redis === undefined ? 'as the environment says' : `127.0.0.1:${redis.port}`, ''],
		[
			'PostgreSQL',
			postgres === undefined ? 'as the environment says' : `127.0.0.1:${postgres.port}`,
			'',
		],
		['sandbox (vendors)', sandbox.address(), process.pid],
	] as const;
	console.log('\nwhat                  where                     process');
	for (const [what, where, pid] of lines) {
		console.log(`${String(what).padEnd(22)}${String(where).padEnd(26)}${pid ?? ''}`.trimEnd());
	}
}

function printDirections({ api, owner }: QueueTopology): void {
	const key = `-H '${webhookKey.name}: ${webhookKey.value}'`;
	const body = JSON.stringify({ requestId: 'demo-2', flyflowCallIds: ['call_900'] });
	console.log(`
The editor: ${api.address}
  E-mail:   ${owner.email}
  Password: ${owner.password}

To erase more, and to see what came of it:
  curl -X POST ${api.webhookAddress}/webhook/erase-in-bulk ${key} -H 'content-type: application/json' -d '${body}'
  curl '${api.webhookAddress}/webhook/erase-in-bulk?requestId=demo-2' ${key}

Ctrl-C stops everything and leaves nothing behind.`);
}

async function untilAnyEnded({ main: editor, webhook, workers, ...stores }: QueueTopology) {
	const named = [
		['The main process', editor],
		['The webhook processor', webhook],
		...workers.map((worker, index) => [`Worker ${index + 1}`, worker] as const),
	] as const;
	const programs = [
		...named.map(async ([name, server]) => server.ended.then(() => `${name}\n${server.output}`)),
		...(stores.redis === undefined ? [] : [stores.redis.ended.then(() => 'Redis')]),
		...(stores.postgres === undefined ? [] : [stores.postgres.ended.then(() => 'PostgreSQL')]),
	];
	throw new Error(`Ended by itself: ${await Promise.race(programs)}`);
}

main(process.argv.slice(2)).then(
	(good) => process.exit(good ? 0 : 1),
	(error: unknown) => {
		console.error(`\n${error instanceof Error ? error.message : String(error)}`);
		process.exit(1);
	},
);
