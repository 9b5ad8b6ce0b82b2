import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { median } from 'simple-statistics';

import { pack } from '../scripts/n8n/tarball';

const root = join(__dirname, '..');

const runs = 7;

/** Loads the built package as n8n does at its start, in a process that has done nothing else. */
const program = `
	const { PackageDirectoryLoader } = require('n8n-core');
	(async () => {
		const loader = new PackageDirectoryLoader(process.argv[1]);
		const started = performance.now();
		await loader.loadAll();
		console.log(performance.now() - started);
		process.exit();
	})();`;

/** @returns milliseconds that loading the package takes n8n: the median of several runs */
export function measureLoading(): number {
	const times = Array.from({ length: runs }, () => {
		const output = execFileSync(process.execPath, ['--eval', program, root], {
			cwd: root,
			encoding: 'utf8',
			env: { ...process.env, N8N_LOG_LEVEL: 'silent' },
		});
		return Number(output.trim().split('\n').at(-1));
	});
	return median(times);
}

/** @returns the size of the packed tarball in bytes */
export async function measureTarball(): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'call-erasure-bench-'));
	try {
		return (await pack(folder)).size;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
