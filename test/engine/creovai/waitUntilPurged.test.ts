import { describe, expect, jest, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion } from '../engine';
import {
	asItems,
	callIds,
	garbleItems,
	outcomesOf,
	receipts,
	requestsTo,
	run,
	sandbox,
	status,
	waitFor,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: wait until purged`, () => {
	const statusIds = () =>
		requestsTo(status).map(
			({ body }) => (JSON.parse(body) as { CallSessionIds: string[] }).CallSessionIds,
		);

	test('asks in batches until the sessions are gone, and then says deleted', async () => {
		sandbox.creovai.purgeMs = 700;
		sandbox.creovai.calls.delete('c000002');
		const result = await run({
			operation: 'purgeByCallId',
			items: asItems(callIds(250)),
			options: { waitUntilPurged: 30 },
		});
		expect(receipts(result)[0]).toMatchObject({
			deleted: true,
			outcome: 'deleted',
			evidence: 'rechecked',
			target: { callId: 'c000001' },
		});
		expect(receipts(result)[0]).not.toHaveProperty('vendorResponse');
		expect(outcomesOf(result).filter((outcome) => outcome === 'deleted')).toHaveLength(249);
		expect(outcomesOf(result)[1]).toBe('notFound');
		expect(statusIds()[0]).toHaveLength(100);
		expect(statusIds().flat()).not.toContain('s000002');
		// At least once while the calls were still there, and no more once they were gone.
		expect(requestsTo(status).length).toBeGreaterThan(3);
		expect(requestsTo(status).length).toBeLessThan(10);
	});

	test('says in the editor how far it is', async () => {
		const { now } = Date;
		let passed = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + (passed += 6000));
		const result = await run({
			operation: 'purgeByCallId',
			items: asItems(callIds(2)),
			options: { waitUntilPurged: 3600 },
			parameters: { deletionMode: 'delete' },
			mode: 'manual',
		});
		clock.mockRestore();
		expect(result.said).toContainEqual(expect.stringMatching(/^Seen purged 2 of 2 calls in /));
	});

	test.each(['find', 'direct'])(
		'reaches the calls of a customer with strategy %s',
		async (purgeStrategy) => {
			sandbox.creovai.purgeMs = 300;
			const result = await run({
				operation: 'purgeByCustomer',
				items: [{ phone: '+15125551001' }],
				parameters: { purgeStrategy },
				options: { waitUntilPurged: 30, includeVendorResponse: true },
			});
			expect(receipts(result)).toMatchObject([
				{
					outcome: 'deleted',
					evidence: 'rechecked',
					target: { callId: 'c000001', phoneNumber: '*********01' },
					vendorResponse: { status: 'Purging' },
				},
			]);
		},
	);

	test('leaves at accepted what is not gone in time, or has no session ID to ask by', async () => {
		sandbox.creovai.purgeMs = 60_000;
		garbleItems((items) =>
			items.map((item) => (item.callId === 'c000002' ? { ...item, sessionId: null } : item)),
		);
		const began = Date.now();
		const result = await run({
			operation: 'purgeByCallId',
			items: asItems(callIds(2)),
			options: { waitUntilPurged: 1 },
		});
		expect(outcomesOf(result)).toEqual(['accepted', 'accepted']);
		expect(Date.now() - began).toBeLessThan(5000);
		expect(requestsTo(status).length).toBeGreaterThan(0);
		expect(new Set(statusIds().flat())).toEqual(new Set(['s000001']));
	});

	test.each<[string, (payload: string) => string]>([
		['that it does not understand', () => '{}'],
		[
			'that says beside it that something went wrong',
			(payload) =>
				JSON.stringify({
					...(JSON.parse(payload) as IDataObject),
					error: 'The index is rebuilt',
				}),
		],
	])('does not take an answer %s for a deletion', async (_, change) => {
		sandbox.faults.add({
			when: ({ url }) => url.includes(status),
			fault: { kind: 'garble', change },
		});
		const result = await run({
			operation: 'purgeByCallId',
			items: asItems(['c000001']),
			options: { waitUntilPurged: 1 },
		});
		expect(outcomesOf(result)).toEqual(['accepted']);
	});

	test('asks nothing where nothing was taken on, nor in a preview', async () => {
		const options = { waitUntilPurged: 30 };
		await run({ operation: 'purgeByCallId', items: asItems(['gone']), options });
		await run({
			operation: 'purgeByCallId',
			items: asItems(['c000001']),
			options: { ...options },
			mode: 'manual',
		});
		expect(requestsTo(status)).toHaveLength(0);
	});

	test('stops at once when the execution is cancelled, and purges nothing twice', async () => {
		sandbox.creovai.purgeMs = 60_000;
		const began = Date.now();
		await run({
			operation: 'purgeByCallId',
			items: asItems(['c000001']),
			options: { waitUntilPurged: 60 },
			onStart: (cancel) => void waitFor(() => requestsTo(status).length > 0).then(cancel),
		});
		expect(Date.now() - began).toBeLessThan(5000);
		const asked = requestsTo(status).length;
		await new Promise((resolve) => setTimeout(resolve, 2500));
		expect(requestsTo(status)).toHaveLength(asked);
	});

	test('turns down a time that is no number', async () => {
		const result = await run({
			operation: 'purgeByCallId',
			items: asItems(['c000001']),
			options: { waitUntilPurged: 'long' },
		});
		expect(result.error?.message).toContain('Wait Until Purged');
		expect(sandbox.requests).toHaveLength(0);
	});
});
