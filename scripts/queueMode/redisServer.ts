import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OwnedProcess } from '../processes/ownedProcess';
import { findProgram } from '../processes/programs';
import { freePort } from '../processes/ports';

const startDeadlineMs = 30_000;

const stopGraceMs = 10_000;

/**
 * A Redis of our own: in a temporary folder, on a free port of this machine's loopback address,
 * and with every change written to a file, so that the queue outlives a restart.
 */
export class RedisServer {
	private constructor(
		readonly port: number,
		readonly folder: string,
		private process: OwnedProcess,
	) {}

	static isInstalled(): boolean {
		return findProgram('redis-server', []) !== undefined;
	}

	/** @throws Error with a sentence for a person */
	static async start(): Promise<RedisServer> {
		const program = findProgram('redis-server', []);
		if (program === undefined) {
			throw new Error(
				'There is no redis-server on this machine. Install it (on Debian: apt-get install redis-server) or give the address of a Redis in REDIS_URL',
			);
		}
		const folder = mkdtempSync(join(tmpdir(), 'call-erasure-redis-'));
		const port = await freePort();
		const redis = new RedisServer(port, folder, launch(program, folder, port));
		try {
			await redis.untilReady();
			return redis;
		} catch (error) {
			await redis.stop();
			throw error;
		}
	}

	/** What n8n has to know of it. */
	get settings(): Readonly<Record<string, string>> {
		return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(this.port) };
	}

	get ended(): Promise<void> {
		return this.process.ended;
	}

	/** Stops it and starts it again with what it held, on the same port. */
	async restart(): Promise<void> {
		await this.process.stop('SIGTERM', stopGraceMs);
		this.process = launch(findProgram('redis-server', []) ?? '', this.folder, this.port);
		await this.untilReady();
	}

	async stop(): Promise<void> {
		await this.process.stop('SIGTERM', stopGraceMs);
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}

	private async untilReady(): Promise<void> {
		await this.process.untilReady(
			'Redis',
			async () => await answersPing(this.port),
			startDeadlineMs,
		);
	}
}

function launch(program: string, folder: string, port: number): OwnedProcess {
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		appendonly: 'yes',
		save: '',
		'maxmemory-policy': 'noeviction',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	return OwnedProcess.guarded(program, args, { cwd: folder, env: { PATH: process.env.PATH } });
}

/** A Redis that is still reading its file answers, but not with PONG. */
async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(1000, () => end(false));
		socket.once('error', () => end(false));
		socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
	});
}
