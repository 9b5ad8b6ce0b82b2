import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Package } from '../build/packages';
import type { Outcome, Subject } from './subject';
import { tagOf } from './tag';

/** Whether version, changelog and tag tell the same. */
export async function checkVersion({ package: subject, tag }: Subject): Promise<Outcome> {
	const changelog = readFileSync(join(subject.folder, 'CHANGELOG.md'), 'utf8');
	const findings = compareVersions(subject, changelog, tag);
	return await Promise.resolve({ summary: tag ?? `${subject.version}, no tag given`, findings });
}

/** @param tag as git has it: `v1.2.3` or `n8n-nodes-verba-erasure-v1.2.3`; undefined before there is one */
export function compareVersions(
	subject: Pick<Package, 'name' | 'version' | 'isWhole'>,
	changelog: string,
	tag?: string,
): string[] {
	const { version } = subject;
	const headings = [...changelog.matchAll(/^## (\S+)(.*)$/gm)];
	const [, , when = ''] = headings.find(([, heading]) => heading === version) ?? [];
	const isListed = headings.some(([, heading]) => heading === version);
	if (!isListed) return [`CHANGELOG.md has no heading "## ${version}". Add what is new in it`];
	if (tag === undefined) return [];
	return [
		...(tag === tagOf(subject)
			? []
			: [`The tag is ${tag} and package.json says ${version}. Make them the same`]),
		...(/^ - \d{4}-\d\d-\d\d$/.test(when)
			? []
			: [`CHANGELOG.md has no date for ${version}. Write "## ${version} - 2026-01-31"`]),
	];
}
