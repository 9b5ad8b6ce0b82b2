import { describe, expect, test } from '@jest/globals';

import { readExample, runCodeNode, type Given, type Json } from './exampleWorkflow';

const example = readExample('take-erasure-requests.json');

/** What a Code node of the example makes of its input. */
function run(
	name: string,
	input: readonly Json[],
	others?: Readonly<Record<string, Given>>,
	mode?: 'test',
): Json[] {
	return runCodeNode(example, name, input, others, mode).map(({ json }) => json);
}

describe('What is known of a request', () => {
	const request = {
		...{ requestKey: 'k', requestId: 'r', received: '', records: {}, identities: [] },
		...{ test: false, bodyHash: 'h' },
	};
	const known = (rows: readonly Json[], more: Json = {}, mode?: 'test') =>
		run('What is known', rows, { 'Erasure Request Trigger': [{ ...request, ...more }] }, mode)[0]!;
	const gate = (id: number, execution: string) => ({ id, state: 'gate', execution });

	test('is the first row that was stored of it, whoever has the gate', () => {
		const rows = [gate(1, '99'), { id: 3, requestKey: 'k' }, { id: 2, requestKey: 'k' }];
		expect(known(rows)).toEqual({ id: 2, requestKey: 'k' });
	});

	test('is nothing as long as another execution has any gate', () => {
		expect(known([gate(1, '99')])).toEqual({ gate: 'busy' });
		expect(known([gate(1, '12'), gate(2, '99')])).toEqual({ gate: 'busy' });
		expect(known([gate(1, '12'), gate(2, '')])).toEqual({ gate: 'busy' });
		expect(known([{}])).toEqual({ gate: 'missing' });
	});

	test('is nothing that anybody knows where the table was not read', () => {
		expect(() => known([{ notRead: true }])).toThrow('the node "Rows and gates" is deactivated');
	});

	test('is that it is new, where this execution has every gate', () => {
		const row = known([gate(1, '12'), gate(2, '12')]);
		expect(row).toMatchObject({
			requestKey: 'k',
			state: 'stored',
			workflow: 'w',
			execution: '12',
			starts: 1,
		});
		const columns = example.nodes.find(({ name }) => name === 'Table of requests')!.parameters
			.columns as { column: ReadonlyArray<{ name: string }> };
		expect(Object.keys(row).sort()).toEqual(columns.column.map(({ name }) => name).sort());
	});

	test('in a test run is kept from what comes in production', () => {
		expect(known([gate(1, '12'), { id: 2, requestKey: 'k' }], {}, 'test')).toMatchObject({
			requestKey: 'test k',
		});
	});

	test.each([
		['DSR-2026-0017', true],
		['0d1e2f3a-4b5c-6d7e-8f90-123456789012', true],
		['15125551002', false],
		['call 1', false],
		['x'.repeat(58), false],
	])('names its certificate by its ID only where everybody may read it: %s', (requestId, isFit) => {
		const references = [1, 2].map(() => known([gate(1, '12')], { requestId }).reference as string);
		expect(new Set(references).size).toBe(2);
		for (const reference of references) {
			expect(reference).toMatch(/^[a-z]{6}\.[A-Za-z0-9._:-]{1,57}$/);
			expect(reference.endsWith(`.${requestId}`)).toBe(isFit);
			if (!isFit) expect(reference).not.toMatch(/\d/);
		}
	});
});

describe('The gate', () => {
	const ways = (name: string) =>
		example.connections[name]!.main.map((links) => links.map(({ node }) => node));

	test('is given back on every way to an answer, whatever breaks down', () => {
		for (const name of ['Take the gate', 'Rows and gates', 'What is known', 'Store']) {
			expect([name, ways(name)[1]]).toEqual([name, ['Give back the gate']]);
			expect(example.nodes.find((node) => node.name === name)).toMatchObject({
				onError: 'continueErrorOutput',
			});
		}
		const before = Object.keys(example.connections).filter((name) =>
			ways(name).flat().includes('What to answer'),
		);
		expect(before).toEqual(['Give back the gate', 'Row asked for']);
		expect(ways('New?').slice(0, 2)).toEqual([['Store'], ['Give back the gate']]);
	});

	test('is let go of by whoever has one of several, or two would wait for each other', () => {
		expect(ways('New?')[2]).toEqual(['Let go of the gate']);
		expect(ways('Let go of the gate')).toEqual([['Wait a moment']]);
		const gate = (name: string) => example.nodes.find((node) => node.name === name)!.parameters;
		expect(gate('Let go of the gate')).toEqual(gate('Give back the gate'));
	});

	test.each([
		['Take the gate', {}],
		['Rows and gates', {}],
		['What is known', {}],
		['Store', { 'What is known': [{ requestKey: 'k' }] }],
	])('is no answer where "%s" broke down', (name, others: Readonly<Record<string, Given>>) => {
		const request = { 'Erasure Request Trigger': [{ event: 'requested', requestKey: 'k' }] };
		const broken: Readonly<Record<string, Given>> = {
			[name]: { found: [], errors: [{ error: 'No database.' }] },
		};
		expect(() => run('What to answer', [{}], { ...request, ...others, ...broken })).toThrow(
			'Nothing was taken on: No database.',
		);
	});
});

test('Rows are taken up and reported by the workflow alone that stored them', () => {
	for (const name of ['Row that is due', 'Open rows', 'Rows to report']) {
		const { filters } = example.nodes.find((node) => node.name === name)!.parameters as {
			filters: { conditions: readonly Json[] };
		};
		expect([name, filters.conditions]).toEqual([
			name,
			expect.arrayContaining([
				{ keyName: 'workflow', condition: 'eq', keyValue: '={{ $workflow.id }}' },
			]),
		]);
	}
});

test('A request is known for as long as its row is there, whenever it was stored', () => {
	const tables = example.nodes.filter(({ type }) => type.endsWith('.dataTable'));
	const operations = new Set(tables.map(({ parameters }) => parameters.operation));
	expect([...operations].sort()).toEqual(['create', 'get', 'insert', 'update']);
	const columnsOf = (wanted: string) => {
		const { filters } = tables.find(({ name }) => name === wanted)!.parameters as {
			filters: { conditions: ReadonlyArray<{ keyName: string }> };
		};
		return filters.conditions.map(({ keyName }) => keyName);
	};
	expect(columnsOf('Rows and gates')).toEqual(['requestKey', 'state']);
	expect(columnsOf('Row asked for')).toEqual(['requestKey']);
});
