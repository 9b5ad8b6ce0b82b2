import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from '@jest/globals';
import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { exampleWorkflow, ownN8n, startTimeout, type Stage } from '../n8n';
import { findUnknown } from './knownToN8n';

const folder = join(__dirname, '..', '..', '..', 'workflows');

const names = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, ''));

const recipes = readdirSync(join(folder, 'recipes')).map(
	(file) => `recipes/${file.replace(/\.json$/, '')}`,
);

function nodesOf(name: string): INode[] {
	return exampleWorkflow(name).nodes as unknown as INode[];
}

/** That n8n takes the examples, by its command line as well, and knows all that stands in them. */
export function testImport(stage: () => Stage): void {
	let loaded: INodeTypeDescription[];

	test.each([...names, ...recipes])('uses only what n8n knows: %s', async (name) => {
		loaded ??= await stage().n8n.api.nodeTypes();
		expect(nodesOf(name).flatMap((node) => findUnknown(node, loaded))).toEqual([]);
	});

	test('would be noticed if it did not', async () => {
		loaded ??= await stage().n8n.api.nodeTypes();
		const node = nodesOf('delete-at-one-vendor').find(({ type }) => type.endsWith('.flyflow'))!;
		const changed = (parameters: object, others: object = {}) =>
			findUnknown(
				{ ...node, ...others, parameters: { ...node.parameters, ...parameters } },
				loaded,
			);
		expect(changed({})).toEqual([]);
		expect(changed({}, { type: 'n8n-nodes-call-erasure.fly' })).toHaveLength(1);
		expect(changed({}, { typeVersion: 2 })).toHaveLength(1);
		expect(changed({ operation: 'erase' })).toContain('Delete at Flyflow: no choice operation');
		expect(changed({ identifier: '1' })).toEqual(['Delete at Flyflow: no parameter identifier']);
		expect(changed({ options: { most: 1 } })).toEqual([
			'Delete at Flyflow: no parameter options.most',
		]);
		expect(changed({ deletionMode: 'now' })).toEqual(['Delete at Flyflow: no choice deletionMode']);
		expect(changed({ callId: { __rl: true, mode: 'id', value: '' } })).toEqual([
			'Delete at Flyflow: Parameter "Call ID" is required.',
		]);
	});

	test(
		'is imported by the command line of n8n, unpublished',
		async () => {
			const n8n = ownN8n(stage());
			const program = join(
				process.env.N8N_SERVER_FOLDER ?? '',
				'node_modules',
				'n8n',
				'bin',
				'n8n',
			);
			const { PATH, HOME } = process.env;
			await promisify(execFile)(
				process.execPath,
				[program, 'import:workflow', '--separate', `--input=${folder}`],
				{ env: { PATH, HOME, N8N_USER_FOLDER: n8n.userFolder, N8N_DIAGNOSTICS_ENABLED: 'false' } },
			);
			const stored = await n8n.api.workflows();
			const titles = names.map((name) => exampleWorkflow(name).name);
			expect(stored.map(({ name }) => name).sort()).toEqual(titles.sort());
			expect(stored.filter(({ active }) => active)).toEqual([]);
			for (const { id } of stored) await n8n.api.deleteWorkflow(id);
		},
		startTimeout,
	);
}
