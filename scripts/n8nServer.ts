import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import axios from 'axios';

import { freePort } from './ports';

export interface N8nServerOptions {
	/** Where n8n is installed: the folder that holds its `node_modules`. */
	readonly folder: string;
	/** Where n8n keeps its database and community packages. */
	readonly userFolder: string;
	/** 0, or left out, for any that is free. */
	readonly port?: number;
	/** Settings beside those that every n8n here gets. */
	readonly environment?: NodeJS.ProcessEnv;
	/** Breaks the start off. A server that has started is stopped by `stop`. */
	readonly signal?: AbortSignal;
}

/** The first start creates the database, which takes half a minute on a machine with nothing else to do. */
const startDeadlineMs = 180_000;

/** n8n waits up to 30 s for running executions; nobody waits for them here. */
const stopGraceMs = 15_000;

/** A real n8n as a process of its own, reachable from this machine alone. */
export class N8nServer {
	readonly address: string;

	/** Settles when the process has ended, whatever ended it. */
	readonly ended: Promise<void>;

	private log = '';

	private constructor(
		private readonly child: ChildProcess,
		port: number,
	) {
		this.address = `http://127.0.0.1:${port}`;
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.log = (this.log + text).slice(-20_000);
			});
		}
		this.ended = new Promise((resolve) => {
			child.once('error', () => resolve());
			child.once('exit', () => resolve());
		});
		process.once('exit', this.kill);
	}

	/**
	 * Starts n8n and waits until it takes requests.
	 *
	 * @throws Error with a sentence for a person, and n8n's last output where there is some
	 */
	static async start(options: N8nServerOptions): Promise<N8nServer> {
		const { folder, userFolder, signal } = options;
		const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
		if (!existsSync(program)) throw new Error(`There is no n8n in ${folder}`);
		const port = await freePort(options.port);
		const preload = pathToFileURL(join(__dirname, 'endWithParent.mjs')).href;
		const child = spawn(process.execPath, ['--import', preload, program, 'start'], {
			cwd: userFolder,
			env: { ...environment(userFolder, port, await freePort()), ...options.environment },
			stdio: 'pipe',
			// A process group of its own: Ctrl-C reaches us alone, and nothing that n8n starts outlives it.
			detached: true,
		});
		const server = new N8nServer(child, port);
		try {
			await server.untilReady(signal);
			return server;
		} catch (error) {
			await server.stop();
			throw error;
		}
	}

	/** Missing where the process could not even be made. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	get isRunning(): boolean {
		return this.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** The end of what n8n wrote. */
	get output(): string {
		return this.log.split('\n').slice(-30).join('\n');
	}

	/** Asks n8n to stop, and makes it stop if it takes too long. Safe to call again. */
	async stop(): Promise<void> {
		if (this.isRunning) this.child.kill('SIGTERM');
		const cancel = new AbortController();
		const grace = sleep(stopGraceMs, undefined, { signal: cancel.signal }).catch(() => undefined);
		await Promise.race([this.ended, grace]);
		cancel.abort();
		this.kill();
		await this.ended;
		process.off('exit', this.kill);
	}

	/** Ends n8n and everything it started, at once. */
	private readonly kill = (): void => {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, 'SIGKILL');
		} catch {
			// Nothing of the group is left.
		}
	};

	private async untilReady(signal?: AbortSignal): Promise<void> {
		const deadline = Date.now() + startDeadlineMs;
		while (Date.now() < deadline) {
			signal?.throwIfAborted();
			if (!this.isRunning) throw new Error(`n8n ended while it was starting.\n${this.output}`);
			if (await this.isReady()) return;
			await sleep(250);
		}
		throw new Error(`n8n did not start within ${startDeadlineMs / 1000} seconds.\n${this.output}`);
	}

	private async isReady(): Promise<boolean> {
		const paths = ['/healthz/readiness', '/rest/settings'];
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
