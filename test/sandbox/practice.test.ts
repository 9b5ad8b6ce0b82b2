import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await Sandbox.start();
	for (const { name } of sandbox.vendors) {
		await fetch(`${sandbox.address()}/sandbox/${name}/records?count=10&cases=true`, {
			method: 'PUT',
		});
	}
});
afterAll(async () => await sandbox.stop());

interface Setting {
	readonly name: string;
	readonly value: string;
}

/** What the example "Clean up after tests" looks for, as it is imported. */
function settings(): Readonly<Record<string, string>> {
	const file = join(__dirname, '..', '..', 'workflows', 'clean-up-after-tests.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as {
		nodes: Array<{ name: string; parameters: { assignments: { assignments: Setting[] } } }>;
	};
	const found = nodes.find(({ name }) => name === 'Settings')!;
	return Object.fromEntries(
		found.parameters.assignments.assignments.map(({ name, value }) => [name, value]),
	);
}

test('as many records as were asked for', () => {
	expect(sandbox.vendors.map((vendor) => vendor.records().length)).toEqual([10, 10, 10, 10, 10]);
});

test('flows of every status, conversations that are protected or go on, notations of one number', () => {
	const statuses = sandbox.kaleyra.records().map(({ status }) => status);
	expect([...new Set(statuses)].sort()).toEqual([
		'BLOCKED',
		'DEPRECATED',
		'DRAFT',
		'PUBLISHED',
		'THROTTLED',
	]);
	const states = sandbox.verba
		.records()
		.map(({ doNotDelete, legalHold, ongoing }) => [doNotDelete, legalHold, ongoing]);
	for (const place of [0, 1, 2]) {
		expect(states.filter((state) => state[place] === true)).toHaveLength(1);
	}
	const customers = sandbox.creovai
		.records()
		.filter(({ phoneNumber }) => phoneNumber.replace(/\D/g, '').endsWith('5125551002'));
	expect(new Set(customers.map(({ phoneNumber }) => phoneNumber)).size).toBe(5);
});

test('what "Clean up after tests" looks for is there, beside what it has to leave alone', () => {
	const { wabaId, flowNamePattern, notePattern } = settings();
	expect(wabaId).toBe(sandbox.kaleyra.wabaId);
	const flows = sandbox.kaleyra
		.records()
		.filter(({ name }) => new RegExp(flowNamePattern!).test(name));
	expect(flows.map(({ status }) => status)).toEqual(['DRAFT', 'DRAFT', 'PUBLISHED']);
	const aMonthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString();
	const notes = sandbox.happyRobot
		.records()
		.filter(({ created }) => created > aMonthAgo)
		.flatMap(({ notes: ofCall = [] }) => ofCall);
	expect(notes).toHaveLength(2);
	expect(notes.filter(({ content }) => new RegExp(notePattern!).test(content))).toHaveLength(1);
});
