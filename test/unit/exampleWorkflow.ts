import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

export interface ExampleWorkflow {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly parameters: { readonly jsCode?: string };
	}>;
	readonly connections: Readonly<
		Record<string, { readonly main: ReadonlyArray<ReadonlyArray<{ readonly node: string }>> }>
	>;
}

export function readExample(file: string): ExampleWorkflow {
	const path = join(__dirname, '..', '..', 'workflows', file);
	return JSON.parse(readFileSync(path, 'utf8')) as ExampleWorkflow;
}

/**
 * Runs a Code node of an example as n8n's task runner does.
 *
 * @param input the json of its items
 * @param others the json of the items that other nodes gave, by their names
 * @returns its items
 */
export function runCodeNode(
	{ nodes }: ExampleWorkflow,
	name: string,
	input: readonly Json[],
	others: Readonly<Record<string, readonly Json[]>> = {},
	mode: 'production' | 'test' = 'production',
): ReadonlyArray<{ json: Json }> {
	const code = nodes.find((node) => node.name === name)?.parameters.jsCode;
	if (code === undefined) throw new Error(`The example has no Code node "${name}"`);
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
	const body = new Function('$input', '$', '$execution', code) as (
		...given: unknown[]
	) => ReadonlyArray<{ json: Json }>;
	return body(itemsOf(input), (other: string) => itemsOf(others[other] ?? []), { mode });
}

/** What n8n calls the input of a Code node, and the output of another node. */
function itemsOf(jsons: readonly Json[]) {
	const items = jsons.map((json) => ({ json }));
	return {
		all: () => items,
		first: () => items[0],
		itemMatching: (index: number) => items[index],
	};
}
