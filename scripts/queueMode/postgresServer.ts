import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { OwnedProcess, type ProcessOptions } from '../processes/ownedProcess';
import { findProgram } from '../processes/programs';
import { freePort } from '../processes/ports';

const startDeadlineMs = 60_000;

const stopGraceMs = 20_000;

const user = 'n8n';

const database = 'postgres';

/**
 * A PostgreSQL of our own: in a temporary folder, on a free port of this machine's loopback
 * address, with a password that nobody else knows.
 */
export class PostgresServer {
	private constructor(
		readonly port: number,
		readonly folder: string,
		private readonly password: string,
		private process: OwnedProcess,
	) {}

	static isInstalled(): boolean {
		return find('initdb') !== undefined;
	}

	/** @throws Error with a sentence for a person */
	static async start(): Promise<PostgresServer> {
		const initdb = program('initdb');
		const folder = mkdtempSync(join(tmpdir(), 'call-erasure-postgres-'));
		const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		let postgres: PostgresServer | undefined;
		try {
			const password = randomBytes(16).toString('hex');
			await initialise(initdb, folder, password);
			const port = await freePort();
			postgres = new PostgresServer(port, folder, password, launch(folder, port));
			await postgres.untilReady();
			return postgres;
		} catch (error) {
			await postgres?.stop();
			remove();
			throw error;
		}
	}

	/** What n8n has to know of it. */
	get settings(): Readonly<Record<string, string>> {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: this.password,
		};
	}

	get ended(): Promise<void> {
		return this.process.ended;
	}

	/** Stops it, which ends all connections at once, and starts it again on the same port. */
	async restart(): Promise<void> {
		await this.process.stop('SIGINT', stopGraceMs);
		this.process = launch(this.folder, this.port);
		await this.untilReady();
	}

	async stop(): Promise<void> {
		await this.process.stop('SIGINT', stopGraceMs);
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}

	/**
	 * Reads all that is stored, row by row: as one text it could be longer than a string may be.
	 *
	 * @returns which of these words stand in it
	 */
	async storedOf(words: readonly string[]): Promise<ReadonlySet<string>> {
		const args = ['--host', '127.0.0.1', '--port', String(this.port), '--username', user, database];
		const env = { ...process.env, PGPASSWORD: this.password };
		const dump = spawn(program('pg_dump'), args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
		const ended = once(dump, 'close');
		const found = new Set<string>();
		for await (const row of createInterface({ input: dump.stdout, crlfDelay: Infinity })) {
			for (const word of words) if (row.includes(word)) found.add(word);
		}
		const [code] = (await ended) as [number | null];
		if (code !== 0) throw new Error(`pg_dump ended with exit code ${code}`);
		return found;
	}

	private async untilReady(): Promise<void> {
		const args = ['--host', '127.0.0.1', '--port', String(this.port), '--quiet'];
		const isReady = async () =>
			await runProgram(program('pg_isready'), args, {}).then(
				() => true,
				() => false,
			);
		await this.process.untilReady('PostgreSQL', isReady, startDeadlineMs);
	}
}

async function initialise(initdb: string, folder: string, password: string): Promise<void> {
	const account = unprivileged();
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (account.uid !== undefined && account.gid !== undefined) {
		for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
	}
	const args = ['--pgdata', join(folder, 'data'), '--username', user, '--encoding', 'UTF8'];
	const access = ['--auth', 'scram-sha-256', '--pwfile', passwordFile, '--locale', 'C.UTF-8'];
	await runProgram(initdb, [...args, ...access], { ...account, cwd: folder });
	rmSync(passwordFile);
}

function launch(folder: string, port: number): OwnedProcess {
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
	return OwnedProcess.guarded(
		program('postgres'),
		['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
		{ ...unprivileged(), cwd: folder, env: { PATH: process.env.PATH } },
	);
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made for it. */
function unprivileged(): Pick<ProcessOptions, 'uid' | 'gid'> {
	if (process.getuid?.() !== 0) return {};
	const accounts = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of ['postgres', 'nobody']) {
		const account = accounts.find(([own]) => own === name);
		if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) };
	}
	throw new Error('PostgreSQL does not run as root, and there is no user "postgres" to run it as');
}

/** Debian keeps the server's programs out of PATH, in a folder for each version. */
function find(name: string): string | undefined {
	const versions = '/usr/lib/postgresql';
	return findProgram(
		name,
		folders(versions).map((version) => join(versions, version, 'bin')),
	);
}

function program(name: string): string {
	const found = find(name);
	if (found !== undefined) return found;
	throw new Error(
		'There is no PostgreSQL server on this machine. Install it (on Debian: apt-get install postgresql) or give the address of a database in DATABASE_URL',
	);
}

/** The newest first. */
function folders(folder: string): string[] {
	try {
		return readdirSync(folder).sort((one, other) => Number(other) - Number(one));
	} catch {
		return [];
	}
}

async function runProgram(
	file: string,
	args: readonly string[],
	options: Pick<ProcessOptions, 'uid' | 'gid'> & { cwd?: string },
): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		execFile(file, args, options, (error, stdout, stderr) => {
			if (error === null) resolve();
			else reject(new Error(`${file} did not succeed:\n${stderr || stdout}`));
		});
	});
}
