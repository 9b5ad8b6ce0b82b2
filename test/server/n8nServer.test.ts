import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { N8nServer } from '../../scripts/n8n/n8nServer';
import { startTemporaryN8n } from '../../scripts/n8n/temporaryN8n';
import { startTimeout } from './n8n';

const scripts = join(__dirname, '..', '..', 'scripts');
const folder = process.env.N8N_SERVER_FOLDER ?? '';

let userFolder: string;
beforeAll(() => {
	userFolder = mkdtempSync(join(tmpdir(), 'call-erasure-test-'));
});
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function untilGone(pid: number): Promise<void> {
	for (const deadline = Date.now() + 30_000; isAlive(pid) && Date.now() < deadline;) {
		await sleep(100);
	}
}

describe('The driver of a real n8n', () => {
	test('says so when the port is taken', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		const { port } = other.address() as AddressInfo;
		await expect(N8nServer.start({ folder, userFolder, port })).rejects.toThrow(
			`Port ${port} is taken`,
		);
		other.close();
	});

	test('says so when there is no n8n', async () => {
		await expect(N8nServer.start({ folder: userFolder, userFolder })).rejects.toThrow(
			`There is no n8n in ${userFolder}`,
		);
	});

	test(
		'leaves nothing behind when it is stopped',
		async () => {
			const n8n = await startTemporaryN8n();
			expect(isAlive(n8n.server.pid ?? 0)).toBe(true);
			expect(existsSync(n8n.userFolder)).toBe(true);
			// What is preloaded into n8n is preloaded into its task runner too.
			expect(n8n.server.output).not.toContain('endWithParent');
			// Written by a thread of n8n's, which gets the same preload as its main thread.
			expect(existsSync(join(n8n.userFolder, '.n8n', 'n8nEventLog.log'))).toBe(true);
			await n8n.stop();
			expect(n8n.server.isRunning).toBe(false);
			expect(isAlive(n8n.server.pid ?? 0)).toBe(false);
			expect(existsSync(n8n.userFolder)).toBe(false);
		},
		startTimeout,
	);

	test(
		'takes n8n along when it is killed itself',
		async () => {
			const program = `
			const { N8nServer } = require(${JSON.stringify(join(scripts, 'n8n', 'n8nServer.ts'))});
			N8nServer.start(${JSON.stringify({ folder, userFolder })}).then(({ pid }) => console.log(pid));
			setInterval(() => undefined, 1000);`;
			const driver = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
				cwd: join(scripts, '..'),
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			const pid = await new Promise<number>((resolve, reject) => {
				driver.stdout.once('data', (text) => {
					resolve(Number(text));
				});
				driver.once('exit', () => reject(new Error('The driver ended by itself')));
			});
			expect(isAlive(pid)).toBe(true);
			driver.kill('SIGKILL');
			await untilGone(pid);
			expect(isAlive(pid)).toBe(false);
		},
		startTimeout,
	);
});
