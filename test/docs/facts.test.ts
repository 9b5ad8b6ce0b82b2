/** What pages say of fields, limits, words and tests, held against the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { maximumIdentifierLength } from '../../erasure/identifier';
import { outcomes, reasonCodes } from '../../erasure/outcome';
import { pushBackDeadlineMs } from '../../erasure/pushBacks';
import { maximumAttempts } from '../../erasure/delivery';
import { holdMs } from '../../erasure/vendorRate';
import { idsPerRequest } from '../../nodes/Creovai/creovaiApi';
import { defaultMaximumTargets } from '../../nodes/shared/parameters/deletionFields';
import { mostConcurrency } from '../../nodes/shared/parameters/paceOptions';
import { defaultTimeoutMs } from '../../nodes/shared/sending/timeouts';
import { credentialType, nodeType } from '../engine/engine';
import { readPage, root, rowsOf } from './pages';

const vendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];

const read = (path: string) => readFileSync(join(root, path), 'utf8');

function propertiesOf({ description }: INodeType, name: string): INodeProperties[] {
	return description.properties.filter((property) => property.name === name);
}

/** How many requests a delete operation has under way at most, unless the user says otherwise. */
function concurrencyOf(node: INodeType): unknown[] {
	const options = propertiesOf(node, 'options').flatMap(({ options = [] }) => options);
	const fields = options.filter(({ name }) => name === 'maxConcurrency') as INodeProperties[];
	return [...new Set(fields.map((field) => field.default))];
}

describe.each(vendors)('%s', (vendor) => {
	const page = read(`docs/${vendor.toLowerCase()}.md`);

	test('its page names every field of its credential', async () => {
		const { description } = await nodeType(vendor);
		const credential: ICredentialType = await credentialType(
			description.credentials?.[0]?.name ?? '',
		);
		const shown = credential.properties.filter(({ type }) => type !== 'hidden');
		expect(shown.length).toBeGreaterThan(1);
		for (const { displayName } of shown) expect(page).toContain(displayName);
		expect(credential.documentationUrl).toMatch(new RegExp(`/docs/${vendor.toLowerCase()}\\.md$`));
	});

	test('its page and README name every operation', async () => {
		const node = await nodeType(vendor);
		const { displayName } = node.description;
		const row = rowsOf(readPage('README.md')).find(([name = '']) => name.includes(displayName));
		const operations = propertiesOf(node, 'operation').flatMap(
			({ options = [] }) => options as INodePropertyOptions[],
		);
		expect(operations.length).toBeGreaterThan(2);
		for (const { name } of operations) {
			expect(page).toContain(name);
			expect(row?.[1]).toContain(name);
		}
	});

	test('its pace stands in docs/operating.md', async () => {
		const node = await nodeType(vendor);
		const row = rowsOf(readPage('docs/operating.md')).find(
			([name]) => name?.toLowerCase() === vendor.toLowerCase(),
		);
		expect(concurrencyOf(node).map(String)).toEqual([row?.[1]]);
		expect(row?.[2]).toBe(String(vendor === 'creovai' ? idsPerRequest : 1));
	});
});

test('docs/operating.md gives the limits of the code', () => {
	const page = read('docs/operating.md');
	expect(defaultMaximumTargets).toBe(1000);
	expect(page).toContain('1,000; checked before the first request');
	expect(page).toContain(`option Maximum Concurrency, up to ${mostConcurrency}`);
	expect(page).toContain(`${defaultTimeoutMs / 1000} seconds, then it counts as lost`);
	expect(page).toContain(`${maximumAttempts} in a run, push-backs not counted`);
	expect(page).toContain(`${pushBackDeadlineMs / 60_000} minutes without any other answer`);
	expect(page).toContain(`${maximumIdentifierLength} characters`);
	expect(holdMs).toBe(20_000);
	expect(page).toContain('twenty seconds just below the rate');
});

describe('docs/receipts.md', () => {
	const firstCells = rowsOf(readPage('docs/receipts.md')).map(([cell = '']) =>
		cell.replaceAll('`', ''),
	);

	test('explains every outcome', () => {
		for (const outcome of outcomes) expect(firstCells).toContain(outcome);
	});

	test('explains every reason', () => {
		expect(reasonCodes.length).toBeGreaterThan(10);
		for (const code of reasonCodes) expect(firstCells).toContain(code);
	});
});

describe('docs/security.md', () => {
	const page = read('docs/security.md');
	const [, table = ''] = /## Threats\n([^]+?)\nWhat does not protect/.exec(page) ?? [];
	const rows = rowsOf({ path: '', text: table }).slice(1);
	const tests = rows.flatMap((row) =>
		[...(row[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
	);
	const code = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.startsWith('docs'))
		.map((file) => read(join('test', file)))
		.join('\n');

	test('names a test for every threat', () => {
		expect(rows.length).toBeGreaterThan(10);
		expect(rows.filter((row) => !/`[^`]+`/.test(row[2] ?? ''))).toEqual([]);
	});

	test.each(tests)('the test "%s" exists', (name) => {
		const quoted = [`'${name}'`, `"${name}"`];
		expect(quoted.some((text) => code.includes(text))).toBe(true);
	});
});
