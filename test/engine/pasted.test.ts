/**
 * What people paste, at every vendor and operation: what is read reaches the vendor as the IDs that
 * are meant, and of what is turned down nothing does.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { pastedIds } from '../pasted/ids';
import type { Names, Three } from '../pasted/pasted';
import { pastedNumbers } from '../pasted/numbers';
import { entries } from './contract/entries';
import type { ContractEntry } from './contract/entry';
import { runNode, type RunResult } from './engine';
import { byItem, namesIn, sentence } from './pastedItems';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

const carryOn = { onError: 'continueRegularOutput' } as const;

describe('the table of what people paste', () => {
	const ofIds = entries.filter(({ finds }) => finds !== true);

	async function run(entry: ContractEntry, ids: Three, names: Names): Promise<RunResult> {
		const items = pastedIds.map(({ value }) => {
			const item = entry.item([ids[0]]);
			const [field = ''] = Object.keys(item).slice(-1);
			return { ...item, [field]: value(ids, names) as IDataObject };
		});
		const credentials = entry.credentials(sandbox);
		const { type, parameters } = entry;
		return await runNode({ type, parameters, items, credentials, ...carryOn });
	}

	test.each(ofIds.map((entry) => [entry.title, entry] as const))('%s', async (_, entry) => {
		const ids = entry.fill(sandbox, 3) as [string, string, string];
		const names = namesIn(entry.parameters);
		const receipts = byItem(await run(entry, ids, names), pastedIds.length);

		for (const [item, { what, right }] of pastedIds.entries()) {
			const given = receipts[item] ?? [];
			if (right instanceof RegExp) {
				expect([what, given]).toEqual([what, [expect.objectContaining({ outcome: 'failed' })]]);
				expect(given[0]?.reason).toEqual({
					code: 'badInput',
					message: expect.stringMatching(sentence(names, right, item)) as unknown,
				});
			} else {
				// Creovai's receipts hold the other ID of the call as well: creovai/purgeByCallId.test.ts.
				const targets = right.map((index) => {
					const target = entry.target(ids[index] ?? '');
					return entry.type === 'creovai' ? expect.objectContaining(target) : target;
				});
				expect([what, given.map(({ target }) => target)]).toEqual([what, targets]);
				expect(given.map(({ outcome }) => outcome)).toEqual(right.map(() => entry.erased.outcome));
			}
		}
		const deletions = sandbox.requestsTo(entry.type).filter((request) => entry.deletes(request));
		expect(deletions.flatMap((request) => entry.named(request)).sort()).toEqual([...ids].sort());
	});

	test('Creovai: numbers', async () => {
		sandbox.creovai.fill(1);
		const items = pastedNumbers.map(({ value }) => ({ number: value as IDataObject }));
		const result = await runNode({
			type: 'creovai',
			parameters: {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: '={{ $json.number }}',
			},
			items,
			credentials: sandboxAccounts(sandbox),
			...carryOn,
		});
		const receipts = byItem(result, items.length);
		for (const [item, { what, right }] of pastedNumbers.entries()) {
			const outcomes = (receipts[item] ?? []).map(({ outcome }) => outcome);
			const expected = right instanceof RegExp ? ['failed'] : right.map(() => expect.anything());
			expect([what, outcomes]).toEqual([what, expected]);
			if (right instanceof RegExp) {
				expect(receipts[item]?.[0]?.error).toMatch(
					sentence({ name: '', displayName: 'Phone Number' }, right, item),
				);
			} else {
				expect(outcomes).not.toContain('failed');
			}
		}
		const searched = sandbox
			.requestsTo('creovai')
			.filter(({ url }) => url.includes('whatIf'))
			.map(({ body }) => (JSON.parse(body) as { phoneNumber: string }).phoneNumber);
		const meant = pastedNumbers.flatMap(({ right }) => (right instanceof RegExp ? [] : right));
		const withPlus = meant.map((number) =>
			number.startsWith('+') ? `+${number.replace(/\D/g, '')}` : number,
		);
		expect(new Set(searched)).toEqual(new Set([...meant, ...withPlus]));
	});
});

describe('operations that read', () => {
	const operations: ReadonlyArray<{
		readonly type: string;
		readonly parameters: IDataObject;
		readonly ids: (sandbox: Sandbox) => string[];
	}> = [
		{
			type: 'flyflow',
			parameters: { resource: 'call', operation: 'get', callId: '={{ $json.ids }}' },
			ids: ({ flyflow }) => [...flyflow.calls.keys()],
		},
		{
			type: 'kaleyra',
			parameters: { resource: 'flow', operation: 'get', flowId: '={{ $json.ids }}' },
			ids: ({ kaleyra }) => [...kaleyra.flows.keys()],
		},
		{
			type: 'happyRobot',
			parameters: { resource: 'call', operation: 'get', callId: '={{ $json.ids }}' },
			ids: ({ happyRobot }) => [...happyRobot.calls.keys()],
		},
		{
			type: 'creovai',
			parameters: { resource: 'call', operation: 'getStatus', sessionId: '={{ $json.ids }}' },
			ids: ({ creovai }) => creovai.records().map(({ sessionId }) => sessionId),
		},
		{
			type: 'verba',
			parameters: {
				resource: 'conversation',
				operation: 'get',
				identifyBy: 'callID',
				identifier: '={{ $json.ids }}',
			},
			ids: ({ verba }) => [...verba.conversations.keys()],
		},
	];

	test.each(operations.map((operation) => [operation.type, operation] as const))(
		'%s: as many are read as are meant, and what is turned down says why',
		async (type, { parameters, ids: idsOf }) => {
			sandbox.vendors.find(({ name }) => name === type)?.fill(3);
			const ids = idsOf(sandbox) as [string, string, string];
			const names = namesIn(parameters);
			const items = pastedIds.map(({ value }) => ({ ids: value(ids, names) as IDataObject }));
			const credentials = sandboxAccounts(sandbox) as Record<
				string,
				ICredentialDataDecryptedObject
			>;
			const result = await runNode({ type, parameters, items, credentials, ...carryOn });

			const given = byItem(result, items.length);
			for (const [item, { what, right }] of pastedIds.entries()) {
				const errors = (given[item] ?? []).map(({ error }) => error);
				if (right instanceof RegExp) {
					expect([what, errors]).toEqual([
						what,
						[expect.stringMatching(sentence(names, right, item))],
					]);
				} else {
					expect([what, errors]).toEqual([what, right.map(() => undefined)]);
				}
			}
		},
	);
});

describe('filters', () => {
	/** The node, the filter, what a column of its IDs is called, those IDs, and whether it takes several. */
	const filters = [
		['flyflow', 'agentId', { name: 'agentId', displayName: 'Agent ID' }, 'agent_', false],
		['happyRobot', 'useCases', { name: 'useCase', displayName: 'Use Case ID' }, 'usecase_', true],
	] as const;

	const given = async (type: string, name: string, items: IDataObject[], more = {}) =>
		await runNode({
			type,
			parameters: {
				resource: 'call',
				operation: 'getAll',
				returnAll: true,
				filters: { [name]: '={{ $json.wanted }}' },
				...more,
			},
			items,
			credentials: sandboxAccounts(sandbox),
			...carryOn,
		});

	test.each(filters)('%s: a filter of IDs reads IDs as every field does', async (...row) => {
		const [type, filter, names, prefix, takesSeveral] = row;
		const ids: Three = [`${prefix}1`, `${prefix}2`, `${prefix}30`];
		const items = pastedIds.map(({ value }) => ({ wanted: value(ids, names) as IDataObject }));
		const of = byItem(await given(type, filter, items), items.length);

		const wanted: string[] = [];
		for (const [item, { what, right }] of pastedIds.entries()) {
			const errors = (of[item] ?? []).map(({ error }) => error);
			if (right instanceof RegExp) {
				const says = right.source.replace(/(^|\||\(\?:)\^/g, '$1');
				const complaint = new RegExp(`^${names.displayName}s? in item ${item} (?:${says})`);
				expect([what, errors]).toEqual([what, [expect.stringMatching(complaint)]]);
			} else if (right.length > 1 && !takesSeveral) {
				const complaint = ` in item ${item} holds ${right.length} IDs, where one is expected`;
				expect([what, errors]).toEqual([what, [expect.stringContaining(complaint)]]);
			} else {
				expect([what, errors]).toEqual([what, []]);
				wanted.push(right.map((index) => ids[index]).join(','));
			}
		}
		const parameter = type === 'flyflow' ? 'agent_id' : 'use_cases';
		const searched = sandbox
			.requestsTo(type)
			.map(({ url }) => new URL(url, 'http://x').searchParams.get(parameter));
		expect(new Set(searched)).toEqual(new Set(wanted));
	});

	test.each([
		['flyflow', 'agentId', 'Agent ID'],
		['happyRobot', 'search', 'Search'],
	])('%s: IDs as Written takes what looks like an accident', async (type, name, displayName) => {
		const items = [{ wanted: '{{ $json.id }}' }];
		const down = await given(type, name, items);
		expect(down.json[0]?.error).toContain(`${displayName} in item 0 holds an expression`);
		expect(sandbox.requestsTo(type)).toEqual([]);
		await given(type, name, items, { options: { idsAsWritten: true } });
		expect(decodeURIComponent(sandbox.requestsTo(type)[0]?.url ?? '')).toContain('$json.id');
	});

	test.each([
		['flyflow', 'clientNumber'],
		['happyRobot', 'search'],
	])('%s: a number that is none is searched for nowhere', async (type, name) => {
		const none = pastedNumbers.filter(
			({ value, right }) =>
				right instanceof RegExp && typeof value === 'string' && /^[-+\d\s().*#/]{9,}$/.test(value),
		);
		const items = none.map(({ value }) => ({ wanted: value as string }));
		expect(items.length).toBeGreaterThan(30);
		const of = byItem(await given(type, name, items), items.length);
		for (const [item, { wanted }] of items.entries()) {
			const error = expect.stringContaining(`in item ${item} `) as unknown;
			expect([wanted, of[item]]).toEqual([wanted, [{ error }]]);
		}
		expect(sandbox.requestsTo(type)).toEqual([]);
	});
});

