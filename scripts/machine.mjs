/**
 * What the commands need of the machine: Node 24 for n8n, and folders with big installations that
 * are kept outside the checkout for the next time. Uses nothing but Node's own modules, because it
 * runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { constants as osConstants, homedir, setPriority } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const nodeVersion = '24.21.0';

/** n8n 2.38 and later need Node 24. */
const nodeMajor = 24;

/** A sentence for the person at the terminal; ends the command with exit code 1. */
export class Stop extends Error {}

/** Runs a command's main function and turns what goes wrong into a sentence and exit code 1. */
export async function runMain(main) {
	try {
		await main();
	} catch (error) {
		console.error(error instanceof Stop ? `\n${error.message}` : error);
		process.exitCode = 1;
	}
}

export function cacheFolder() {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-call-erasure');
}

/**
 * Runs a program to its end.
 *
 * @param options.quiet keeps the output back and shows it only if the program fails
 * @param options.givesWay leaves the processors to whatever else wants them
 * @returns the output, if it was kept back
 */
export async function run(
	command,
	args,
	{ cwd = root, env = process.env, quiet = false, givesWay = false } = {},
) {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, env, stdio: quiet ? 'pipe' : 'inherit' });
		if (givesWay && child.pid !== undefined) {
			setPriority(child.pid, osConstants.priority.PRIORITY_BELOW_NORMAL);
		}
		let output = '';
		child.stdout?.on('data', (data) => (output += data));
		child.stderr?.on('data', (data) => (output += data));
		child.on('error', (error) =>
			reject(new Stop(`${command} could not be started: ${error.message}`)),
		);
		child.on('close', (code) => {
			if (code === 0) resolve(output);
			else
				reject(
					Object.assign(
						new Stop(`${command} ${args.join(' ')} ended with exit code ${code}\n${output}`),
						{ output },
					),
				);
		});
	});
}

/** Says what a long step is doing, with a dot every few seconds while it lasts. */
export async function step(title, work) {
	const started = Date.now();
	process.stdout.write(`${title} `);
	const dots = setInterval(() => process.stdout.write('.'), 3000);
	try {
		return await work();
	} finally {
		clearInterval(dots);
		console.log(` ${((Date.now() - started) / 1000).toFixed(1)} s`);
	}
}

/** The environment in which `node` and `npm` run on Node 24 or newer; fetched through npm if need be. */
export async function environmentWithNode24() {
	const [major] = process.versions.node.split('.').map(Number);
	if (major >= nodeMajor) return { ...process.env };
	const folder = await installOnce(
		`node-${nodeVersion}`,
		{ 'package.json': JSON.stringify({ private: true, dependencies: { node: nodeVersion } }) },
		// The `node` package brings the binary by its install script.
		async (target) => await npm(['install', '--no-package-lock', '--ignore-scripts=false'], target),
		'Fetching Node 24',
	);
	const bin = join(folder, 'node_modules', '.bin');
	return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
}

/** The n8n server that the demo and the server tests run. @returns its folder */
export async function installN8n(env) {
	return await installOnce(
		'n8n-server',
		readManifest(join(root, 'scripts', 'n8n')),
		async (target) => {
			await npm(['install', '--ignore-scripts'], target, env);
			await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], target, env).catch((error) => {
				throw new Stop(
					`n8n's database driver could not be compiled. Install a C++ compiler, make and python3 (on Debian: apt-get install g++ make python3) and try again.\n${tail(error.message)}`,
				);
			});
		},
		'Installing n8n (about 3 minutes, once)',
	);
}

/** The engine of n8n 1.x for the engine tests. @returns its folder */
export async function installCore1(env) {
	return await installOnce(
		'n8n-core-1',
		readManifest(join(root, 'test', 'engine', 'core-1')),
		async (target) => await npm(['install', '--ignore-scripts'], target, env),
		'Installing the engine of n8n 1.x (once)',
	);
}

/**
 * The project's own dependencies, in the lock file's versions. `npm ci` will not do: it turns down a
 * lock file that leaves out packages for other platforms, which is what npm writes where a registry
 * does not carry them all.
 */
export async function installProject(env) {
	const lock = hash([readFileSync(join(root, 'package-lock.json'), 'utf8')]);
	const mark = join(root, 'node_modules', '.installed');
	if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
	await step(
		"Installing the project's dependencies",
		async () => await npm(['install', '--ignore-scripts', '--no-save'], root, env),
	);
	writeFileSync(mark, lock);
}

async function npm(args, cwd, env = process.env) {
	try {
		return await run('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, quiet: true });
	} catch (error) {
		if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|network/i.test(error.message)) {
			throw new Stop(
				`The npm registry cannot be reached. Check the network and npm's registry setting, and try again.\n${tail(error.message)}`,
			);
		}
		throw error;
	}
}

function tail(text) {
	return text.split('\n').slice(-12).join('\n');
}

function readManifest(folder) {
	return Object.fromEntries(
		['package.json', 'package-lock.json'].map((name) => [
			name,
			readFileSync(join(folder, name), 'utf8'),
		]),
	);
}

function hash(texts) {
	return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12);
}

/**
 * Makes a folder in the cache, named by what goes into it. It is made beside its place and moved
 * there when it is whole, so that an interrupted installation is never taken for a finished one.
 */
async function installOnce(name, files, install, title) {
	const folder = join(cacheFolder(), `${name}-${hash(Object.values(files))}`);
	if (existsSync(folder)) return folder;
	const unfinished = `${folder}.${process.pid}`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true });
	for (const [file, text] of Object.entries(files)) writeFileSync(join(unfinished, file), text);
	try {
		await uninterrupted(async () => await step(title, async () => await install(unfinished)));
	} catch (error) {
		rmSync(unfinished, { recursive: true, force: true });
		throw error;
	}
	try {
		renameSync(unfinished, folder);
	} catch {
		// Another command was faster.
		if (!existsSync(folder)) cpSync(unfinished, folder, { recursive: true });
		rmSync(unfinished, { recursive: true, force: true });
	}
	return folder;
}

/** Lets Ctrl-C end the program that the work waits for, and not us, who have to tidy up after it. */
async function uninterrupted(work) {
	let interrupted = false;
	const note = () => (interrupted = true);
	process.on('SIGINT', note);
	try {
		return await work();
	} catch (error) {
		throw interrupted ? new Stop('Stopped. Nothing unfinished is kept.') : error;
	} finally {
		process.off('SIGINT', note);
	}
}
