/**
 * Holds the built project against what a release has to be and says what has to change:
 * `check.ts [--root <folder>] [--only contents,…] [--tag v1.2.3 | --package <name>] [--core <folder with an n8n-core>]…`.
 * All packages, unless a tag or a name says which.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { readPackages, type Package } from '../build/packages';
import { pack } from '../n8n/tarball';
import { checkVersion } from './changelog';
import { checkContents } from './contents';
import { checkInstallation } from './install';
import { checkBillOfMaterials } from './sbom';
import type { Check, Subject } from './subject';
import { packageOfTag } from './tag';

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
	const settings = readArguments();
	const releaseFolder = join(settings.root, 'build', 'release');
	// What an earlier check left there must not be published by this one's word, nor a part of what
	// belongs together.
	rmSync(releaseFolder, { recursive: true, force: true });
	let findings = 0;
	for (const each of settings.packages)
		findings += await checkPackage(each, releaseFolder, settings);
	if (findings > 0) rmSync(releaseFolder, { recursive: true, force: true });
	console.log(conclude(findings, settings.isWhole));
	process.exitCode = findings === 0 ? 0 : 1;
}

/** @returns how many findings there are; if there are none, the tarball is kept */
async function checkPackage(
	subject: Package,
	releaseFolder: string,
	{ core, tag, only, isWhole }: Settings,
): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'call-erasure-release-'));
	try {
		console.log(`${subject.name} ${subject.version}`);
		const { path, size } = await pack(folder, subject.folder);
		const unpacked = join(folder, 'package');
		mkdirSync(unpacked);
		execFileSync('tar', ['-xzf', path, '-C', folder]);
		const packed = { tarball: path, size, unpacked };
		const findings = await run(
			{ package: subject, ...packed, releaseFolder, cores: core, tag },
			only,
		);
		if (findings === 0 && isWhole) keep(path, releaseFolder);
		return findings;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The tarball that was checked is the one that is published: packed again, it might be another. */
function keep(tarball: string, releaseFolder: string): void {
	copyFileSync(tarball, join(releaseFolder, basename(tarball)));
	console.log(`    tarball   build/release/${basename(tarball)}`);
}

type Settings = ReturnType<typeof readArguments>;

function readArguments() {
	const { values } = parseArgs({
		options: {
			root: { type: 'string', default: join(__dirname, '..', '..') },
			only: { type: 'string', default: Object.keys(checks).join(',') },
			package: { type: 'string' },
			tag: { type: 'string' },
			core: { type: 'string', multiple: true, default: [] },
		},
	});
	const only = values.only.split(',');
	const unknown = only.find((name) => !(name in checks));
	if (unknown !== undefined) {
		throw new Error(`There is no check "${unknown}". There are ${Object.keys(checks).join(', ')}`);
	}
	const { root, core, tag } = values;
	const packages = choose(readPackages(root), values.package, tag);
	const isWhole = only.length === Object.keys(checks).length;
	return { root, core, tag, only, packages, isWhole };
}

/** A tag is for one package; what is published by it is that one alone. */
function choose(
	all: readonly Package[],
	name: string | undefined,
	tag: string | undefined,
): readonly Package[] {
	if (tag !== undefined) return [packageOfTag(tag, all)];
	if (name === undefined) return all;
	const named = all.filter((each) => each.name === name);
	if (named.length > 0) return named;
	throw new Error(
		`There is no package "${name}". There are ${all.map((each) => each.name).join(', ')}`,
	);
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
