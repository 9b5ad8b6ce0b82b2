import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import axios from 'axios';

import { OwnedProcess } from '../processes/ownedProcess';
import { freePort } from '../processes/ports';

/** What an n8n process does, by the name of n8n's own command. */
export type N8nCommand =
	/** The editor, schedules, and everything else where nothing else runs. */
	| 'start'
	/** Queue mode: runs what is in the queue. Its port answers health checks alone. */
	| 'worker'
	/** Queue mode: takes webhooks and puts their executions into the queue. */
	| 'webhook';

export interface N8nServerOptions {
	/** Where n8n is installed: the folder that holds its `node_modules`. */
	readonly folder: string;
	/** Where n8n keeps its key, its SQLite database if it has one, and community packages. */
	readonly userFolder: string;
	/** `start` if left out. */
	readonly command?: N8nCommand;
	/** More of n8n's environment variables. */
	readonly settings?: NodeJS.ProcessEnv;
	/** 0, or left out, for any that is free. */
	readonly port?: number;
	/** Breaks the start off. A server that has started is stopped by `stop`. */
	readonly signal?: AbortSignal;
}

/** The first start creates the database, which takes half a minute on a machine with nothing else to do. */
const startDeadlineMs = 180_000;

/** n8n waits up to 30 s for running executions; nobody waits for them here. */
const stopGraceMs = 15_000;

/** Paths that answer 200 with JSON once a process does its work. */
const readyPaths: Readonly<Record<N8nCommand, readonly string[]>> = {
	start: ['/healthz/readiness', '/rest/settings'],
	worker: ['/healthz/readiness'],
	webhook: ['/healthz/readiness'],
};

/** A real n8n as a process of its own, reachable from this machine alone. */
export class N8nServer {
	readonly address: string;

	private constructor(
		private readonly process: OwnedProcess,
		port: number,
	) {
		this.address = `http://127.0.0.1:${port}`;
	}

	/**
	 * Starts n8n and waits until it takes requests, or jobs.
	 *
	 * @throws Error with a sentence for a person, and n8n's last output where there is some
	 */
	static async start(options: N8nServerOptions): Promise<N8nServer> {
		const { folder, userFolder, command = 'start', signal } = options;
		const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
		if (!existsSync(program)) throw new Error(`There is no n8n in ${folder}`);
		const port = await freePort(options.port);
		const preload = pathToFileURL(join(__dirname, 'endWithParent.mjs')).href;
		const child = new OwnedProcess(process.execPath, ['--import', preload, program, command], {
			cwd: userFolder,
			env: { ...environment(userFolder, port, await freePort()), ...options.settings },
		});
		const server = new N8nServer(child, port);
		try {
			const isReady = async () => await server.answers(readyPaths[command]);
			await child.untilReady('n8n', isReady, startDeadlineMs, signal);
			return server;
		} catch (error) {
			await server.stop();
			throw error;
		}
	}

	/** Settles when the process has ended, whatever ended it. */
	get ended(): Promise<void> {
		return this.process.ended;
	}

	/** Missing where the process could not even be made. */
	get pid(): number | undefined {
		return this.process.pid;
	}

	get isRunning(): boolean {
		return this.process.isRunning;
	}

	/** The last lines of what n8n wrote. */
	get output(): string {
		return this.process.lastLines;
	}

	/** All that is kept of what n8n wrote. */
	get log(): string {
		return this.process.output;
	}

	/** Asks n8n to stop, and makes it stop if it takes too long. Safe to call again. */
	async stop(): Promise<void> {
		await this.process.stop('SIGTERM', stopGraceMs);
	}

	/** Ends it like a machine that loses its power: nothing is finished, nobody is told. */
	async crash(): Promise<void> {
		await this.process.stop('SIGKILL', 0);
	}

	private async answers(paths: readonly string[]): Promise<boolean> {
		const answers = await Promise.all(
			paths.map(async (path) =>
				axios
					.get(this.address + path, { timeout: 5000, proxy: false, validateStatus: null })
					.then(({ status, data }) => status === 200 && typeof data === 'object')
					.catch(() => false),
			),
		);
		return answers.every((ready) => ready);
	}
}

/** What n8n may know of the machine's environment: no setting of a user's own n8n gets in. */
const inherited = ['HOME', 'LANG', 'LC_ALL', 'PATH', 'TMPDIR', 'TZ'];

/** Quiet, without calls to n8n's own services, on loopback. */
function environment(userFolder: string, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const own = Object.fromEntries(inherited.map((name) => [name, process.env[name]]));
	return {
		...own,
		// For endWithParent.mjs.
		END_WITH_PARENT: String(process.pid),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
	};
}
