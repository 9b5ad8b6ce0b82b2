import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { npm } from '../n8n/tarball';
import type { Outcome, Subject } from './subject';

interface BillOfMaterials {
	readonly bomFormat?: string;
	readonly metadata?: { readonly component?: { readonly purl?: string } };
	readonly components?: ReadonlyArray<{ readonly purl?: string; readonly name?: string }>;
}

/** Writes the bill of materials of what users install, which is the package and nothing else. */
export async function checkBillOfMaterials({ root }: Subject): Promise<Outcome> {
	const file = join(root, 'build', 'release', 'sbom.cdx.json');
	const options = ['--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
	const text = await npm(['sbom', ...options], root);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return {
		summary: 'build/release/sbom.cdx.json',
		findings: readBill(JSON.parse(text) as BillOfMaterials),
	};
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
