import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { sandboxAccounts } from '../../sandbox/accounts';
import { coreVersion, runNode } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

/** What a workflow may hand over under the name of an ID, good and bad. */
const values: unknown[] = [
	'call_1',
	' call_2 ',
	'call_3, call_4',
	'["call_5", "call_6"]',
	['call_7', 'call_8'],
	17,
	17.5,
	-0,
	2 ** 60,
	1e21,
	'',
	'   ',
	null,
	true,
	{ id: 'call_9' },
	[],
	'={{ $json.other }}',
	'{{ $json.other }}',
	'=call_1',
	'undefined',
	'a/b',
	'\u200bcall_1',
	'2026-11-22T10:00:00.000Z',
];

/** Receipts and requests of a run whose ID comes from this expression. */
async function erase(type: 'flyflow' | 'creovai', expression: string, items: IDataObject[]) {
	sandbox.forget();
	sandbox[type].fill(20);
	const { [`${type === 'flyflow' ? 'flyflowApi' : 'creovaiOAuth2Api'}` as const]: account } =
		sandboxAccounts(sandbox);
	const isFlyflow = type === 'flyflow';
	const result = await runNode({
		type,
		items,
		onError: 'continueRegularOutput',
		credentials: { [isFlyflow ? 'flyflowApi' : 'creovaiOAuth2Api']: { ...account } },
		parameters: {
			resource: 'call',
			operation: isFlyflow ? 'delete' : 'purgeByCallId',
			// A field with a list holds its value one step further in.
			callId: isFlyflow ? { __rl: true, mode: 'id', value: expression } : expression,
			deletionMode: 'delete',
			options: { maxConcurrency: 1 },
		},
	});
	const receipts = result.json.map(({ at: _, ...receipt }) => receipt);
	// A token is fetched by the first run alone.
	const sent = sandbox.requestsTo(type).filter(({ url }) => url !== '/Token');
	const requests = sent.map(({ method, url, body }) => [method, url, body]);
	return { receipts, requests, error: result.error?.message };
}

describe(`A field that an expression names, on n8n-core ${coreVersion}`, () => {
	test.each(['flyflow', 'creovai'] as const)(
		"is what n8n's expression engine reads, at %s",
		async (type) => {
			const items = values.map((id) => ({ id, other: 'call_10' }) as IDataObject);
			const read = await erase(type, '={{ $json.id }}', items);
			// The brackets change nothing but who reads it.
			const evaluated = await erase(type, '={{ ($json.id) }}', items);

			expect(read).toEqual(evaluated);
			expect(read.receipts.length).toBeGreaterThanOrEqual(values.length);
			expect(read.requests.length).toBeGreaterThan(0);
		},
	);

	test.each([
		['={{ $json.body.id }}', '={{ ($json.body.id) }}'],
		['={{ $json["call id"] }}', '={{ ($json["call id"]) }}'],
		["={{ $json['body']['id'] }}", "={{ ($json['body']['id']) }}"],
		['={{ $json.body.list }}', '={{ ($json.body.list) }}'],
		['={{ $json.missing.id }}', '={{ ($json.missing.id) }}'],
		['={{ $json.constructor.name }}', '={{ ($json.constructor.name) }}'],
		['={{ $json.body.id.length }}', '={{ ($json.body.id.length) }}'],
	])('%s', async (plain, inBrackets) => {
		const items = [1, 2, 3].map((number) => ({
			'call id': `call_${number}`,
			body: { id: `call_${number + 10}`, list: [`call_${number + 5}`, 'call_unknown'] },
		}));
		const read = await erase('flyflow', plain, items);
		expect(read).toEqual(await erase('flyflow', inBrackets, items));
		expect(read.receipts).not.toEqual([]);
	});

	test('each item gives its own', async () => {
		const items = Array.from({ length: 20 }, (_, index) => ({ id: `call_${20 - index}` }));
		const { receipts } = await erase('flyflow', '={{ $json.id }}', items);
		expect(receipts.map(({ target }) => target)).toEqual(items.map(({ id }) => ({ callId: id })));
	});
});
