import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm pack --json` says about a tarball. */
export interface Tarball {
	/** The absolute path of the file. */
	readonly path: string;
	/** Bytes, packed. */
	readonly size: number;
	readonly files: ReadonlyArray<{ readonly path: string }>;
}

/**
 * Packs the built project as it would be published.
 *
 * @param folder where the tarball goes
 * @param root the project to pack
 */
export async function pack(folder: string, root = join(__dirname, '..', '..')): Promise<Tarball> {
	const output = await npm(['pack', '--json', '--pack-destination', folder], root);
	const [tarball] = JSON.parse(output) as Array<Omit<Tarball, 'path'> & { filename: string }>;
	if (tarball === undefined) throw new Error('npm pack made no tarball');
	return { ...tarball, path: join(folder, tarball.filename) };
}

/** Installs a tarball where n8n looks for community packages. */
export async function installIntoN8n(tarball: string, userFolder: string): Promise<void> {
	await installTarball(tarball, join(userFolder, '.n8n', 'nodes'));
}

/** Installs a tarball into a folder of its own, with the options that n8n gives npm. */
export async function installTarball(tarball: string, folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	// No peers: n8n hands its own n8n-workflow to the nodes.
	const options = ['--omit=peer', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await npm(['install', '--prefix', folder, tarball, '--ignore-scripts', ...options], folder);
}

/** Takes a package out of a folder that `installTarball` put it into. */
export async function uninstallPackage(name: string, folder: string): Promise<void> {
	const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await npm(['uninstall', '--prefix', folder, name, ...options], folder);
}

/** @returns what npm writes to standard output */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
	return await new Promise((resolve, reject) => {
		execFile('npm', args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
			if (error === null) resolve(stdout);
			else reject(new Error(`npm ${args[0]} did not succeed:\n${stderr || stdout}`));
		});
	});
}
