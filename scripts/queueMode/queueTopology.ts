import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nApi, type SignIn } from '../n8n/n8nApi';
import { N8nServer, type N8nCommand } from '../n8n/n8nServer';
import { freePort } from '../processes/ports';
import { PostgresServer } from './postgresServer';
import { databaseSettings, ownSettings, redisSettings } from './queueAddresses';
import { RedisServer } from './redisServer';
import { installIntoN8n, pack } from '../n8n/tarball';
import { owner } from '../n8n/temporaryN8n';

export interface QueueOptions {
	/** 2 if left out. */
	readonly workers?: number;
	/** How many executions a worker runs at once; n8n's own preset if left out. */
	readonly concurrency?: number;
	/** The editor's port; any that is free if left out. */
	readonly port?: number;
	/** More of n8n's environment variables, for every process. */
	readonly settings?: Readonly<Record<string, string>>;
	/** Breaks the start off. */
	readonly signal?: AbortSignal;
}

/**
 * n8n in queue mode on this machine, with this package in every process: a main process, a webhook
 * processor and workers, with a Redis and a PostgreSQL of their own unless the environment names
 * others. Every process has a user folder of its own, as it would have on a machine of its own.
 */
export class QueueTopology {
	readonly owner: SignIn = owner;

	readonly workers: N8nServer[] = [];

	/** Every n8n process that was asked for, those that are still starting included. */
	private readonly processes: Array<Promise<N8nServer>> = [];

	private readonly stopped = new AbortController();

	private readonly folder = mkdtempSync(join(tmpdir(), 'call-erasure-queue-'));

	private readonly remove = () =>
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });

	/** Missing where the environment names another. */
	redis: RedisServer | undefined;

	/** Missing where the environment names another. */
	postgres: PostgresServer | undefined;

	main!: N8nServer;

	/** Takes the webhooks of workflows that need not be stopped: docs/queue-mode.md, "Stopping". */
	webhook!: N8nServer;

	/** The editor's requests, for its owner. */
	api!: N8nApi;

	private settings: Readonly<Record<string, string>> = {};

	private constructor(private readonly options: QueueOptions) {
		// For an end that leaves no time to stop.
		process.once('exit', this.remove);
	}

	/** @throws Error with a sentence for a person; nothing is left behind then */
	static async start(options: QueueOptions = {}): Promise<QueueTopology> {
		const topology = new QueueTopology(options);
		try {
			await topology.startAll();
			return topology;
		} catch (error) {
			await topology.stop();
			throw error;
		}
	}

	/** Starts one more worker. */
	async addWorker(): Promise<N8nServer> {
		const worker = await this.startProcess('worker');
		this.workers.push(worker);
		return worker;
	}

	/** Stops everything and removes what was stored. Safe to call again. */
	async stop(): Promise<void> {
		this.stopped.abort();
		const servers = await Promise.allSettled(this.processes);
		await Promise.all(
			servers.map(async (server) => server.status === 'fulfilled' && (await server.value.stop())),
		);
		await Promise.all([this.redis?.stop(), this.postgres?.stop()]);
		this.remove();
		process.off('exit', this.remove);
	}

	private async startAll(): Promise<void> {
		const { workers = 2 } = this.options;
		const port = this.options.port ?? (await freePort());
		const [redis, database] = await this.startStores();
		await installIntoN8n((await pack(this.folder)).path, this.packageFolder);
		this.settings = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: process.env.N8N_ENCRYPTION_KEY ?? randomBytes(24).toString('hex'),
			// n8n's Stop reaches a worker only if the main process has put the execution into the queue.
			N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
			...(this.options.concurrency !== undefined && {
				N8N_CONCURRENCY_PRODUCTION_LIMIT: String(this.options.concurrency),
			}),
			...redis,
			...database,
			...this.options.settings,
		};
		// The main process first: it alone brings the database up to date.
		this.main = await this.startProcess('start', port);
		await Promise.all([
			this.startProcess('webhook').then((webhook) => (this.webhook = webhook)),
			...Array.from({ length: workers }, async () => await this.addWorker()),
		]);
		this.api = new N8nApi(this.main.address);
		await this.api.setUpOwner(owner);
	}

	private async startStores(): Promise<Array<Record<string, string>>> {
		const { REDIS_URL, DATABASE_URL } = process.env;
		const redis = {
			...ownSettings(['QUEUE_BULL_']),
			...(REDIS_URL !== undefined && redisSettings(REDIS_URL)),
		};
		const database = {
			...ownSettings(['DB_']),
			...(DATABASE_URL !== undefined && databaseSettings(DATABASE_URL)),
		};
		await Promise.all([
			redis.QUEUE_BULL_REDIS_HOST ??
				RedisServer.start().then((server) => {
					this.redis = server;
					Object.assign(redis, server.settings);
				}),
			database.DB_POSTGRESDB_HOST ??
				PostgresServer.start().then((server) => {
					this.postgres = server;
					Object.assign(database, server.settings);
				}),
		]);
		return [redis, database];
	}

	private get packageFolder(): string {
		return join(this.folder, 'package');
	}

	private async startProcess(command: N8nCommand, port = 0): Promise<N8nServer> {
		const userFolder = mkdtempSync(join(this.folder, `${command}-`));
		const nodes = join('.n8n', 'nodes');
		mkdirSync(join(userFolder, '.n8n'));
		cpSync(join(this.packageFolder, nodes), join(userFolder, nodes), { recursive: true });
		const signals = [this.stopped.signal, this.options.signal ?? []].flat();
		const { settings } = this;
		const signal = AbortSignal.any(signals);
		const server = N8nServer.start({
			folder: n8nFolder(),
			userFolder,
			command,
			settings,
			port,
			signal,
		});
		this.processes.push(server);
		return await server;
	}
}

function n8nFolder(): string {
	const folder = process.env.N8N_SERVER_FOLDER;
	if (folder !== undefined) return folder;
	throw new Error(
		'N8N_SERVER_FOLDER is not set. Use npm run start:queue or npm test, which set it',
	);
}
