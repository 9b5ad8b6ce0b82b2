import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion } from '../engine';
import {
	byCallId,
	fillCustomer,
	garbleItems,
	idsSentTo,
	masked,
	outcomesOf,
	phone,
	receipts,
	requestsTo,
	run,
	sandbox,
	searched,
	whatIf,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: purge by customer, where something goes wrong`, () => {
	const operation = 'purgeByCustomer';

	test('nothing of a number is purged if one of its notations could not be asked for', async () => {
		sandbox.creovai.fill(1);
		sandbox.faults.add({
			fault: { kind: 'status', status: 418 },
			when: ({ body }) => body.includes('(512)'),
		});
		const result = await run({
			operation,
			items: [{ phone: '+1 (512) 555-1001' }],
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).not.toContain('accepted');
		expect(sandbox.creovai.records()).toHaveLength(1);
	});

	test('purged in one request, a number is sent in each notation, with a receipt for each', async () => {
		sandbox.creovai.fill(1);
		const result = await run({
			operation,
			items: [{ phone: '+1 (512) 555-1001' }],
			parameters: { purgeStrategy: 'direct' },
		});
		expect(searched().sort()).toEqual(['+1 (512) 555-1001', '+15125551001']);
		expect(receipts(result).map(({ outcome, target }) => [outcome, target.notation])).toEqual([
			['notFound', 'as written'],
			['accepted', 'as plus and digits'],
		]);
	});

	test('a call that two numbers share is purged once and has two receipts', async () => {
		garbleItems(([item]) => [{ ...item, callId: 'c000001', sessionId: 's000001' }]);
		const result = await run({ operation, items: [{ phone: ['+15125551001', '+15125551002'] }] });
		expect(idsSentTo(byCallId)).toEqual([['c000001']]);
		expect(receipts(result).map(({ duplicate }) => duplicate)).toEqual([undefined, true]);
	});

	test.each([
		['nothing', ''],
		['a blank', '  '],
		['what an expression without a value gives', 'undefined'],
		['letters', '+1 512 CALL NOW'],
		['too few digits', '+1 2 34'],
		['two numbers in one', '5551001/5551002'],
		['a number with .0', '5125551001.0'],
		['a masked number', '+1512555****'],
		['two numbers beside each other', '+15125551001 +15125551002'],
	])('turns down %s before anything is sent, without repeating the number', async (_, given) => {
		const result = await run({ operation, items: [{ phone: '+15125551001' }, { phone: given }] });
		expect(sandbox.requests).toHaveLength(0);
		expect(result.error?.message).toMatch(/^Phone Number .* in item 1\./);
		if (/\d/.test(given)) expect(result.error?.message).not.toContain(given);
	});

	test('names the position of a number in its list', async () => {
		const result = await run({ operation, items: [{ phone: ['+15125551001', '12'] }] });
		expect(result.error?.message).toContain('fewer than 5 digits at position 2 in item 0');
	});

	test('the number stays masked in the receipts of a run that does not start', async () => {
		const result = await run({
			operation,
			items: [{ phone }],
			options: { timeout: 'soon' },
			onError: 'continueErrorOutput',
		});
		expect(receipts(result)).toMatchObject([
			{ outcome: 'skipped', target: { phoneNumber: masked }, reason: { code: 'notStarted' } },
		]);
		expect(sandbox.requests).toHaveLength(0);
	});

	test.each([
		['no entries', () => []],
		['NotFound alone', () => [{ callId: null, sessionId: null, status: 'NotFound' }]],
		['NotFound with the number for an ID', () => [{ callId: phone, status: 'NotFound' }]],
	])('a number without calls is not found: %s', async (_, items) => {
		garbleItems(items);
		for (const purgeStrategy of ['find', 'direct']) {
			const result = await run({ operation, items: [{ phone }], parameters: { purgeStrategy } });
			expect(receipts(result)).toMatchObject([
				{ outcome: 'notFound', evidence: 'confirmed', target: { phoneNumber: masked } },
			]);
			expect(JSON.stringify(result.json)).not.toContain('9876');
		}
		expect(requestsTo(byCallId)).toHaveLength(0);
	});

	test.each([
		['names a call by neither ID', { callId: null, sessionId: ' ' }, 'failed', 'notUnderstood'],
		['has a status that is not documented', { status: 'Maybe' }, 'failed', 'notUnderstood'],
		[
			'has the status Error',
			{ status: 'Error', errorMsg: `No: ${phone}` },
			'failed',
			'vendorError',
		],
		['says that it is purging', { status: 'Purging' }, 'unknown', 'notUnderstood'],
	])('purges nothing of a number if the search %s', async (_, change, outcome, code) => {
		fillCustomer();
		garbleItems(([first, ...items]) => [{ ...first, ...change }, ...items]);
		const result = await run({
			operation,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{ outcome, target: { phoneNumber: masked }, reason: { code } },
		]);
		expect(sandbox.creovai.records()).toHaveLength(303);
		expect(JSON.stringify(result.json)).not.toContain('9876');
	});

	test('a search that failed is made again by Retry On Fail, one that succeeded is not', async () => {
		fillCustomer();
		let searches = 0;
		sandbox.faults.add({
			when: ({ body }) => body.includes('+15125551001') && ++searches === 1,
			fault: { kind: 'garble', change: (text) => text.replace('WhatIf', 'Error') },
		});
		const result = await run({
			operation,
			items: [{ phone }, { phone: '+15125551001' }],
			maxTries: 2,
		});
		expect(outcomesOf(result)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
		expect(requestsTo(whatIf).filter(({ body }) => body.includes(phone))).toHaveLength(1);
		expect(requestsTo(whatIf)).toHaveLength(3);
		expect(idsSentTo(byCallId)).toEqual([['customer-1', 'customer-2'], ['c000001']]);
	});

	test('going over Maximum Targets in a later try takes back no receipt', async () => {
		sandbox.faults.add({
			fault: { kind: 'status', status: 500 },
			times: 4,
			when: ({ url, body }) => url.endsWith(whatIf) && body.includes('+15125551002'),
		});
		const given = {
			operation,
			items: [{ phone: '+15125551001' }, { phone: '+15125551002' }],
			options: { maximumTargets: 1 },
			maxTries: 2,
		};
		const result = await run({ ...given, onError: 'continueRegularOutput' });

		expect(receipts(result)).toMatchObject([
			{ outcome: 'accepted', target: { callId: 'c000001', sessionId: 's000001' }, attempts: 1 },
			{ outcome: 'skipped', target: { callId: 'c000002' }, reason: { code: 'overLimit' } },
		]);
		expect(idsSentTo(byCallId)).toEqual([['c000001']]);
		expect(result.hints[0]?.message).toBe('2 calls: 1 accepted for deletion, 1 skipped.');
	});

	test.each<[string, (items: IDataObject[]) => unknown[], string]>([
		[
			'a search that finds nothing, with words that say otherwise',
			() => [{ callId: null, sessionId: null, status: 'NotFound', errorMsg: 'Database timeout' }],
			'failed',
		],
		[
			'a search that finds a call, with words that say otherwise',
			([first]) => [{ ...first, errorMsg: 'Database timeout' }],
			'failed',
		],
	])('does not believe %s', async (_, change, outcome) => {
		fillCustomer();
		garbleItems(change);
		const result = await run({
			operation,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual([outcome]);
		expect(idsSentTo(byCallId)).toEqual([]);
	});

	test('does not take the purge of another call for that of the one that was found', async () => {
		fillCustomer(1);
		sandbox.faults.add({
			when: ({ url }) => url.endsWith(byCallId),
			fault: {
				kind: 'garble',
				change: (payload) => payload.replace(/"sessionId":"[^"]*"/, '"sessionId":"another"'),
			},
		});
		const result = await run({
			operation,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{ outcome: 'unknown', reason: { code: 'notMentioned' } },
		]);
	});
});