describe('a field that is not an expression', () => {
	async function deleteCall(callId: unknown, options: IDataObject = {}): Promise<RunResult> {
		sandbox.flyflow.fill(2);
		return await runNode({
			type: 'flyflow',
			parameters: { resource: 'call', operation: 'delete', callId: callId as string, options },
			items: [{ id: 'call_1' }],
			credentials: sandboxAccounts(sandbox),
		});
	}

	const sent = () => sandbox.requestsTo('flyflow').map(({ url }) => decodeURIComponent(url));
	test.each([
		['an expression', '{{ $json.id }}', 'holds an expression in a field that is set to Fixed'],
		[
			'a web address in the field with a list',
			{ __rl: true, mode: 'id', value: 'https://app.flyflow.dev/calls/call_1' },
			'looks like a web address',
		],
	])('turns down %s, and nothing is sent', async (_, callId, problem) => {
		const { error } = await deleteCall(callId);
		expect(error?.message).toMatch(new RegExp(`^Call ID ${problem} in item 0\\. `));
		expect(error?.message).toContain('add the option IDs as Written');
		expect(sent()).toEqual([]);
	});

	test('takes what was chosen from the list for one ID', async () => {
		await deleteCall({ __rl: true, mode: 'list', value: 'call_1,call_2' });
		expect(sent()).toEqual(['/v1/call/call_1,call_2']);
	});

	test('takes a text for one ID with IDs as Written, and sends it encoded', async () => {
		await deleteCall('call 1 and call/2', { idsAsWritten: true });
		expect(sandbox.requestsTo('flyflow').map(({ url }) => url)).toEqual([
			'/v1/call/call%201%20and%20call%2F2',
		]);
	});

	test('a run in which nothing was found ends with a warning', async () => {
		const { hints } = await deleteCall('call_8, call_9');
		expect(hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringMatching(/^Nothing was found\. 2 calls/) as unknown,
		});
	});
});
