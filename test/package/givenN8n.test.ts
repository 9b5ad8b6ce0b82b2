/** What is agreed with somebody whose n8n is used (N8N_URL). test/server/n8nServer.test.ts uses one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { sandboxPlace } from '../../scripts/demo/sandboxPlace';
import { givenN8n } from '../../scripts/n8n/givenN8n';
import { isMark, markWorkflow, newMark } from '../../scripts/n8n/mark';
import type { ExportedWorkflow } from '../../scripts/n8n/n8nApi';
import { entriesFor, isLeftOut, needOwnN8n } from '../ownN8n';

const root = join(__dirname, '..', '..');

describe('N8N_URL', () => {
	const signIn = { N8N_EMAIL: 'ann@example.com', N8N_PASSWORD: 'secret' };

	test('gives an n8n with the sign-in to it', () => {
		const N8N_NODES_FOLDER = '/home/ann/.n8n/nodes';
		expect(givenN8n({ N8N_URL: 'http://localhost:5678/', ...signIn, N8N_NODES_FOLDER })).toEqual({
			address: 'http://localhost:5678',
			signIn: { email: 'ann@example.com', password: 'secret' },
			nodesFolder: N8N_NODES_FOLDER,
		});
		const below = givenN8n({ N8N_URL: 'https://example.com/n8n', ...signIn });
		expect(below).toMatchObject({ address: 'https://example.com/n8n', nodesFolder: undefined });
	});

	test.each([{}, { N8N_URL: '' }, signIn])('gives none with %j', (env) => {
		expect(givenN8n(env)).toBeUndefined();
	});

	test.each([
		[{ N8N_URL: 'localhost:5678', ...signIn }, /^N8N_URL is localhost:5678, which is no address/],
		[{ N8N_URL: 'n8n', ...signIn }, /^N8N_URL is n8n, which is no address/],
		[{ N8N_URL: 'http://localhost:5678' }, /set N8N_EMAIL and N8N_PASSWORD/],
		[{ N8N_URL: 'http://localhost:5678', ...signIn, N8N_PASSWORD: '' }, /set N8N_EMAIL and/],
	])('is turned down with what is missing: %j', (env, message) => {
		expect(() => givenN8n(env)).toThrow(message);
	});
});

describe("The sandbox's place", () => {
	test('is any port of this machine, unless the environment says otherwise', () => {
		expect(sandboxPlace({})).toEqual({ port: 0, reachedAt: undefined });
		const env = { SANDBOX_PORT: '5680', SANDBOX_ADDRESS: 'https://sandbox.example.com/' };
		expect(sandboxPlace(env)).toEqual({ port: 5680, reachedAt: 'https://sandbox.example.com' });
	});

	test.each([
		[{ SANDBOX_PORT: 'x' }, 'SANDBOX_PORT is x, which is no port'],
		[{ SANDBOX_PORT: '65536' }, 'SANDBOX_PORT is 65536, which is no port'],
		[{ SANDBOX_ADDRESS: 'http://host.docker.internal:5680' }, 'has to begin with https://'],
		[{ SANDBOX_ADDRESS: 'sandbox' }, 'has to begin with https://'],
	])('is turned down: %j', (env, message) => {
		expect(() => sandboxPlace(env)).toThrow(message);
	});
});

interface Node {
	readonly webhookId?: string;
	readonly parameters: {
		readonly path?: unknown;
		readonly options?: { readonly path?: unknown };
		readonly tableName?: unknown;
		readonly dataTableId?: { readonly mode?: string; readonly value?: unknown };
		/** Of a request; what a text field of another node holds is a text too. */
		readonly url?: string;
	};
}

/** By what a workflow can meet another in the same n8n: addresses of triggers, names of tables. */
function meetingPoints({ nodes }: ExportedWorkflow): unknown[] {
	return (nodes as unknown as Node[]).flatMap(({ webhookId, parameters }) => {
		const { path, options, tableName, dataTableId } = parameters;
		const isTrigger = webhookId !== undefined;
		return [
			webhookId,
			...(isTrigger ? [path, options?.path] : []),
			tableName,
			dataTableId?.mode === 'name' ? dataTableId.value : undefined,
		].filter((point) => point !== undefined);
	});
}

const examples = readdirSync(join(root, 'workflows')).filter((file) => file.endsWith('.json'));

describe('A mark', () => {
	test('is another one each time, and known as one', () => {
		const marks = Array.from({ length: 20 }, newMark);
		expect(new Set(marks).size).toBe(20);
		expect(marks.every(isMark)).toBe(true);
	});

	test.each([
		'',
		'-',
		'call-erasure-',
		'call-erasure--',
		'call-erasure-1',
		'call-erasure-1234567g-',
	])('is not %p, by which something of somebody else could be removed', (text) => {
		expect(isMark(text)).toBe(false);
	});

	test.each(examples)('keeps %s from all that is there', (file) => {
		const text = readFileSync(join(root, 'workflows', file), 'utf8');
		const workflow = JSON.parse(text) as ExportedWorkflow;
		const mark = newMark();
		const marked = markWorkflow(workflow, mark);

		expect(marked.name).toBe(mark + workflow.name);
		const points = meetingPoints(workflow);
		expect(meetingPoints(marked)).toEqual(points.map((point) => `${mark}${String(point)}`));
		// Also where it calls itself.
		for (const { parameters } of marked.nodes as unknown as Node[]) {
			const called = /\/webhook\/(.*)$/.exec(parameters.url ?? '')?.[1];
			if (called !== undefined) expect(meetingPoints(marked)).toContain(called);
		}
		// And nothing else is changed.
		expect(JSON.stringify(marked).replaceAll(mark, '')).toBe(JSON.stringify(workflow));
		expect(markWorkflow(workflow, '')).toBe(workflow);
	});

	test('finds what there is to mark in the examples', () => {
		const all = examples.flatMap((file) => {
			const text = readFileSync(join(root, 'workflows', file), 'utf8');
			return meetingPoints(JSON.parse(text) as ExportedWorkflow);
		});
		expect(all).toEqual(
			expect.arrayContaining(['erase-calls', 'delete-from-a-list', 'Erasure receipts']),
		);
	});
});

describe('The list of tests that need an n8n of their own', () => {
	test.each(needOwnN8n)('names what is there: $at', ({ at }) => {
		expect(existsSync(join(root, at))).toBe(true);
	});

	test('is found by file and by folder', () => {
		expect(entriesFor('test/server/keys.test.ts')).toEqual([]);
		expect(entriesFor('test/server/webhook.test.ts')).toHaveLength(2);
		expect(entriesFor('test/queue/stop.test.ts')).toHaveLength(1);
		expect(entriesFor('test/queueing.test.ts')).toEqual([]);
	});

	test('leaves out what it names in an n8n that is given, and nothing in one of our own', () => {
		const entries = entriesFor('test/server/webhook.test.ts');
		const named = "nothing secret is in n8n's database";
		const given = { N8N_URL: 'http://localhost:5678' };
		expect(isLeftOut(named, entries, given)).toBe(true);
		expect(isLeftOut('any other', entries, given)).toBe(false);
		expect(isLeftOut('any', entriesFor('test/queue/stop.test.ts'), given)).toBe(true);
		expect(isLeftOut('any', entriesFor('test/server/keys.test.ts'), given)).toBe(false);
		for (const env of [{}, { CI: 'true' }, { CI: 'true', N8N_URL: '' }]) {
			expect(isLeftOut(named, entries, env)).toBe(false);
		}
	});
});
