import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import {
	byCustomer,
	fillCustomer,
	found,
	garbleItems,
	masked,
	notation,
	outcomesOf,
	phone,
	receipts,
	requestsTo,
	run,
	sandbox,
	whatIf,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: purge by customer in one request`, () => {
	const operation = 'purgeByCustomer';

	const parameters = { purgeStrategy: 'direct' };

	test('purges as documented and gives a receipt for each call named', async () => {
		fillCustomer();
		const result = await run({
			operation,
			parameters,
			items: [{ phone }, { phone: '+15125551001' }, { phone: '99998' }],
		});
		expect(requestsTo(whatIf)).toHaveLength(0);
		expect(requestsTo(byCustomer).map(({ body }) => body)).toEqual(
			[phone, '+15125551001', '99998'].map((phoneNumber) => JSON.stringify({ phoneNumber })),
		);
		expect(receipts(result).map(({ target }) => target)).toEqual([
			...found,
			{ callId: 'c000001', sessionId: 's000001', phoneNumber: '*********01', notation },
			{ phoneNumber: '***98', notation },
		]);
		expect(outcomesOf(result)).toEqual([
			...Array.from({ length: 4 }, () => 'accepted'),
			'notFound',
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 2].map((item) => ({ item })),
		);
		expect(sandbox.creovai.records()).toHaveLength(299);
	});

	test('keeps the outcomes of the calls apart, and sends the number once whatever n8n retries', async () => {
		fillCustomer();
		sandbox.creovai.errors.set('customer-2', `Held for ${phone}`);
		garbleItems(([first, second, third]) => [
			first,
			second,
			{ ...third, status: 'Later' },
			{ callId: 'gone', sessionId: null, status: 'NotFound' },
			{ callId: null, sessionId: null, status: 'Purging' },
			{ callId: phone.replaceAll('-', ''), sessionId: null, status: 'NotFound' },
		]);
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			maxTries: 3,
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual([
			'accepted',
			'failed',
			'unknown',
			'notFound',
			'unknown',
			'notFound',
		]);
		expect(receipts(result)[4]?.target).toEqual({ phoneNumber: masked, notation });
		expect(receipts(result)[5]?.target).toEqual({ phoneNumber: masked, notation });
		expect(requestsTo(byCustomer)).toHaveLength(1);
		expect(JSON.stringify(result.json)).not.toContain('9876');
	});

	test('takes nothing for gone or on its way that an entry contradicts', async () => {
		fillCustomer();
		garbleItems(([first, second]) => [
			{ ...first, status: 'NotFound', errorMsg: 'Database timeout' },
			second,
			{ ...second, status: 'NotFound' },
		]);
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual(['unknown', 'unknown']);
	});

	test('a number of which nothing was found, with words that say otherwise, is unknown', async () => {
		garbleItems(() => [
			{ callId: null, sessionId: null, status: 'NotFound', errorMsg: 'Database timeout' },
		]);
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual(['unknown']);
	});

	test('a purge that has begun with another status is a contradiction', async () => {
		const body = JSON.stringify({ items: [{ callId: 'customer-1', status: 'Purging' }] });
		sandbox.faults.add({
			fault: { kind: 'status', status: 421, body },
			when: ({ url }) => url.endsWith(byCustomer),
		});
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{
				outcome: 'unknown',
				target: { phoneNumber: masked },
				reason: { code: 'notUnderstood' },
			},
		]);
		expect(requestsTo(byCustomer)).toHaveLength(1);
	});

	test('the same number twice is sent once and has its receipts twice', async () => {
		fillCustomer(1);
		const result = await run({ operation, parameters, items: [{ phone }, { phone }] });
		expect(requestsTo(byCustomer)).toHaveLength(1);
		expect(receipts(result).map(({ duplicate }) => duplicate)).toEqual([undefined, true]);
	});

	test.each([
		['a lost reply', { kind: 'resetAfter' }, 'unknown', 'replyLost'],
		['a gateway that gave up', { kind: 'status', status: 504 }, 'unknown', 'vendorError'],
		['a server that broke down', { kind: 'status', status: 500 }, 'unknown', 'vendorError'],
		['no JSON', { kind: 'garble', change: () => '<html>' }, 'unknown', 'notUnderstood'],
	] as const)('sends the number once after %s', async (_, fault, outcome, code) => {
		fillCustomer();
		sandbox.faults.add({ when: ({ url }) => url.includes(byCustomer), fault });
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			maxTries: 3,
			onError: 'continueRegularOutput',
		});
		expect(receipts(result)).toMatchObject([
			{ outcome, target: { phoneNumber: masked }, reason: { code } },
		]);
		expect(requestsTo(byCustomer)).toHaveLength(1);
	});

	test('waits when Creovai asks for it', async () => {
		fillCustomer();
		sandbox.faults.add({
			when: ({ url }) => url.includes(byCustomer),
			times: 1,
			fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
		});
		const result = await run({ operation, parameters, items: [{ phone }] });
		expect(outcomesOf(result)).toEqual(['accepted', 'accepted', 'accepted']);
		expect(requestsTo(byCustomer)).toHaveLength(2);
	});

	test('does not start with an approved plan, which it could not keep', async () => {
		fillCustomer();
		const result = await run({
			operation,
			parameters,
			items: [{ phone }],
			options: { approvedPlan: 'sha256:0' },
		});
		expect(result.error?.message).toContain('Purge Strategy');
		expect(sandbox.requests).toHaveLength(0);
	});
});
