import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';

export type Json = Readonly<Record<string, unknown>>;

export interface ExampleWorkflow {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly parameters: { readonly jsCode?: string } & Json;
		readonly alwaysOutputData?: boolean;
	}>;
	readonly connections: Readonly<
		Record<string, { readonly main: ReadonlyArray<ReadonlyArray<{ readonly node: string }>> }>
	>;
}

export function readExample(file: string): ExampleWorkflow {
	const path = join(__dirname, '..', '..', 'workflows', file);
	return JSON.parse(readFileSync(path, 'utf8')) as ExampleWorkflow;
}

/** The json of the items that a node gave; of each of its runs, where it ran more than once. */
type Given = readonly Json[] | { readonly runs: ReadonlyArray<readonly Json[]> };

/**
 * Runs a Code node of an example as n8n's task runner does.
 *
 * @param input the json of its items
 * @param others what other nodes gave, by their names
 * @returns its items
 */
export function runCodeNode(
	{ nodes }: ExampleWorkflow,
	name: string,
	input: readonly Json[],
	others: Readonly<Record<string, Given>> = {},
	mode: 'production' | 'test' = 'production',
): ReadonlyArray<{ json: Json }> {
	const parametersOf = (wanted: string) => nodes.find((node) => node.name === wanted)?.parameters;
	const code = parametersOf(name)?.jsCode;
	if (code === undefined) throw new Error(`The example has no Code node "${name}"`);
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
	const body = new Function('$input', '$', '$execution', '$runIndex', 'DateTime', code) as (
		...given: unknown[]
	) => ReadonlyArray<{ json: Json }>;
	const nodeOf = (other: string) => ({
		...itemsOf(others[other] ?? []),
		params: parametersOf(other),
		isExecuted: other in others,
	});
	return body(itemsOf(input), nodeOf, { mode, id: '12' }, 0, DateTime);
}

/** What n8n calls the input of a Code node, and the output of another node. */
function itemsOf(given: Given) {
	const runs = 'runs' in given ? given.runs : [given];
	const items = runs.map((run) => run.map((json) => ({ json })));
	return {
		all: (_ = 0, run = items.length - 1) => items[run] ?? [],
		first: () => items.at(-1)?.[0],
		last: () => items.at(-1)?.at(-1),
		itemMatching: (index: number) => items.at(-1)?.[index],
	};
}
