import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import {
	byCallId,
	bySessionId,
	fillCustomer,
	found,
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

describe(`Creovai on n8n-core ${coreVersion}: purge by customer`, () => {
	const operation = 'purgeByCustomer';

	test('finds the calls and purges exactly those, by call ID or else by session ID', async () => {
		fillCustomer();
		const result = await run({ operation, items: [{ phone }] });
		expect(sandbox.requestsTo('creovai').map(({ url }) => url)).toEqual([
			'/Token',
			whatIf,
			byCallId,
			bySessionId,
		]);
		expect(requestsTo(whatIf)[0]?.body).toBe(JSON.stringify({ phoneNumber: phone }));
		expect(idsSentTo(byCallId)).toEqual([['customer-1', 'customer-2']]);
		expect(idsSentTo(bySessionId)).toEqual([['session-3']]);
		expect(outcomesOf(result)).toEqual(['accepted', 'accepted', 'accepted']);
		expect(receipts(result).map(({ target }) => target)).toEqual(found);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			found.map(() => ({ item: 0 })),
		);
		expect(sandbox.creovai.records()).toHaveLength(300);
		expect(JSON.stringify(result.json)).not.toContain('9876');
	});

	test.each(['find', 'direct'])('previews by whatIf with strategy %s', async (purgeStrategy) => {
		fillCustomer();
		const result = await run({
			operation,
			items: [{ phone }],
			parameters: { purgeStrategy },
			mode: 'manual',
		});
		expect(sandbox.requestsTo('creovai').map(({ url }) => url)).toEqual(['/Token', whatIf]);
		expect(receipts(result).map(({ target }) => target)).toEqual(found);
		expect(receipts(result)[0]).toMatchObject({
			outcome: 'preview',
			preview: { found: true, wouldBe: 'accepted', plan: expect.stringMatching(/^sha256:/) },
		});
		expect(sandbox.creovai.records()).toHaveLength(303);
	});

	test('a preview of a number without calls says that nothing would be found', async () => {
		const result = await run({ operation, items: [{ phone }], mode: 'manual' });
		expect(receipts(result)).toMatchObject([
			{
				outcome: 'preview',
				target: { phoneNumber: masked },
				preview: { found: false, wouldBe: 'notFound' },
			},
		]);
	});

	test('purges what was approved, and nothing once a call has been added', async () => {
		fillCustomer(2);
		const preview = await run({ operation, items: [{ phone }], mode: 'manual' });
		const approvedPlan = receipts(preview)[0]?.preview?.plan ?? '';
		fillCustomer(3);
		const late = await run({ operation, items: [{ phone }], options: { approvedPlan } });
		expect(outcomesOf(late)).toEqual(['skipped', 'skipped', 'skipped']);
		expect(receipts(late)[0]?.reason?.code).toBe('planChanged');

		sandbox.creovai.calls.delete('customer-3');
		const inTime = await run({ operation, items: [{ phone }], options: { approvedPlan } });
		expect(outcomesOf(inTime)).toEqual(['accepted', 'accepted']);
		expect(requestsTo(byCallId)).toHaveLength(1);
	});

	test('counts the calls found against Maximum Targets before any is purged', async () => {
		fillCustomer();
		const result = await run({ operation, items: [{ phone }], options: { maximumTargets: 2 } });
		expect(result.error?.message).toContain('There are 3 calls to delete');
		expect(receipts(result).map(({ reason }) => reason?.code)).toEqual(
			found.map(() => 'overLimit'),
		);
		expect(receipts(result).map(({ target }) => target)).toEqual(found);
		expect(requestsTo(byCallId)).toHaveLength(0);
		expect(requestsTo(bySessionId)).toHaveLength(0);
	});

	test('takes several numbers as they are given', async () => {
		const numbers = ['+15125551001', '(512) 555-1001', '5125551001'];
		const result = await run({
			operation,
			items: [{ phone: numbers }, { phone: '+15125551002, 90000' }],
		});
		expect(requestsTo(whatIf).map(({ body }) => JSON.parse(body) as unknown)).toEqual(
			[...numbers, '+15125551002', '90000'].map((phoneNumber) => ({ phoneNumber })),
		);
		expect(outcomesOf(result)).toEqual([
			'accepted',
			'notFound',
			'notFound',
			'accepted',
			'notFound',
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1].map((item) => ({ item })),
		);
		expect(receipts(result)[1]?.target).toEqual({ phoneNumber: '********01' });
	});

	test('a number with a plus is searched for as plus and digits too, and others as written alone', async () => {
		sandbox.creovai.fill(1);
		const [, ...numbers] = ['', '+1 (512) 555-1001', '(512) 555-1001', '0015125551001'];
		const result = await run({ operation, items: [{ phone: numbers }] });
		expect(searched().sort()).toEqual([...numbers, '+15125551001'].sort());
		expect(receipts(result).map(({ target }) => target)).toEqual([
			{
				...{ callId: 'c000001', sessionId: 's000001', phoneNumber: '*********01' },
				notation: 'as plus and digits',
			},
			{ phoneNumber: '********01' },
			{ phoneNumber: '***********01' },
		]);
		expect(receipts(result)[1]?.reason).toEqual({
			code: 'searchedAs',
			message: expect.stringMatching(
				/^Nothing was found under this number\. It was searched for as written\. .*Other Notations$/,
			) as unknown,
		});
	});

	test.each(['15', '151', '4', 'US'])(
		'%s is no code of a country: nothing is sent',
		async (code) => {
			const { error } = await run({
				operation,
				items: [{ phone: '+15125551001' }],
				options: { otherNotations: { notations: { nationalOf: code } } },
			});
			expect(error?.message).toContain('National Form of Country Code');
			expect(searched()).toEqual([]);
		},
	);

	test('other notations are searched for where the option names them, and the preview says which found it', async () => {
		sandbox.creovai.fill(1);
		const call = { id: 'customer-1', sessionId: 'session-1', phoneNumber: '512-555-1001' };
		sandbox.creovai.calls.set(call.id, call);
		const notations = { doubleZero: true, digitsAlone: true, nationalOf: '1' };
		const result = await run({
			operation,
			items: [{ phone: '(512) 555-1001' }, { phone: '+1 303 555 9999' }],
			options: { otherNotations: { notations } },
			parameters: { deletionMode: 'preview' },
		});
		expect(searched().slice(0, 6).sort()).toEqual(
			[
				...['(512) 555-1001', '+15125551001', '15125551001', '0015125551001'],
				...['5125551001', '512-555-1001'],
			].sort(),
		);
		expect(receipts(result).map(({ target }) => target)).toMatchObject([
			{ callId: 'c000001', notation: 'as plus and digits' },
			{ callId: 'customer-1', notation: 'in national form' },
			{},
		]);
		expect(receipts(result)[2]?.preview).toMatchObject({
			found: false,
			note: expect.stringContaining('searched for as written, as plus and digits') as unknown,
		});
		expect(sandbox.creovai.records()).toHaveLength(2);
	});
});
