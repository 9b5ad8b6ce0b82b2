/**
 * Holds the built project against what a release has to be and says what has to change:
 * `check.ts [--root <folder>] [--only contents,…] [--tag v1.2.3] [--core <folder with an n8n-core>]…`
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { pack } from '../n8n/tarball';
import { checkVersion } from './changelog';
import { checkContents } from './contents';
import { checkInstallation } from './install';
import { checkBillOfMaterials } from './sbom';
import type { Check, Subject } from './subject';

const checks: Readonly<Record<string, Check>> = {
	contents: checkContents,
	version: checkVersion,
	scanner: async (subject) => {
		// n8n's old plugin takes every file for the one of its own tests where this says so.
		delete process.env.NODE_ENV;
		const { checkByScannersRules } = await import('./scan.mjs');
		return await checkByScannersRules(subject);
	},
	sbom: checkBillOfMaterials,
	install: checkInstallation,
};

async function main(): Promise<void> {
	const { root, only, tag, core } = readArguments();
	// What an earlier check left there must not be published by this one's word.
	rmSync(join(root, 'build', 'release'), { recursive: true, force: true });
	const folder = mkdtempSync(join(tmpdir(), 'call-erasure-release-'));
	try {
		const { path, size } = await pack(folder, root);
		const unpacked = join(folder, 'package');
		mkdirSync(unpacked);
		execFileSync('tar', ['-xzf', path, '-C', folder]);
		const findings = await run({ root, tarball: path, size, unpacked, cores: core, tag }, only);
		const isWhole = only.length === Object.keys(checks).length;
		if (findings === 0 && isWhole) keep(path, root);
		console.log(conclude(findings, isWhole));
		process.exitCode = findings === 0 ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The tarball that was checked is the one that is published: packed again, it might be another. */
function keep(tarball: string, root: string): void {
	const kept = join('build', 'release', basename(tarball));
	copyFileSync(tarball, join(root, kept));
	console.log(`    tarball   ${kept}`);
}

function readArguments() {
	const { values } = parseArgs({
		options: {
			root: { type: 'string', default: join(__dirname, '..', '..') },
			only: { type: 'string', default: Object.keys(checks).join(',') },
			tag: { type: 'string' },
			core: { type: 'string', multiple: true, default: [] },
		},
	});
	const only = values.only.split(',');
	const unknown = only.find((name) => !(name in checks));
	if (unknown !== undefined) {
		throw new Error(`There is no check "${unknown}". There are ${Object.keys(checks).join(', ')}`);
	}
	return { ...values, tag: values.tag, only };
}

/** @returns how many findings there are */
async function run(subject: Subject, only: readonly string[]): Promise<number> {
	let count = 0;
	for (const [name, check] of Object.entries(checks)) {
		if (!only.includes(name)) continue;
		const { summary, findings } = await check(subject);
		count += findings.length;
		console.log(`${findings.length === 0 ? 'ok' : 'NO'}  ${name.padEnd(9)} ${summary}`);
		for (const finding of findings) console.log(`      - ${finding}`);
	}
	return count;
}

function conclude(findings: number, isWhole: boolean): string {
	if (findings > 0) {
		return `${findings} finding${findings > 1 ? 's' : ''}: this is not ready to be released.`;
	}
	return isWhole ? 'Nothing stands in the way of a release.' : 'No findings.';
}

main().catch((error: unknown) => {
	console.error((error as Error).message);
	process.exitCode = 1;
});
