/** What the entries of recipes have in common: they are held to what users import. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import type { ContractEntry } from './entry';

const folder = join(__dirname, '..', '..', '..', 'workflows', 'recipes');

/**
 * The parameters of a node of a recipe, as it is imported.
 *
 * @param file without `.json`
 */
export function importedParameters(file: string, operation: 'delete' | 'recheck'): IDataObject {
	const text = readFileSync(join(folder, `${file}.json`), 'utf8');
	const { nodes } = JSON.parse(text) as { nodes: INode[] };
	const node = nodes.find(({ parameters }) => parameters.operation === operation);
	if (node === undefined) throw new Error(`${file}.json has no node for ${operation}`);
	return node.parameters;
}

type Shared = Pick<
	ContractEntry,
	'type' | 'standIn' | 'vendor' | 'parameters' | 'item' | 'target' | 'perRequest' | 'renewable'
>;

/**
 * What is imported, but for three things: the IDs come from the entry's items, the mode from the
 * contract, and no limit of its own slows the run.
 *
 * @param file without `.json`: the name of the stand-in too
 */
export function importedRecipe(file: string): Shared {
	const { deletionMode, ...parameters } = importedParameters(file, 'delete');
	if (deletionMode !== 'auto') throw new Error(`${file}.json does not preview in test runs`);
	const { requestsPerSecond: _, ...options } = parameters.options as IDataObject;
	return {
		type: 'eraseByHttp',
		standIn: file,
		vendor: parameters.vendorName as string,
		parameters: { ...parameters, options, recordId: '={{ $json.ids }}' },
		item: (names) => ({ ids: [...names] }),
		target: (name) => ({ recordId: name }),
		perRequest: 1,
		renewable: false,
	};
}

/** Parts of an address that say which record it is about, decoded once. */
export const namedBetween = (before: string, after: string) => (url: string) => {
	const start = url.indexOf(before) + before.length;
	const end = after === '' ? url.length : url.indexOf(after, start);
	return decodeURIComponent(url.slice(start, end));
};
