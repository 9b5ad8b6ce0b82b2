import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installTarball } from '../n8n/tarball';
import type { Outcome, Subject } from './subject';

/** What n8n's loader made of the package. */
interface Loaded {
	readonly version: string;
	readonly nodes: readonly string[];
	readonly credentials: readonly string[];
}

/** Installs the tarball as n8n does and lets the loader of each n8n-core load it. */
export async function checkInstallation({ tarball, unpacked, cores }: Subject): Promise<Outcome> {
	const expected = namesIn(unpacked);
	const summaries: string[] = [];
	const findings: string[] = [];
	const folder = mkdtempSync(join(tmpdir(), 'call-erasure-install-'));
	try {
		await installTarball(tarball, folder);
		for (const core of cores) {
			const loaded = await load(core, join(folder, 'node_modules', expected.name));
			summaries.push(`n8n-core ${loaded.version}`);
			findings.push(...missing(expected, loaded));
		}
	} catch (error) {
		findings.push(`It cannot be installed and loaded: ${(error as Error).message}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	const { nodes, credentials } = expected;
	const count = `${counted(nodes, 'node')} and ${counted(credentials, 'credential')}`;
	return { summary: `${count}, on ${summaries.join(' and ')}`, findings };
}

function counted({ length }: readonly string[], word: string): string {
	return `${length} ${word}${length === 1 ? '' : 's'}`;
}

function namesIn(unpacked: string) {
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
		name: string;
		n8n: { nodes: string[]; credentials: string[] };
	};
	const nameOf = (file: string) => file.replace(/^.*\/([^/]+)\.(node|credentials)\.js$/, '$1');
	const { nodes, credentials } = manifest.n8n;
	return {
		name: manifest.name,
		nodes: nodes.map(nameOf),
		credentials: credentials.map(nameOf),
	};
}

/** Names in the loader start in lower case; those of files and classes do not. */
function missing(expected: Omit<Loaded, 'version'>, loaded: Loaded): string[] {
	const found = [...loaded.nodes, ...loaded.credentials].map((name) => name.toLowerCase());
	return [...expected.nodes, ...expected.credentials]
		.filter((name) => !found.includes(name.toLowerCase()))
		.map((name) => `n8n-core ${loaded.version} did not load ${name}`);
}

/** In a process of its own, so that each n8n-core finds its own n8n-workflow. */
async function load(core: string, packageFolder: string): Promise<Loaded> {
	const script = join(__dirname, 'load.mjs');
	// n8n hands its own modules to community packages the same way.
	const env = { ...process.env, NODE_PATH: join(core, 'node_modules'), N8N_LOG_LEVEL: 'silent' };
	return await new Promise((resolve, reject) => {
		execFile(process.execPath, [script, core, packageFolder], { env }, (error, stdout, stderr) => {
			if (error === null) resolve(JSON.parse(stdout) as Loaded);
			else reject(new Error(`beside ${core}: ${stderr.trim().split('\n').slice(-8).join('\n')}`));
		});
	});
}
