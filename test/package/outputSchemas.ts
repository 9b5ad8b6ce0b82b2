import { basename, dirname, join, posix } from 'node:path';

import { jest } from '@jest/globals';
import type { INodeType } from 'n8n-workflow';

import type { Resources } from '../../nodes/shared/operations/operations';

const root = join(__dirname, '..', '..');

/**
 * The schema files that n8n's editor looks for beside the compiled nodes: one for each operation
 * whose items have one form.
 *
 * @param nodes as package.json lists them
 */
export function schemasLookedFor(nodes: readonly string[]): string[] {
	return nodes.flatMap((node) => {
		const module = jest.requireActual<Record<string, unknown>>(join(root, node));
		const NodeClass = module[basename(node, '.node.js')] as new () => INodeType;
		const { version } = new NodeClass().description;
		const folder = posix.join(dirname(node), '__schema__', `v${String(version)}.0.0`);
		return Object.entries(module.resources as Resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations)
				.filter(([, { example }]) => example !== undefined)
				.map(([operation]) => posix.join(folder, resource, `${operation}.json`)),
		);
	});
}
