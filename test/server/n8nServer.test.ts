import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { borrowN8n } from '../../scripts/n8n/anyN8n';
import type { GivenN8n } from '../../scripts/n8n/givenN8n';
import { N8nApi } from '../../scripts/n8n/n8nApi';
import { N8nServer } from '../../scripts/n8n/n8nServer';
import { loadPackage } from '../../scripts/n8n/packageInN8n';
import type { ReadyN8n } from '../../scripts/n8n/readyN8n';
import { owner, startTemporaryN8n, type TemporaryN8n } from '../../scripts/n8n/temporaryN8n';
import { refuseOthersAccounts } from '../browser/othersAccounts';
import { exampleWorkflow, startTimeout } from './n8n';

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
});

/** All that is stored, as n8n lists it: with versions, and with when it was changed. */
async function everythingIn({ api }: ReadyN8n, workflowId: string) {
	const tables = await api.dataTables();
	return {
		workflows: await api.workflows(),
		credentials: await api.credentials(),
		tables,
		rows: await Promise.all(tables.map(async ({ name }) => await api.dataTableRows(name))),
		executions: await api.finishedExecutions(workflowId),
	};
}

/** Runs a program of this project to its end. @returns its exit code and what it wrote */
async function run(args: readonly string[], env: NodeJS.ProcessEnv) {
	const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
		cwd: join(scripts, '..'),
		env: { ...process.env, ...env },
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (data) => (output += String(data)));
	}
	const [code] = (await once(child, 'close')) as [number];
	return { code, output };
}

describe("Somebody's n8n", () => {
	let n8n: TemporaryN8n;
	let sandbox: Sandbox;
	let workflowId: string;
	let before: Awaited<ReturnType<typeof everythingIn>>;
	let given: GivenN8n;

	beforeAll(async () => {
		sandbox = await Sandbox.start();
		n8n = await startTemporaryN8n();
		const { api } = n8n;
		given = { address: api.address, signIn: n8n.owner, nodesFolder: undefined };
		// The same example, at the same address, and the examples' own table: theirs.
		const accounts = Object.entries(sandboxAccounts(sandbox)).map(
			async ([type, account]) => await api.createCredential(type, account),
		);
		const credentials = [
			...(await Promise.all(accounts)),
			await api.createCredential('httpHeaderAuth', webhookKey),
		];
		workflowId = await api.publishWorkflow(exampleWorkflow('delete-by-webhook'), credentials);
		await api.createDataTable('Erasure receipts', [{ name: 'request', type: 'string' }]);
		await api.insertDataTableRows('Erasure receipts', [{ request: 'theirs' }]);
		before = await everythingIn(n8n, workflowId);
	}, startTimeout);
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.stop();
	}, 60_000);

	test('runs the demo, and is afterwards as it was', async () => {
		const { address, signIn } = given;
		const env = { N8N_URL: address, N8N_EMAIL: signIn.email, N8N_PASSWORD: signIn.password };
		const demo = join(scripts, 'demo', 'demo.ts');
		const { code, output } = await run([demo, '5678', '--once'], env);

		expect(output).toMatch(/POST \S+\/webhook\/call-erasure-[0-9a-f]{8}-erase-calls\n/);
		expect(output).toContain('Every record has its receipt');
		expect(code).toBe(0);
		expect(await everythingIn(n8n, workflowId)).toEqual(before);
		expect(sandbox.requests).toEqual([]);
	}, 120_000);

	test('is tidied up also when whoever uses it is killed', async () => {
		const accounts = { ...sandboxAccounts(sandbox), httpHeaderAuth: webhookKey };
		const program = `
		const { borrowN8n } = require(${JSON.stringify(join(scripts, 'n8n', 'anyN8n.ts'))});
		const workflow = ${JSON.stringify(exampleWorkflow('delete-by-webhook'))};
		borrowN8n(${JSON.stringify(given)}).then(async ({ api }) => {
			const credentials = [];
			for (const [type, data] of ${JSON.stringify(Object.entries(accounts))}) {
				credentials.push(await api.createCredential(type, data));
			}
			await api.createDataTable('Erasure receipts');
			await api.publishWorkflow(workflow, credentials);
			console.log('made');
		});
		setInterval(() => undefined, 1000);`;
		const user = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
			cwd: join(scripts, '..'),
			stdio: ['ignore', 'pipe', 'inherit'],
			detached: true,
		});
		await Promise.race([once(user.stdout, 'data'), once(user, 'exit')]);
		const { workflows, credentials, tables } = await everythingIn(n8n, workflowId);
		const own = ({ name }: { name: string }) => /^call-erasure-[0-9a-f]{8}-/.test(name);
		expect([workflows, credentials, tables].map((made) => made.filter(own).length)).toEqual([
			1,
			Object.keys(accounts).length,
			1,
		]);
		// With all of its process group, as Ctrl-C in a terminal.
		process.kill(-(user.pid ?? 0), 'SIGKILL');

		const isAsBefore = async () =>
			JSON.stringify(await everythingIn(n8n, workflowId)) === JSON.stringify(before);
		for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(200)) {
			if (await isAsBefore()) break;
		}
		expect(await everythingIn(n8n, workflowId)).toEqual(before);
	}, 60_000);

	test('shows whoever uses it nothing but what they made', async () => {
		const borrowed = await borrowN8n(given);
		const { api } = borrowed;
		expect(await api.workflows()).toEqual([]);
		expect(await api.credentials()).toEqual([]);
		expect(await api.dataTables()).toEqual([]);
		expect(await api.dataTableRows('Erasure receipts')).toEqual([]);
		await api.deleteDataTable('Erasure receipts');
		await borrowed.stop();
		expect(await everythingIn(n8n, workflowId)).toEqual(before);
	});

	test('has no browser tests where the editor could choose an account of theirs', async () => {
		const borrowed = await borrowN8n(given);
		const refusal = refuseOthersAccounts(borrowed.api);
		await expect(refusal).rejects.toThrow(/^The browser tests do not run in an n8n with accounts/);
		await expect(refusal).rejects.toThrow('flyflowApi');
		await borrowed.stop();
		await refuseOthersAccounts(n8n.api);
	});

	test('says how to sign in, and where there is none', async () => {
		const signIn = { ...given.signIn, password: 'wrong' };
		await expect(borrowN8n({ ...given, signIn })).rejects.toThrow(
			'did not take N8N_EMAIL and N8N_PASSWORD',
		);
		const address = 'http://127.0.0.1:1';
		await expect(borrowN8n({ ...given, address })).rejects.toThrow(
			'There is no n8n to sign in to at http://127.0.0.1:1',
		);
	});

	// The driver's own promise, held by the n8n that is there.
	test('that we started leaves nothing behind when it is stopped', async () => {
		const pid = n8n.server.pid ?? 0;
		expect(isAlive(pid)).toBe(true);
		expect(existsSync(n8n.userFolder)).toBe(true);
		// What is preloaded into n8n is preloaded into its task runner too.
		expect(n8n.server.output).not.toContain('endWithParent');
		// Written by a thread of n8n's, which gets the same preload as its main thread.
		expect(existsSync(join(n8n.userFolder, '.n8n', 'n8nEventLog.log'))).toBe(true);
		await n8n.stop();
		expect(n8n.server.isRunning).toBe(false);
		expect(isAlive(pid)).toBe(false);
		expect(existsSync(n8n.userFolder)).toBe(false);
	}, 60_000);
});

