import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

type Json = Readonly<Record<string, unknown>>;

interface Example {
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly type: string;
		readonly parameters: { readonly jsCode?: string };
	}>;
	readonly connections: Readonly<
		Record<string, { readonly main: ReadonlyArray<ReadonlyArray<{ readonly node: string }>> }>
	>;
}

function read(file: string): Example {
	const path = join(__dirname, '..', '..', 'workflows', file);
	return JSON.parse(readFileSync(path, 'utf8')) as Example;
}

const check = 'Check the settings';

/** Runs the Code node behind an example's settings, as n8n's task runner does. */
function checked({ nodes }: Example, settings: Json): unknown {
	const code = nodes.find(({ name }) => name === check)?.parameters.jsCode ?? '';
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
	const body = new Function('$input', code) as (input: unknown) => unknown;
	const items = [{ json: settings }];
	return body({ all: () => items, first: () => items[0] });
}

/** What the node of this name hands its items to. */
function after({ connections }: Example, name: string): string[] {
	return connections[name]!.main.flat().map(({ node }) => node);
}

describe.each([
	['retention.json', { keepDays: 90, maximumTargets: 1000 }],
	['clean-up-after-tests.json', { lastDays: 30 }],
])('The settings of %s', (file, numbers) => {
	const example = read(file);

	test('pass as they are', () => {
		const settings = { ...numbers, other: 'text' };
		expect(checked(example, settings)).toEqual([{ json: settings }]);
		const ones = Object.fromEntries(Object.keys(numbers).map((name) => [name, 1]));
		expect(checked(example, ones)).toEqual([{ json: ones }]);
	});

	test('are checked before any other node gets them', () => {
		expect(after(example, 'Settings')).toEqual([check]);
		expect(
			Object.keys(example.connections).filter((from) => after(example, from).includes(check)),
		).toEqual(['Settings']);
	});

	test.each(Object.keys(numbers))('stop the workflow where %s is no count', (name) => {
		for (const value of ['', null, 0, -1, 0.5, '90', Number.NaN, true, [90]]) {
			const said = `${name} in Settings is ${JSON.stringify(value)}: it has to be a whole number`;
			expect(() => checked(example, { ...numbers, [name]: value })).toThrow(said);
		}
		const { [name]: _, ...others } = numbers as Json;
		expect(() => checked(example, { ...others, renamed: 90 })).toThrow(
			`${name} in Settings is missing`,
		);
	});
});
