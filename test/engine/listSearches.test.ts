/** The lists from which a user chooses a record: what is chosen is stored in the workflow. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeListSearchResult } from 'n8n-workflow';

import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { coreVersion, searchList } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

const lists = [
	{ type: 'flyflow', credential: 'flyflowApi', method: 'searchCalls', list: 'calls' },
	{ type: 'happyRobot', credential: 'happyRobotApi', method: 'searchCalls', list: 'calls' },
	{ type: 'kaleyra', credential: 'kaleyraApi', method: 'searchFlows', list: 'data' },
] as const;

type List = (typeof lists)[number];

const noList = /did not list its (calls|flows)\. Test the credentials, or give the ID$/;

/** Kaleyra needs an ID to list by; the others take it as words to search for. */
const filter = '102290129340398';

async function searchIn(
	{ type, credential, method }: List,
	reply: unknown,
	apiKey?: string,
): Promise<INodeListSearchResult> {
	const account = sandboxAccounts(sandbox)[credential];
	sandbox.faults.add({
		fault: {
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(reply),
		},
	});
	const credentials = { [credential]: { ...account, ...(apiKey === undefined ? {} : { apiKey }) } };
	return await searchList({ type, parameters: {}, items: [], credentials }, method, filter);
}

describe.each(lists)(`The list of $type on n8n-core ${coreVersion}`, (list) => {
	test.each([null, 'text', 7, true, [], [[]], {}, { id: null }, { id: {} }, { id: ['a'] }])(
		'is none where an entry of the reply is %j',
		async (entry) => {
			const entries = [{ id: 'good' }, entry];
			await expect(searchIn(list, { [list.list]: entries })).rejects.toThrow(noList);
		},
	);

	test.each([null, 'text', 7, { calls: null, data: null }, { calls: {}, data: {} }, []])(
		'is none where the reply is %j',
		async (reply) => await expect(searchIn(list, reply)).rejects.toThrow(noList),
	);

	test('shows no secret of the credentials, however short', async () => {
		const said = { status: 'ended, key: ab1', name: 'API key is ab1', created_at: 'token ab1' };
		const record = { id: 'good', created: 'Bearer ab1', ...said };
		const { results } = await searchIn(list, { [list.list]: [record] }, 'ab1');
		expect(results).toEqual([{ name: expect.stringContaining('***') as unknown, value: 'good' }]);
		expect(JSON.stringify(results)).not.toContain('ab1');
	});

	test('has no entry for an ID that was rounded', async () => {
		// Of such an ID, JavaScript makes that of another record.
		const large = Number('12345678901234567');
		const listed = searchIn(list, { [list.list]: [{ id: large }, { id: 'good' }] });
		if (list.type === 'happyRobot') await expect(listed).rejects.toThrow(noList);
		else expect((await listed).results.map(({ value }) => value)).toEqual(['good']);
	});
});

test.each(lists)(
	`the list of $type is asked for again where the vendor asks to wait, on n8n-core ${coreVersion}`,
	async (list) => {
		const headers = { 'retry-after': '1' };
		sandbox.faults.add({ times: 1, fault: { kind: 'status', status: 429, headers, body: '' } });
		const started = Date.now();
		const { results } = await searchIn(list, { [list.list]: [{ id: 'good' }] });
		expect(results.map(({ value }) => value)).toEqual(['good']);
		expect(sandbox.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
	},
);

test.each(lists.filter(({ list }) => list === 'calls'))(
	`the list of $type says whose fault it is where the key is turned down, on n8n-core ${coreVersion}`,
	async (list) => {
		sandbox.faults.add({ times: 1, fault: { kind: 'status', status: 401, body: '' } });
		await expect(searchIn(list, {})).rejects.toThrow(/answered 401: it did not accept the cred/);
		expect(sandbox.requests).toHaveLength(1);
	},
);

test.each(lists.filter(({ list }) => list === 'calls'))(
	`the list of $type shows no phone number, on n8n-core ${coreVersion}`,
	async (list) => {
		const said = {
			status: 'Called +1 512 555 1234',
			created: '(512) 555-1234',
			created_at: '15125551234',
		};
		const moment = '2026-01-01T01:00:00.000Z';
		const calls = [
			{ id: 'good', ...said },
			{ id: 'better', created: moment, created_at: moment },
		];
		const { results } = await searchIn(list, { calls });
		expect(results.map(({ value }) => value)).toEqual(['good', 'better']);
		expect(JSON.stringify(results[0])).not.toMatch(/555.?1234/);
		expect(results[1]?.name).toBe(`better · ${moment}`);
	},
);

test(`a flow whose ID is a number is listed as well, on n8n-core ${coreVersion}`, async () => {
	const [, , kaleyra] = lists;
	const { results } = await searchIn(kaleyra, { data: [{ id: 1120000000000001, name: 'Survey' }] });
	expect(results).toEqual([{ name: 'Survey · 1120000000000001', value: '1120000000000001' }]);
});