describe('An n8n without the package', () => {
	const nodesFolder = () => join(userFolder, '.n8n', 'nodes');
	const packageFolder = () => join(nodesFolder(), 'node_modules', 'n8n-nodes-call-erasure');

	let driver: ChildProcess;
	let pid: number;
	let given: GivenN8n;
	let loading: Promise<() => Promise<void>>;

	beforeAll(async () => {
		const program = `
		const { N8nServer } = require(${JSON.stringify(join(scripts, 'n8n', 'n8nServer.ts'))});
		N8nServer.start(${JSON.stringify({ folder, userFolder })}).then(({ pid, address }) => {
			console.log(JSON.stringify({ pid, address }));
		});
		setInterval(() => undefined, 1000);`;
		const started = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
			cwd: join(scripts, '..'),
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		driver = started;
		const text = await new Promise<string>((resolve, reject) => {
			started.stdout.once('data', (data) => resolve(String(data)));
			started.once('exit', () => reject(new Error('The driver ended by itself')));
		});
		const { address, ...ids } = JSON.parse(text) as { pid: number; address: string };
		({ pid } = ids);
		await new N8nApi(address).setUpOwner(owner);
		given = { address, signIn: owner, nodesFolder: nodesFolder() };
	}, startTimeout);
	afterAll(() => void driver?.kill('SIGKILL'));

	test('says how it gets there, and replaces none that is there', async () => {
		await expect(loadPackage({ ...given, nodesFolder: undefined })).rejects.toThrow(
			/has not loaded n8n-nodes-call-erasure\..* set N8N_NODES_FOLDER/,
		);
		mkdirSync(packageFolder(), { recursive: true });
		await expect(loadPackage(given)).rejects.toThrow(
			`There is a n8n-nodes-call-erasure in ${nodesFolder()} that was not put there from here`,
		);
		expect(readdirSync(packageFolder())).toEqual([]);
		rmSync(packageFolder(), { recursive: true });
	});

	test('gets it into its folder where that is given', async () => {
		loading = loadPackage(given);
		const lock = join(nodesFolder(), 'package-lock.json');
		const isThere = () => existsSync(lock) && readFileSync(lock, 'utf8').includes('call-erasure');
		for (const deadline = Date.now() + 50_000; !isThere() && Date.now() < deadline;) {
			await sleep(100);
		}
		expect(existsSync(join(packageFolder(), 'dist'))).toBe(true);
	}, 60_000);

	// What the driver promises of any n8n, held by the one that is there.
	test('is taken along when its driver is killed', async () => {
		expect(isAlive(pid)).toBe(true);
		driver.kill('SIGKILL');
		await untilGone(pid);
		expect(isAlive(pid)).toBe(false);
	}, 60_000);

	test(
		'has it loaded when it was started again, until it is taken out',
		async () => {
			const port = Number(new URL(given.address).port);
			const n8n = await N8nServer.start({ folder, userFolder, port });
			const unload = await loading;
			expect(existsSync(join(packageFolder(), 'dist'))).toBe(true);
			await unload();
			expect(existsSync(packageFolder())).toBe(false);
			await n8n.stop();
		},
		startTimeout,
	);
});
