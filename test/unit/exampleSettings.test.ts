import { describe, expect, test } from '@jest/globals';

import { readExample, runCodeNode, type ExampleWorkflow, type Json } from './exampleWorkflow';

const check = 'Check the settings';

/** What the Code node behind an example's settings makes of them. */
function checked(example: ExampleWorkflow, settings: Json): unknown {
	return runCodeNode(example, check, [settings]);
}

/** What the node of this name hands its items to. */
function after({ connections }: ExampleWorkflow, name: string): string[] {
	return connections[name]!.main.flat().map(({ node }) => node);
}

describe.each([
	['retention.json', { keepDays: 90, maximumTargets: 1000 }, {}],
	['follow-up.json', { openDays: 7 }, {}],
	[
		'take-erasure-requests.json',
		{ approvalDays: 7 },
		{ vendors: 'verba', phoneTypes: 'phone', otherTypes: '', allowedHosts: '' },
	],
	[
		'clean-up-after-tests.json',
		{ lastDays: 30 },
		{ wabaId: '1', flowNamePattern: '^test_', notePattern: '/^\\[test\\]/i' },
	],
])('The settings of %s', (file, numbers, texts: Json = {}) => {
	const example = readExample(file);

	test('pass as they are', () => {
		const settings = { ...texts, ...numbers, other: 'text' };
		expect(checked(example, settings)).toEqual([{ json: settings }]);
		const ones = { ...texts, ...Object.fromEntries(Object.keys(numbers).map((name) => [name, 1])) };
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
			expect(() => checked(example, { ...texts, ...numbers, [name]: value })).toThrow(said);
		}
		const { [name]: _, ...others } = numbers as Json;
		expect(() => checked(example, { ...texts, ...others, renamed: 90 })).toThrow(
			`${name} in Settings is missing`,
		);
	});
});

describe('The patterns of clean-up-after-tests.json', () => {
	const example = readExample('clean-up-after-tests.json');
	const settings = { wabaId: '1', flowNamePattern: '^test_', notePattern: '', lastDays: 30 };

	test.each(['flowNamePattern', 'notePattern'])('stop the workflow where %s is none', (name) => {
		for (const value of ['[test] *(', '*', '/a(/i', '/a/nonsense']) {
			expect(() => checked(example, { ...settings, [name]: value })).toThrow(
				`${name} in Settings is ${JSON.stringify(value)}: it has to be a regular expression (`,
			);
		}
		for (const value of [7, null, ['^test_'], undefined]) {
			expect(() => checked(example, { ...settings, [name]: value })).toThrow(
				'it has to be a regular expression, as text',
			);
		}
	});
});

describe('The lists of take-erasure-requests.json', () => {
	const example = readExample('take-erasure-requests.json');
	const settings = {
		vendors: 'flyflow, verba',
		phoneTypes: 'phone mobile',
		otherTypes: 'email;name',
		allowedHosts: 'shop.example.com, [::1]:8443',
		approvalDays: 7,
	};

	test('are names between commas, semicolons or blanks', () => {
		expect(checked(example, settings)).toEqual([{ json: settings }]);
	});

	test.each<[string, readonly unknown[]]>([
		['vendors', ['', 'flyfow', 'flyflow, acme', 7, null, undefined]],
		['phoneTypes', ['', ' , ', 7, null, undefined]],
		['otherTypes', ['mobile', 7, null, undefined]],
		['allowedHosts', ['https://shop.example.com', '*.example.com', 'a/b', 7, null, undefined]],
	])('stop the workflow where %s is none', (name, values) => {
		for (const value of values) {
			const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
			expect(() => checked(example, { ...settings, [name]: value })).toThrow(
				`${name} in Settings ${found}: it has to be `,
			);
		}
	});

	test('are not even read in a test run of a schedule, which takes up nothing', () => {
		expect(runCodeNode(example, check, [settings], {}, 'test')).toEqual([]);
		const called = { 'Erasure Request Trigger': [{}] };
		expect(runCodeNode(example, check, [settings], called, 'test')).toHaveLength(1);
	});
});
