import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion } from '../engine';
import {
	asItems,
	byCallId,
	callIds,
	garbleItems,
	idsSentTo,
	outcomesOf,
	receipts,
	requestsTo,
	run,
	sandbox,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: purge by call ID`, () => {
	const operation = 'purgeByCallId';

	test('250 IDs take 3 purge requests and 1 token request, and give receipts in input order', async () => {
		const ids = callIds(250);
		const result = await run({ operation, items: asItems(ids) });

		expect(requestsTo('/Token')).toHaveLength(1);
		expect(idsSentTo(byCallId).map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(new Set(idsSentTo(byCallId).flat())).toEqual(new Set(ids));
		expect(receipts(result).map(({ target }) => target)).toEqual(
			ids.map((callId) => ({ callId, sessionId: callId.replace('c', 's') })),
		);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, item) => ({ item })),
		);
		expect(new Set(outcomesOf(result))).toEqual(new Set(['accepted']));
		expect(receipts(result)[0]).toMatchObject({
			deleted: false,
			evidence: 'accepted',
			vendor: 'creovai',
			resource: 'call',
			attempts: 1,
		});
		expect(sandbox.creovai.records()).toHaveLength(50);
	});

	test('sends the documented request', async () => {
		await run({ operation, items: asItems(['c000001']) });
		const [request] = requestsTo(byCallId);
		expect(request).toMatchObject({ method: 'POST', body: '{"ids":["c000001"]}' });
		expect(request?.headers['content-type']).toBe('application/json; charset=utf-8');
		expect(request?.headers.authorization).toMatch(/^Bearer \S+$/);
		expect(requestsTo('/Token')[0]?.body).toContain('grant_type=client_credentials');
	});

	test('finds each outcome by its ID when the reply is shuffled, misses one and holds NotFound and Error', async () => {
		const ids = callIds(250);
		sandbox.creovai.calls.delete('c000010');
		sandbox.creovai.errors.set('c000120', 'Call is locked by +1 512 555 1234');
		garbleItems((items) => items.filter(({ callId }) => callId !== 'c000240').reverse());
		const result = await run({
			operation,
			items: asItems(ids),
			onError: 'continueRegularOutput',
		});

		expect(receipts(result).map(({ target }) => target.callId)).toEqual(ids);
		const byId = new Map(receipts(result).map((receipt) => [receipt.target.callId, receipt]));
		expect(byId.get('c000010')).toMatchObject({ outcome: 'notFound', evidence: 'confirmed' });
		expect(byId.get('c000120')).toMatchObject({
			outcome: 'failed',
			reason: { code: 'vendorError', message: expect.stringContaining('Call is locked by') },
		});
		expect(byId.get('c000240')).toMatchObject({
			outcome: 'unknown',
			reason: { code: 'notMentioned' },
		});
		expect(outcomesOf(result).filter((outcome) => outcome === 'accepted')).toHaveLength(247);
		expect(JSON.stringify(result.json)).not.toContain('555 1234');
		expect(requestsTo(byCallId)).toHaveLength(3);
	});

	test('recognises an ID that is echoed in other letter case, unless two differ by that alone', async () => {
		for (const id of ['Aa', 'aA', 'only']) {
			sandbox.creovai.calls.set(id, { id, sessionId: `s-${id}`, phoneNumber: '+1' });
		}
		garbleItems((items) =>
			items.map((item) => ({ ...item, callId: (item.callId as string).toUpperCase() })),
		);
		const result = await run({
			operation,
			items: asItems(['Aa', 'aA', 'only']),
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual(['unknown', 'unknown', 'accepted']);
	});

	test.each([
		['a status that is not documented', { status: 'Scheduled' }, 'notUnderstood'],
		['no status', { status: null }, 'notUnderstood'],
		['WhatIf, though nothing was asked', { status: 'WhatIf' }, 'notUnderstood'],
		['no call ID', { callId: null }, 'notMentioned'],
		['no ID at all', { callId: null, sessionId: null }, 'notMentioned'],
		[
			'NotFound with words that say otherwise',
			{ status: 'NotFound', errorMsg: 'Database timeout' },
			'notUnderstood',
		],
		[
			'Purging with words that say otherwise',
			{ status: 'Purging', errorMsg: 'Database timeout' },
			'notUnderstood',
		],
		['words that are no text', { status: 'NotFound', errorMsg: { code: 5 } }, 'notUnderstood'],
		['Purging beside an error', { status: 'Purging', error: 'Locked' }, 'notUnderstood'],
		['NotFound beside no success', { status: 'NotFound', success: false }, 'notUnderstood'],
	])('reports %s as unknown', async (_, change, code) => {
		garbleItems((items) => items.map((item) => ({ ...item, ...change })));
		const result = await run({
			operation,
			items: asItems(['c000001']),
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([{ outcome: 'unknown', reason: { code } }]);
	});

	test.each<[string, IDataObject]>([
		['an error', { error: 'Purging is switched off' }],
		['errors', { errors: ['Locked'] }],
		['no success', { success: false }],
		['a status', { status: 'failed' }],
	])('does not believe entries beside %s', async (_, beside) => {
		sandbox.faults.add({
			when: ({ url }) => url.endsWith(byCallId),
			fault: {
				kind: 'garble',
				change: (payload) => JSON.stringify({ ...(JSON.parse(payload) as IDataObject), ...beside }),
			},
		});
		const result = await run({
			operation,
			items: asItems(['c000001', 'nowhere']),
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual(['unknown', 'unknown']);
		expect(requestsTo(byCallId)).toHaveLength(1);
	});

	test('takes no side between two different answers about one call', async () => {
		garbleItems((items) => [...items, { ...items[0], status: 'NotFound' }]);
		const result = await run({
			operation,
			items: asItems(['c000001']),
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{ outcome: 'unknown', reason: { code: 'notUnderstood' } },
		]);
	});

	test.each([202, 302, 400, 401, 403, 413, 421, 425, 429, 503])(
		'a purge that has begun with %i is a contradiction: sent once, and the run goes on',
		async (code) => {
			const items = [{ callId: 'c000001', sessionId: 's000001', status: 'Purging' }];
			const fault = { kind: 'status', status: code, body: JSON.stringify({ items }) } as const;
			sandbox.faults.add({ fault, times: 2, when: ({ url }) => url.endsWith(byCallId) });
			const result = await run({
				operation,
				items: asItems(['c000001', 'c000002']),
				onError: 'continueRegularOutput',
			});
			expect(receipts(result)).toMatchObject([
				{ outcome: 'unknown', reason: { code: 'notUnderstood' } },
				{ outcome: 'unknown', reason: { code: 'notUnderstood' } },
			]);
			expect(receipts(result)[0]?.reason?.message).toMatch(
				new RegExp(`^Creovai answered ${code}, but its words contradict that`),
			);
			// A token that is turned down is renewed before the answer is read.
			expect(requestsTo(byCallId)).toHaveLength(code === 401 ? 2 : 1);
		},
	);

	test('an Error without words is failed all the same, and a session ID may be missing', async () => {
		garbleItems(([first, second]) => [
			{ ...first, status: 'Error', errorMsg: null },
			{ callId: second?.callId, status: 'Purging' },
		]);
		const result = await run({
			operation,
			items: asItems(['c000001', 'c000002']),
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{
				outcome: 'failed',
				reason: { message: 'Creovai did not do it and gave no reason. Try again later' },
			},
			{ outcome: 'accepted' },
		]);
	});

	test('sends only the calls that failed again under Retry On Fail', async () => {
		sandbox.creovai.errors.set('c000002', 'Busy');
		const result = await run({
			operation,
			items: asItems(callIds(3)),
			maxTries: 2,
			onError: 'continueRegularOutput',
		});
		expect(idsSentTo(byCallId)).toEqual([callIds(3), ['c000002']]);
		expect(outcomesOf(result)).toEqual(['accepted', 'failed', 'accepted']);
	});

	test('previews without a request, and says that it cannot look', async () => {
		const result = await run({ operation, items: asItems(callIds(2)), mode: 'manual' });
		expect(sandbox.requests).toHaveLength(0);
		expect(receipts(result)).toMatchObject([
			{ outcome: 'preview', preview: { found: null, wouldBe: 'accepted' } },
			{ outcome: 'preview', preview: { note: expect.stringContaining('Call ID') } },
		]);
	});
});
