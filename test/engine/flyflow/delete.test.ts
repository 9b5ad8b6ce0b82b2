import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion, runNode, type RunOptions } from '../engine';
import { options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: delete`, () => {
	test('100 calls, one unknown to the vendor: 99 deleted, 1 not found', async () => {
		const ids = [...sandbox.flyflow.calls.keys()];
		ids[41] = 'call_gone';
		const parameters = { callId: '={{ $json.id }}' };
		const result = await runNode(
			options('delete', { parameters, items: ids.map((id) => ({ id })) }),
		);

		const outcomes = result.json.map(({ outcome }) => outcome);
		expect(outcomes.filter((outcome) => outcome === 'deleted')).toHaveLength(99);
		expect(outcomes[41]).toBe('notFound');
		expect(sandbox.flyflow.records().map(({ id }) => id)).toEqual(['call_42']);
	});

	test('with Retry On Fail and a 500 for one of them, no other ID is sent twice', async () => {
		const ids = [...sandbox.flyflow.calls.keys()];
		sandbox.faults.add({
			fault: { kind: 'status', status: 500 },
			times: 1,
			when: ({ url }) => url.endsWith('/call_7'),
		});
		const parameters = { callId: ids.join(',') };
		const result = await runNode(options('delete', { parameters, maxTries: 3 }));

		expect(new Set(result.json.map(({ outcome }) => outcome))).toEqual(new Set(['deleted']));
		const twice = urls().filter((url, index, all) => all.indexOf(url) !== index);
		expect(twice).toEqual(['DELETE /v1/call/call_7']);
	});

	test.each<[string, IDataObject['callId']]>([
		['by ID', { __rl: true, mode: 'id', value: 'call_1, call_2' }],
		['by an expression', { __rl: true, mode: 'id', value: '={{ ["call_1", "call_2"] }}' }],
		['in a workflow without a mode', 'call_1,call_2'],
	])('takes the Call ID %s', async (_, callId) => {
		const result = await runNode(options('delete', { parameters: { callId } }));
		expect(result.json).toMatchObject([
			{ target: { callId: 'call_1' }, outcome: 'deleted' },
			{ target: { callId: 'call_2' }, outcome: 'deleted' },
		]);
	});

	test('Recheck looks afterwards', async () => {
		const parameters = { callId: 'call_1', options: { recheck: true } };
		const result = await runNode(options('delete', { parameters }));
		expect(result.json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);
		expect(urls()).toEqual(['DELETE /v1/call/call_1', 'GET /v1/call?id=call_1']);
	});

	test('Recheck does not believe a vendor that still has the call', async () => {
		sandbox.faults.add({
			fault: { kind: 'status', status: 200, body: '{"message":"Call deleted successfully"}' },
			when: ({ method }) => method === 'DELETE',
		});
		const parameters = { callId: 'call_1', options: { recheck: true } };
		const result = await runNode(
			options('delete', { parameters, onError: 'continueRegularOutput' }),
		);
		expect(result.json).toMatchObject([{ outcome: 'unknown', reason: { code: 'stillThere' } }]);
	});

	describe('a deletion is the documented words, and nothing beside them that says otherwise', () => {
		const carryOn = { onError: 'continueRegularOutput' } as const;

		const said = 'Call deleted successfully';

		function answerInstead(status: number, body: unknown, method = 'DELETE') {
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			sandbox.faults.add({
				fault: { kind: 'status', status, body: text },
				when: (request) => request.method === method,
			});
		}

		async function deleteCall(more: IDataObject = {}) {
			const parameters = { callId: 'call_1', options: more };
			const { json } = await runNode(options('delete', { parameters, ...carryOn }));
			return json[0];
		}

		test.each<[string, unknown]>([
			['an empty object', {}],
			['another message', { message: 'OK' }],
			['the deletion of something else', { message: 'Agent deleted successfully' }],
			['a message that goes on', { message: `${said}, but the recording was kept` }],
			['no message', { success: true }],
			['the call itself', { id: 'call_1' }],
			['text', said],
		])('a good status with %s is no deletion', async (_, body) => {
			answerInstead(200, body);
			expect(await deleteCall()).toMatchObject({
				deleted: false,
				outcome: 'unknown',
				reason: { code: 'notUnderstood' },
			});
			expect(sandbox.requests).toHaveLength(1);
		});

		test.each<[string, IDataObject]>([
			['an error', { error: 'Not Found' }],
			['errors', { errors: ['locked'] }],
			['no success', { success: false }],
			['not deleted', { deleted: false }],
			['a status', { status: 'failed' }],
			['a status as a number', { statusCode: 404 }],
			['a code', { code: 'CALL_LOCKED' }],
			['a warning', { warning: 'The recording was kept' }],
			['another call', { id: 'call_2' }],
			['another call in it', { call: { id: 'call_2' } }],
			['another call in its data', { data: { id: 'call_2' } }],
			['no success in its data', { data: { success: false } }],
			['an error in its data', { data: { error: 'locked' } }],
		])('the documented message with %s is a contradiction', async (_, beside) => {
			answerInstead(200, { message: said, ...beside });
			expect(await deleteCall()).toMatchObject({ deleted: false, outcome: 'unknown' });
		});

		test.each<[string, IDataObject]>([
			['nothing in its error', { error: null, errors: [] }],
			['success', { success: true, status: 'ok', code: 200 }],
			['its own ID', { id: 'call_1' }],
			['an ID of the request', { request_id: 'r-1' }],
		])('the documented message with %s is a deletion', async (_, beside) => {
			answerInstead(200, { message: said, ...beside });
			expect(await deleteCall()).toMatchObject({ deleted: true, outcome: 'deleted' });
		});

		test.each([400, 401, 403, 404, 500])(
			'the documented message with %i is a contradiction: sent once, and the run goes on',
			async (status) => {
				answerInstead(status, { message: said });
				const parameters = { callId: 'call_1,call_2' };
				const { json } = await runNode(options('delete', { parameters, ...carryOn }));
				expect(json).toMatchObject([{ outcome: 'unknown' }, { outcome: 'unknown' }]);
				expect(json[0]?.error).toMatch(/^Flyflow answered \d+, but its words contradict that/);
				expect(sandbox.requests).toHaveLength(2);
			},
		);

		test.each<[string, IDataObject]>([
			['another error', { error: 'Service Unavailable' }],
			['success', { success: true }],
			['another call', { id: 'call_2' }],
			['another call in its data', { data: { id: 'call_2' } }],
			['a deletion', { deleted: true }],
			['another status', { statusCode: 500 }],
			['a good status', { status: 'ok' }],
			['other details', { details: 'The database did not answer' }],
			['errors', { errors: [{ message: 'Upstream timeout' }] }],
		])('"Call not found" with %s is no documented "not there"', async (_, beside) => {
			answerInstead(404, { error: 'Not Found', message: 'Call not found', ...beside });
			expect(await deleteCall()).toMatchObject({ outcome: 'unknown' });
		});

		test.each<[string, IDataObject]>([
			['its status', { statusCode: 404, status: 'error' }],
			['its code', { code: 'CALL_NOT_FOUND', success: false, details: null }],
			['its own ID', { id: 'call_1' }],
		])('"Call not found" with %s is the documented "not there"', async (_, beside) => {
			answerInstead(404, { error: 'Not Found', message: 'Call not found', ...beside });
			expect(await deleteCall()).toMatchObject({ outcome: 'notFound' });
		});

		test.each<[string, (call: IDataObject) => unknown]>([
			['as it is', (call) => call],
			['in a `call`', (call) => ({ call })],
			['in capitals', (call) => ({ ...call, id: 'CALL_1' })],
		])('Recheck sees a call that is still there, %s', async (_, change) => {
			answerInstead(200, { message: said });
			sandbox.faults.add({
				fault: {
					kind: 'garble',
					change: (text) => JSON.stringify(change(JSON.parse(text) as IDataObject)),
				},
				when: ({ method }) => method === 'GET',
			});
			expect(await deleteCall({ recheck: true })).toMatchObject({
				outcome: 'unknown',
				seen: true,
				reason: { code: 'stillThere' },
			});
		});

		test('Recheck sees a call whose ID is a number', async () => {
			answerInstead(200, { message: said });
			answerInstead(200, { id: 10 }, 'GET');
			const parameters = { callId: '10', options: { recheck: true } };
			const { json } = await runNode(options('delete', { parameters, ...carryOn }));
			expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'stillThere' } }]);
		});

		test('replies that are lost, and a look that finds nothing: not found, with a reason', async () => {
			sandbox.faults.add({
				fault: { kind: 'resetAfter' },
				when: ({ method }) => method === 'DELETE',
			});
			expect(await deleteCall({ recheck: true })).toMatchObject({
				deleted: false,
				outcome: 'notFound',
				evidence: 'rechecked',
				reason: { code: 'goneAtLook' },
			});
		});
	});

	describe('a test run in the editor', () => {
		const inEditor = (parameters: IDataObject, changes: Partial<RunOptions> = {}) =>
			options('delete', { mode: 'manual', parameters, ...changes });

		afterEach(() => {
			jest.restoreAllMocks();
		});

		test('says nothing in the console while it is quick', async () => {
			const { said } = await runNode(inEditor({ callId: 'call_1', deletionMode: 'delete' }));
			expect(said).toEqual([]);
		});

		test('says how far it is when it takes longer, and in the end what came of it', async () => {
			const { now } = Date;
			let passed = 0;
			jest.spyOn(Date, 'now').mockImplementation(() => now() + (passed += 6000));
			const preview = await runNode(inEditor({ callId: 'call_1' }));
			expect(preview.said).toEqual([
				expect.stringMatching(/^Previewed 1 of 1 calls in /),
				expect.stringMatching(/^Preview: nothing was deleted\. /),
			]);
			const rechecked = await runNode(
				inEditor({ callId: 'call_1', deletionMode: 'delete', options: { recheck: true } }),
			);
			expect(rechecked.said).toEqual([
				expect.stringMatching(/^Settled 1 of 1 calls in /),
				expect.stringMatching(/^Rechecked 1 of 1 calls in /),
				expect.stringMatching(/^1 call: 1 deleted\. /),
			]);
		});

		test('says what was done until it was cancelled', async () => {
			sandbox.latency = 50;
			const { said } = await runNode(
				inEditor(
					{ callId: [...sandbox.flyflow.calls.keys()].join(','), deletionMode: 'delete' },
					{
						onError: 'continueRegularOutput',
						maxTries: 3,
						onStart: (cancel) => setTimeout(cancel, 200),
					},
				),
			);
			await new Promise((resolve) => setTimeout(resolve, 2 * sandbox.latency));
			expect(said).toEqual([expect.stringMatching(/^Cancelled\. 100 calls: .*\d+ skipped\. /)]);
		});
	});
});
