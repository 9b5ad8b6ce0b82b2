import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { npm } from '../n8n/tarball';
import type { Outcome, Subject } from './subject';

interface BillOfMaterials {
	readonly bomFormat?: string;
	readonly metadata?: { readonly component?: { readonly purl?: string } };
	readonly components?: ReadonlyArray<{ readonly purl?: string; readonly name?: string }>;
}

/** Writes the bill of materials of what users install, which is the package and nothing else. */
export async function checkBillOfMaterials(subject: Subject): Promise<Outcome> {
	const { name, version } = subject.package;
	const text = await writeBill(name, subject.unpacked);
	const file = `${name}-${version}.cdx.json`;
	mkdirSync(subject.releaseFolder, { recursive: true });
	writeFileSync(join(subject.releaseFolder, file), text);
	return {
		summary: `build/release/${file}`,
		findings: readBill(JSON.parse(text) as BillOfMaterials),
	};
}

/**
 * npm lists what it would install by the manifest that is in the tarball. n8n-workflow, its peer, is
 * left out: n8n has it and keeps npm from installing it.
 */
async function writeBill(name: string, unpacked: string): Promise<string> {
	const temporary = mkdtempSync(join(tmpdir(), 'call-erasure-bill-'));
	// npm puts the folder's name into the bill.
	const folder = join(temporary, name);
	try {
		mkdirSync(folder);
		const manifest = readFileSync(join(unpacked, 'package.json'), 'utf8');
		const fields = Object.entries(JSON.parse(manifest) as object).filter(
			([field]) => field !== 'devDependencies' && field !== 'peerDependencies',
		);
		writeFileSync(join(folder, 'package.json'), JSON.stringify(Object.fromEntries(fields)));
		const quietly = ['--ignore-scripts', '--no-audit', '--no-fund'];
		await npm(['install', '--package-lock-only', ...quietly], folder);
		const options = ['--sbom-format', 'cyclonedx', '--package-lock-only'];
		return await npm(['sbom', ...options], folder);
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
}

export function readBill({ bomFormat, metadata, components = [] }: BillOfMaterials): string[] {
	const purl = metadata?.component?.purl;
	if (bomFormat !== 'CycloneDX' || purl === undefined) {
		return [
			'npm made no CycloneDX bill of materials. Use the npm that comes with Node 20 or newer',
		];
	}
	return components.map(
		({ purl, name }) =>
			`The bill of materials lists ${purl ?? name}. Users are to install nothing else`,
	);
}
