import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Outcome, Subject } from './subject';

/** Whether version, changelog and tag tell the same. */
export async function checkVersion({ root, unpacked, tag }: Subject): Promise<Outcome> {
	const manifest = readFileSync(join(unpacked, 'package.json'), 'utf8');
	const { version } = JSON.parse(manifest) as { version: string };
	const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
	const findings = compareVersions(version, changelog, tag);
	return await Promise.resolve({ summary: tag ?? `${version}, no tag given`, findings });
}

/** @param tag as git has it: `v1.2.3`; undefined before there is one */
export function compareVersions(version: string, changelog: string, tag?: string): string[] {
	const headings = [...changelog.matchAll(/^## (\S+)(.*)$/gm)];
	const [, , when = ''] = headings.find(([, heading]) => heading === version) ?? [];
	const isListed = headings.some(([, heading]) => heading === version);
	if (!isListed) return [`CHANGELOG.md has no heading "## ${version}". Add what is new in it`];
	if (tag === undefined) return [];
	return [
		...(tag === `v${version}`
			? []
			: [`The tag is ${tag} and package.json says ${version}. Make them the same`]),
		...(/^ - \d{4}-\d\d-\d\d$/.test(when)
			? []
			: [`CHANGELOG.md has no date for ${version}. Write "## ${version} - 2026-01-31"`]),
	];
}
