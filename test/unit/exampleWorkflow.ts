import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';

export type Json = Readonly<Record<string, unknown>>;

export interface ExampleWorkflow {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly type: string;
		readonly parameters: { readonly jsCode?: string } & Json;
		readonly alwaysOutputData?: boolean;
		readonly onError?: string;
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
 * The json of the items that a node gave; of each of its runs, where it ran more than once; and what a
 * node gave through its error output, which has one only with that On Error.
 */
export type Given =
	| readonly Json[]
	| { readonly runs: ReadonlyArray<readonly Json[]> }
	| { readonly found: readonly Json[]; readonly errors: readonly Json[] };

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
	const named = (wanted: string) => nodes.find((node) => node.name === wanted);
	const parametersOf = (wanted: string) => named(wanted)?.parameters;
	const code = parametersOf(name)?.jsCode;
	if (code === undefined) throw new Error(`The example has no Code node "${name}"`);
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
	const body = new Function(
		'$input',
		'$',
		'$execution',
		'$workflow',
		'$runIndex',
		'DateTime',
		code,
	) as (...given: unknown[]) => ReadonlyArray<{ json: Json }>;
	const canFail = (other: string) =>
		named(other)?.type.includes('call-erasure') === true ||
		named(other)?.onError === 'continueErrorOutput';
	const nodeOf = (other: string) => ({
		...itemsOf(others[other] ?? [], canFail(other)),
		params: parametersOf(other),
		isExecuted: other in others,
	});
	return body(itemsOf(input), nodeOf, { mode, id: '12' }, { id: 'w' }, 0, DateTime);
}

/** What n8n calls the input of a Code node, and the output of another node. */
function itemsOf(given: Given, canFail = false) {
	const runs = 'runs' in given ? given.runs : ['found' in given ? given.found : given];
	const items = runs.map((run) => run.map((json) => ({ json })));
	return {
		all: (output = 0, run = items.length - 1) => {
			if (output !== 1 || !canFail) return items[run] ?? [];
			if ('errors' in given) return given.errors.map((json) => ({ json }));
			throw new Error('The node has no branch with index 1.');
		},
		first: () => items.at(-1)?.[0],
		last: () => items.at(-1)?.at(-1),
		itemMatching: (index: number) => items.at(-1)?.[index],
	};
}
