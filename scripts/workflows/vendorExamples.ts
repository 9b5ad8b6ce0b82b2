import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Sources, VendorWords } from './vendorWords';

/** The examples that each package for one vendor carries, by their file in `workflows/`. */
export const carriedExamples = ['delete-at-one-vendor.json', 'agent-tool.json'] as const;

export type CarriedExample = (typeof carriedExamples)[number];

interface ExampleNode {
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly [field: string]: unknown;
}

interface Example {
	readonly nodes: readonly ExampleNode[];
	readonly [field: string]: unknown;
}

/** Of the node that deletes at the vendor: what names the records is the vendor's own. */
const sharedParameters = new Set(['descriptionType', 'toolDescription', 'deletionMode', 'options']);

/** Where the IDs come from in each example. */
const sources: Readonly<Record<CarriedExample, Sources>> = {
	'delete-at-one-vendor.json': (field) => `={{ $json.body.${field} }}`,
	'agent-tool.json': (field, meaning) => `={{ $fromAI('${field}', '${meaning}', 'string') }}`,
};

/** What the examples at the top say of Flyflow and of its node among others. */
function phrases(words: VendorWords): ReadonlyArray<readonly [string, string]> {
	const { node, vendor, record, records, does, body, asked } = words;
	const resource = String(words.parameters(() => '').resource);
	return [
		['Delete calls at one vendor by webhook', `Delete ${records} at ${vendor} by webhook`],
		[
			'sends the IDs of calls; Flyflow deletes them;',
			`sends the IDs of ${records}; ${vendor} ${does};`,
		],
		['{"callIds": ["call_1", "call_2"]}', body],
		['/webhook/delete-calls', `/webhook/${pathOf(words)}`],
		['delete-calls', pathOf(words)],
		["**Change:** put another vendor's node in the place of Flyflow's. *", '**Change:** *'],
		['became of each call is', `became of each ${record} is`],
		['who keep calls at Flyflow', `who keep ${records} at ${vendor}`],
		['for the call IDs that', 'for the IDs that'],
		['say of each call what', `say of each ${record} what`],
		['Never say that a call is', `Never say that a ${record} is`],
		[
			'deleting Flyflow calls would do, with a receipt for each call',
			`deleting ${records} at ${vendor} would do, with a receipt for each ${record}`,
		],
		[
			'Deletes Flyflow calls for good, with a receipt for each call',
			`Deletes ${records} at ${vendor} for good, with a receipt for each ${record}`,
		],
		['*Delete call_1 and call_2.*', `*Delete ${asked}.*`],
		["another model, or another vendor's node: each of them can be a tool. ", 'another model. '],
		["vendor: 'flyflow', resource: 'call'", `vendor: '${node}', resource: '${resource}'`],
		['Flyflow', vendor],
	];
}

/** Of its own for each vendor, because one n8n may have the examples of several. */
function pathOf({ vendor }: VendorWords): string {
	return `delete-at-${vendor.toLowerCase()}`;
}

/**
 * One of the examples in `workflows/`, all of them written for Flyflow, as the package of a vendor
 * carries it: the same nodes and connections with the vendor's name, fields and type.
 *
 * @param root the project's folder
 */
export function makeExample(root: string, file: CarriedExample, words: VendorWords): Example {
	const text = readFileSync(join(root, 'workflows', file), 'utf8');
	const replacements = phrases(words);
	const example = JSON.parse(text, (_, value: unknown) =>
		typeof value === 'string' ? reword(value, replacements) : renameFields(value, replacements),
	) as Example;
	return {
		...example,
		nodes: example.nodes.map((node) => withOwnIds(words, forVendor(node, words, sources[file]))),
	};
}

function reword(text: string, replacements: ReadonlyArray<readonly [string, string]>): string {
	return replacements.reduce((before, [of, to]) => before.replaceAll(of, to), text);
}

/** Connections are named by their nodes. */
function renameFields(
	value: unknown,
	replacements: ReadonlyArray<readonly [string, string]>,
): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [reword(name, replacements), inner as unknown]),
	);
}

function forVendor(node: ExampleNode, words: VendorWords, from: Sources): ExampleNode {
	const [, suffix] = /^n8n-nodes-call-erasure\.flyflow(Tool|)$/.exec(node.type) ?? [];
	if (suffix === undefined) return node;
	const shared = Object.entries(node.parameters).filter(([name]) => sharedParameters.has(name));
	const described = shared.filter(([name]) => name.includes('escription'));
	const others = shared.filter((entry) => !described.includes(entry));
	return {
		...node,
		type: `${words.packageName}.${words.node}${suffix}`,
		parameters: {
			...Object.fromEntries(described),
			...words.parameters(from),
			...Object.fromEntries(others),
		},
	};
}

/** The address of a chat is its `webhookId`: the same in two workflows, one of them is not reached. */
function withOwnIds({ packageName }: VendorWords, node: ExampleNode): ExampleNode {
	const own = (id: unknown) => {
		const hex = createHash('sha256')
			.update(`${packageName} ${String(id)}`)
			.digest('hex');
		return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5');
	};
	const { id, webhookId } = node;
	return {
		...node,
		id: own(id),
		...(webhookId === undefined ? {} : { webhookId: own(webhookId) }),
	};
}
