import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { expect, test } from '@jest/globals';

import { nodeType } from '../engine';
import { entries } from './entries';

const manifest = JSON.parse(
	readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8'),
) as { n8n: { nodes: string[] } };

/** `["flyflow","call","delete"]`, for every operation that has the field Deletion Mode. */
async function deletions(): Promise<string[]> {
	const found: string[] = [];
	for (const file of manifest.n8n.nodes) {
		const className = basename(file, '.node.js');
		const type = className.charAt(0).toLowerCase() + className.slice(1);
		const { description } = await nodeType(type);
		for (const { name, displayOptions } of description.properties) {
			if (name !== 'deletionMode') continue;
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			found.push(JSON.stringify([type, ...resource, ...operation]));
		}
	}
	return found;
}

test('every operation that deletes is held to the contract', async () => {
	const held = entries.map(({ type, parameters: { resource, operation } }) =>
		JSON.stringify([type, resource, operation]),
	);
	expect(await deletions()).toEqual(expect.arrayContaining([expect.any(String)]));
	expect((await deletions()).filter((deletion) => !held.includes(deletion))).toEqual([]);
});
