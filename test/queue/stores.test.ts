import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from '@jest/globals';

import { PostgresServer } from '../../scripts/queueMode/postgresServer';
import { RedisServer } from '../../scripts/queueMode/redisServer';
import { canRun } from './queueStage';

const timeout = 120_000;

const stores = [
	['Redis', 'redisServer', 'RedisServer', RedisServer],
	['PostgreSQL', 'postgresServer', 'PostgresServer', PostgresServer],
] as const;

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

(canRun ? describe : describe.skip).each(stores)('Our own %s', (_, file, name, server) => {
	test(
		'listens on the same port after a restart, and leaves nothing behind',
		async () => {
			const store = await server.start();
			expect(await isListening(store.port)).toBe(true);
			await store.restart();
			expect(await isListening(store.port)).toBe(true);
			await store.stop();
			expect(await isListening(store.port)).toBe(false);
			expect(existsSync(store.folder)).toBe(false);
		},
		timeout,
	);

	test(
		'ends with the process that started it, however that ended',
		async () => {
			const program = `
			const { ${name} } = require(${JSON.stringify(join(__dirname, '..', '..', 'scripts', 'queueMode', `${file}.ts`))});
			${name}.start().then(({ port, folder }) => console.log(JSON.stringify({ port, folder })));
			setInterval(() => undefined, 1000);`;
			const driver = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
				cwd: join(__dirname, '..', '..'),
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			const said = await new Promise<string>((resolve, reject) => {
				driver.stdout.once('data', (text) => resolve(String(text)));
				driver.once('exit', () => reject(new Error('The driver ended by itself')));
			});
			const { port, folder } = JSON.parse(said) as { port: number; folder: string };
			expect(await isListening(port)).toBe(true);
			driver.kill('SIGKILL');
			for (const deadline = Date.now() + 30_000; await isListening(port); await sleep(100)) {
				if (Date.now() > deadline) break;
			}
			expect(await isListening(port)).toBe(false);
			rmSync(folder, { recursive: true, force: true });
		},
		timeout,
	);
});
