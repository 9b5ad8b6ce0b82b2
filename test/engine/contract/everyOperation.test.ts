import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { nodeType, runNode } from '../engine';
import { entries, recipes } from './entries';
import { importedParameters } from './recipe';

const manifest = JSON.parse(
	readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8'),
) as { n8n: { nodes: string[] } };

const heldEntries = [...entries, ...recipes];

/** The types of all nodes. */
const types = manifest.n8n.nodes
	.map((file) => basename(file, '.node.js'))
	.map((className) => className.charAt(0).toLowerCase() + className.slice(1));

/** `["flyflow","call","delete"]`, for every operation that has the field Deletion Mode. */
async function deletions(): Promise<string[]> {
	const found: string[] = [];
	for (const type of types) {
		const { description } = await nodeType(type);
		for (const { name, displayOptions } of description.properties) {
			if (name !== 'deletionMode') continue;
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			found.push(JSON.stringify([type, ...resource, ...operation]));
		}
	}
	return found;
}

test('every operation that deletes is held to the contract', async () => {
	const held = heldEntries.map(({ type, parameters: { resource, operation } }) =>
		JSON.stringify([type, resource, operation]),
	);
	expect(await deletions()).toEqual(expect.arrayContaining([expect.any(String)]));
	expect((await deletions()).filter((deletion) => !held.includes(deletion))).toEqual([]);
});

/** The operations that are no deletions, of every node that has a vendor's account. */
async function readings() {
	const found = [];
	const changing = await deletions();
	const vendors = new Set(heldEntries.map(({ type }) => type));
	for (const type of types.filter((name) => vendors.has(name))) {
		const { description } = await nodeType(type);
		for (const { name, displayOptions, options = [] } of description.properties) {
			if (name !== 'operation') continue;
			const [resource] = (displayOptions?.show?.resource ?? []) as string[];
			const operations = options.flatMap((option) => ('value' in option ? [option.value] : []));
			for (const operation of operations) {
				if (changing.includes(JSON.stringify([type, resource, operation]))) continue;
				found.push({ type, resource, operation });
			}
		}
	}
	return found;
}

const forAll = (data: ICredentialDataDecryptedObject) =>
	Object.fromEntries(
		[
			...['flyflowApi', 'creovaiOAuth2Api', 'kaleyraApi', 'happyRobotApi', 'verbaApi'],
			'eraseByHttpApi',
		].map((name) => [name, data] as const),
	);

const unusable: ReadonlyArray<[string, Record<string, ICredentialDataDecryptedObject>]> = [
	['have no usable address', forAll({ region: 'other', baseUrl: '?', tokenBaseUrl: '?' })],
	[
		'were deleted',
		forAll({
			get baseUrl(): string {
				throw new Error('Credential with ID "1" does not exist');
			},
		}),
	],
];

/** What n8n wants to be filled in before it starts anything. */
const filledIn = {
	...{ callId: 'c1', sessionId: 's1', flowId: '1', wabaId: '1', identifyBy: 'callID' },
	...{ identifier: 'v1', start: '2026-01-01', end: '2026-02-01', query: 'x' },
};

/** The same for Erase by HTTP, and the receipts of its own vendor. */
const described = {
	parameters: importedParameters('assemblyAi', 'recheck'),
	receipt: { vendor: 'AssemblyAI', resource: 'record', target: { recordId: 'r' } },
};

// Of what a node throws, n8n makes its input again under Continue: as if that was what was found.
test.each(unusable)(
	'every operation that only reads says for each item that the credentials %s',
	async (_, credentials) => {
		const all = await readings();
		expect(new Set(all.map(({ type }) => type)).size).toBe(6);
		const receipt = {
			...{ deleted: false, outcome: 'accepted', evidence: 'accepted', resource: 'call' },
			...{ target: { callId: 'c' }, at: '2026-11-26T00:00:00.000Z' },
		};
		const gave = await Promise.all(
			all.map(async ({ type, resource, operation }) => {
				const own = type === 'eraseByHttp' ? described.receipt : { vendor: type };
				const items = ['a', 'b'].map((mark) => ({ ...receipt, ...own, mark }));
				const more = type === 'eraseByHttp' ? described.parameters : filledIn;
				const parameters = { resource, operation, ...more };
				const run = { type, items, parameters, credentials } as const;
				const regular = await runNode({ ...run, onError: 'continueRegularOutput' });
				const separate = await runNode({ ...run, onError: 'continueErrorOutput' });
				return { type, resource, operation, items, regular, separate };
			}),
		);
		for (const { type, resource, operation, items, regular, separate } of gave) {
			const which = [type, resource, operation];
			if (operation === 'recheck') {
				// A look that was not made leaves the receipt, with why.
				const said = regular.json.map(({ mark, reason }) => [mark, reason]);
				const why = { code: 'notRechecked', message: expect.stringMatching(/^Not rechecked: ./) };
				const whys = items.map(({ mark }) => [mark, why]);
				expect([...which, said]).toEqual([...which, whys]);
				continue;
			}
			const error = expect.stringMatching(/credential/i) as unknown;
			expect([...which, regular.json]).toEqual([...which, items.map(() => ({ error }))]);
			const [found, failed] = separate.outputs;
			expect([...which, found]).toEqual([...which, []]);
			const pairs = failed?.map(({ json, pairedItem }) => ({ error: json.error, pairedItem }));
			expect([...which, pairs]).toEqual([
				...which,
				items.map((__, item) => ({ error, pairedItem: expect.objectContaining({ item }) })),
			]);
		}
	},
);

test("n8n's assistant is told of every node, and of every choice to delete, how they are used", async () => {
	for (const type of types) {
		const { description } = await nodeType(type);
		const { builderHint, properties, usableAsTool } = description;
		const hint = builderHint?.searchHint ?? '';
		expect([type, hint]).toEqual([type, expect.stringMatching(/^[A-Z].*\.$/)]);
		// n8n reads them as they stand: an expression or a connection's name would be taken for one.
		expect(JSON.stringify([hint, properties])).not.toMatch(/"propertyHint":"[^"]*(=\{\{|ai_)/);
		const modes = properties.filter(({ name }) => name === 'deletionMode');
		if (modes.length === 0) continue;
		expect(usableAsTool).toBe(true);
		for (const promise of ["deletionMode at 'auto'", 'preview', 'receipt', 'approvedPlan']) {
			expect(hint).toContain(promise);
		}
		expect(hint).toMatch(/AI agent's tool .* 'preview'\. Never 'delete', unless .* human review/);
		for (const { builderHint: onField } of modes) {
			expect(onField?.propertyHint).toMatch(/AI agent's tool use 'preview'; 'delete' there only/);
		}
	}
});
