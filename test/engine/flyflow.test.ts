import { setTimeout as sleep } from 'node:timers/promises';

import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	jest,
	test,
} from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { testCredential } from './credentialTest';
import { coreVersion, runNode, searchList, type RunOptions } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(100);
});

function options(operation: string, changes: Partial<RunOptions> = {}): RunOptions {
	return {
		type: 'flyflow',
		items: [{}],
		credentials: {
			flyflowApi: { apiKey: sandbox.flyflow.apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` },
		},
		...changes,
		parameters: { resource: 'call', operation, ...changes.parameters },
	};
}

const urls = () => sandbox.requests.map(({ method, url }) => `${method} ${url}`);

/** In the first try call_1 is deleted and call_2 fails; then this is done. */
function afterTheFirstTry(then: () => void) {
	let requests = 0;
	sandbox.faults.add({
		fault: { kind: 'status', status: 500 },
		times: 4,
		when: ({ url }) => {
			const isForSecond = url.endsWith('/call_2');
			if (isForSecond && ++requests === 4) then();
			return isForSecond;
		},
	});
}

describe(`Flyflow on n8n-core ${coreVersion}`, () => {
	describe('delete', () => {
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
	});

	describe('delete: a deletion is the documented words, and nothing beside them that says otherwise', () => {
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

	describe('delete: Recheck looks at whatever is not certain', () => {
		const recheck = { callId: 'call_1', options: { recheck: true } };

		/** Carried out or not, the vendor says that it broke down. */
		function breaksDown(isCarriedOut: boolean, times?: number) {
			sandbox.faults.add({
				fault: isCarriedOut
					? { kind: 'garble', status: 500, change: () => '' }
					: { kind: 'status', status: 500 },
				when: ({ method }) => method === 'DELETE',
				...(times === undefined ? {} : { times }),
			});
		}

		async function receiptOf(changes: Partial<RunOptions>) {
			const onError = 'continueRegularOutput';
			const { json } = await runNode(
				options('delete', { parameters: recheck, onError, ...changes }),
			);
			return json[0];
		}

		test('deleted, and answered 500 each time: what was never seen is not found, with a reason', async () => {
			breaksDown(true);
			expect(await receiptOf({})).toMatchObject({
				deleted: false,
				outcome: 'notFound',
				evidence: 'rechecked',
				attempts: 4,
				reason: { code: 'goneAtLook' },
			});
			expect(urls().at(-1)).toBe('GET /v1/call?id=call_1');
		});

		test('answered 500 each time, and still there: unknown, and the reason is that it was seen', async () => {
			breaksDown(false);
			expect(await receiptOf({})).toMatchObject({
				outcome: 'unknown',
				seen: true,
				attempts: 4,
				reason: { code: 'stillThere' },
			});
		});

		test('seen by the look of one try, and gone after the next without a clear answer: deleted', async () => {
			breaksDown(false, 4);
			breaksDown(true);
			expect(await receiptOf({ maxTries: 2 })).toMatchObject({
				deleted: true,
				outcome: 'deleted',
				evidence: 'rechecked',
				seen: true,
				attempts: 8,
			});
		});

		test('told to come back tomorrow: what is gone failed to be deleted by this run', async () => {
			sandbox.faults.add({
				fault: { kind: 'status', status: 429, headers: { 'retry-after': '86400' } },
				when: ({ method }) => method === 'DELETE',
			});
			expect(await receiptOf({})).toMatchObject({
				outcome: 'failed',
				seen: true,
				reason: { code: 'pushedBack' },
			});
			sandbox.flyflow.calls.delete('call_1');
			expect(await receiptOf({})).toMatchObject({
				outcome: 'notFound',
				evidence: 'rechecked',
				reason: {
					code: 'goneAtLook',
					message: 'This run did not delete it, and a later look-up did not find it',
				},
			});
		});
	});

	describe('the same calls a second time in one execution, as in a loop', () => {
		test.each<[string, Partial<RunOptions>]>([
			['after a good run', {}],
			['after a good run with tries left', { maxTries: 3 }],
			['after a run that stopped', { onError: 'stopWorkflow' }],
		])('are asked for again %s', async (_, changes) => {
			const isBad = changes.onError === 'stopWorkflow';
			if (isBad) sandbox.faults.add({ fault: { kind: 'status', status: 403 }, times: 1 });
			const parameters = { callId: 'call_1' };
			const executionId = 'a-loop';
			const first = await runNode(options('delete', { parameters, executionId, ...changes }));
			expect(first.error === undefined).toBe(!isBad);

			sandbox.flyflow.fill(100);
			const second = await runNode(options('delete', { parameters, executionId, ...changes }));
			expect(second.json).toMatchObject([{ outcome: 'deleted', attempts: 1 }]);
			expect(urls()).toHaveLength(2);
		});

		test('and every try starts afresh where n8n gives no execution ID', async () => {
			sandbox.faults.add({ fault: { kind: 'status', status: 500 } });
			const result = await runNode(
				options('delete', {
					parameters: { callId: 'call_1' },
					executionId: '',
					maxTries: 2,
					onError: 'continueRegularOutput',
				}),
			);
			expect(result.json).toMatchObject([{ outcome: 'unknown', attempts: 4 }]);
			expect(urls()).toHaveLength(8);
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

	describe('a try of Retry On Fail that cannot start', () => {
		const account = { baseUrl: '', apiKey: '' };

		/** The credentials break after the first try, in which call_1 was deleted and call_2 failed. */
		async function runAndBreak(onError: RunOptions['onError'], maxTries = 2) {
			const { apiKey } = sandbox.flyflow;
			Object.assign(account, { apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` });
			afterTheFirstTry(() => {
				account.baseUrl = 'nowhere';
			});
			const parameters = { callId: 'call_1,call_2' };
			const credentials = { flyflowApi: account };
			return await runNode(options('delete', { parameters, onError, maxTries, credentials }));
		}

		test('takes back no receipt', async () => {
			const { json } = await runAndBreak('continueRegularOutput');
			expect(json).toMatchObject([
				{ outcome: 'deleted', target: { callId: 'call_1' }, attempts: 1 },
				{ outcome: 'unknown', target: { callId: 'call_2' }, attempts: 4 },
			]);
		});

		test('does not say that nothing was sent', async () => {
			const { error } = await runAndBreak('stopWorkflow');
			expect(error?.message).toBe('Nobody can say whether 1 of 2 calls was erased');
			expect(error?.description).toContain('1 deleted, 1 unknown');
			expect(error?.context?.receipts).toMatchObject([{ deleted: true }, { deleted: false }]);
		});

		test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'lets no later try send a settled call again, under %s',
			async (onError) => {
				await runAndBreak(onError, 5);
				expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(1);
			},
		);
	});

	describe('what Retry On Fail remembers between two tries', () => {
		const parameters = { callId: 'call_1,call_2' };
		const changes = { parameters, maxTries: 2, onError: 'continueRegularOutput' } as const;

		test('is of one account: at another one all of them are deleted', async () => {
			const other = await Sandbox.start();
			try {
				other.flyflow.fill(2);
				const { apiKey } = sandbox.flyflow;
				const account = { apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` };
				afterTheFirstTry(() => {
					account.baseUrl = `${other.address('flyflow')}/v1`;
				});
				const credentials = { flyflowApi: account };
				const { json } = await runNode(options('delete', { ...changes, credentials }));

				expect(json).toMatchObject([{ outcome: 'deleted' }, { outcome: 'deleted' }]);
				expect(other.flyflow.records()).toEqual([]);
			} finally {
				await other.stop();
			}
		});

		test('is of one execution: another one asks for itself', async () => {
			let second: ReturnType<typeof runNode> | undefined;
			afterTheFirstTry(() => {
				second = runNode(options('delete', changes));
			});
			const first = await runNode(options('delete', changes));

			expect(first.json[0]).toMatchObject({ outcome: 'deleted' });
			expect((await second)?.json[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
			expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(2);
		});

		test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
			'ends with the last try: the same node in a loop asks again, under %s',
			async (onError) => {
				const refusal = { kind: 'status', status: 403 } as const;
				const isForSecond = ({ url }: { url: string }) => url.endsWith('/call_2');
				sandbox.faults.add({ fault: refusal, when: isForSecond });
				const loop = { ...changes, onError, executionId: `loop under ${onError}` };
				await runNode(options('delete', loop));
				const { json, error } = await runNode(options('delete', loop));

				const again = (error?.context?.receipts as IDataObject[] | undefined) ?? json;
				expect(again[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
				expect(urls().filter((url) => url.endsWith('/call_2'))).toHaveLength(2);
			},
		);

		test('is of one node: another one of the same execution asks for itself', async () => {
			const executionId = 'one execution with two nodes';
			const waiting = { ...changes, executionId, waitBetweenTries: 1500 };
			const run = async (nodeId: string) =>
				await runNode(options('delete', { ...waiting, nodeId }));
			let second: ReturnType<typeof runNode> | undefined;
			afterTheFirstTry(() => {
				// While the first node waits for its second try.
				second = sleep(500).then(async () => await run('second'));
			});
			const first = await run('first');

			expect(first.json[0]).toMatchObject({ outcome: 'deleted' });
			expect((await second)?.json[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
			expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(2);
		});
	});

	describe('get', () => {
		test('gives the call; the ID stands in the query here', async () => {
			const result = await runNode(options('get', { parameters: { callId: 'call_3' } }));
			expect(result.json).toMatchObject([{ id: 'call_3', duration: 120 }]);
			expect(urls()).toEqual(['GET /v1/call?id=call_3']);
		});

		test.each<[string, string]>([
			['another call', '{"id":"call_OTHER"}'],
			['an error', '{"error":"maintenance"}'],
			['an error beside the ID', '{"id":"call_1","error":"maintenance"}'],
			['the ID with other letters in capitals', '{"id":"cAll_1"}'],
			['a list', '[{"id":"call_1"}]'],
			['null', 'null'],
		])('does not take %s for the call', async (_, body) => {
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const parameters = { callId: 'call_1' };
			const { json } = await runNode(
				options('get', { parameters, onError: 'continueRegularOutput' }),
			);
			expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
		});

		test('finds the call in what it is wrapped in', async () => {
			const body = '{"call":{"id":"call_1","status":"completed"}}';
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const { json } = await runNode(options('get', { parameters: { callId: 'call_1' } }));
			expect(json).toEqual([{ id: 'call_1', status: 'completed' }]);
		});

		test('says which call does not exist', async () => {
			const result = await runNode(options('get', { parameters: { callId: 'a&b' } }));
			expect(result.error?.message).toBe('Flyflow has no call "a&b" (item 0). Check Call ID');
			expect(urls()).toEqual(['GET /v1/call?id=a%26b']);
		});

		test('carries on with the next item under Continue', async () => {
			const items = [{ id: 'nowhere' }, { id: 'call_5' }];
			const parameters = { callId: '={{ $json.id }}' };
			const changes = { parameters, items, onError: 'continueRegularOutput' } as const;
			const result = await runNode(options('get', changes));
			expect(result.json).toMatchObject([
				{ error: 'Flyflow has no call "nowhere" (item 0). Check Call ID' },
				{ id: 'call_5' },
			]);
		});
	});

	describe('get many', () => {
		test('stops at the limit', async () => {
			const result = await runNode(options('getAll', { parameters: { limit: 7 } }));
			expect(result.json).toHaveLength(7);
			expect(urls()).toEqual(['GET /v1/calls?limit=7']);
		});

		test('goes through all pages for Return All', async () => {
			sandbox.flyflow.fill(250);
			const result = await runNode(options('getAll', { parameters: { returnAll: true } }));
			expect(result.json.map(({ id }) => id)).toEqual([...sandbox.flyflow.calls.keys()]);
			expect(urls()).toEqual([
				'GET /v1/calls?limit=100',
				'GET /v1/calls?limit=100&cursor=cursor_100',
				'GET /v1/calls?limit=100&cursor=cursor_200',
			]);
		});

		test('filters, with the plus sign encoded', async () => {
			const [call] = sandbox.flyflow.records();
			const filters = { clientNumber: call?.to, agentId: call?.agent_id };
			const result = await runNode(options('getAll', { parameters: { filters } }));
			expect(result.json.map(({ id }) => id)).toEqual([call?.id]);
			expect(urls()[0]).toContain('client_number=%2B1512555');
		});

		test.each<[IDataObject, string[]]>([
			[{ clientNumber: '+15125551002' }, ['call_2']],
			[{ clientNumber: '(512) 555-1002' }, ['call_2']],
			[{ clientNumber: '+13035551002' }, []],
			[{ clientNumber: '+1 512 555 0100' }, ['call_1', 'call_2', 'call_3']],
			[{ agentId: 'agent_2' }, ['call_2']],
			[{ agentId: 'agent_2', clientNumber: '+15125551001' }, []],
		])('does not give what does not match where the vendor ignores %j', async (filters, left) => {
			const calls = sandbox.flyflow.records().slice(0, 3);
			const body = JSON.stringify({ num_items: 3, cursor: null, calls });
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const parameters = { returnAll: true, filters };
			const { json } = await runNode(options('getAll', { parameters }));
			expect(json.map(({ id }) => id)).toEqual(left);
		});

		test('gives what may match: a list need not show numbers and agents', async () => {
			const calls = [{ id: 'call_1', created_at: '2026-01-01', transcript: null }];
			const body = JSON.stringify({ num_items: 1, cursor: null, calls });
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const filters = { clientNumber: '+15125551002', agentId: 'agent_2' };
			const parameters = { returnAll: true, filters };
			const { json } = await runNode(options('getAll', { parameters }));
			expect(json).toEqual(calls);
		});

		test.each([null, 'call_1', 1, [], {}])(
			'says that a page is not understood: %j',
			async (odd) => {
				const body = JSON.stringify({ calls: [{ id: 'call_1' }, odd] });
				sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
				const parameters = { returnAll: true, filters: { agentId: 'agent_1' } };
				const { json } = await runNode(
					options('getAll', { parameters, onError: 'continueRegularOutput' }),
				);
				expect(json).toEqual([
					{ error: expect.stringContaining('not as it documents') as unknown },
				]);
			},
		);

		test('does not take an empty filter for "all calls"', async () => {
			const filters = { clientNumber: '={{ $json.nothing }}' };
			const result = await runNode(options('getAll', { parameters: { filters } }));
			expect(result.error?.message).toBe(
				'Client Number in item 0 is empty. Fill it in or remove the filter',
			);
			expect(urls()).toEqual([]);
		});

		test('does not go round in circles', async () => {
			const body = JSON.stringify({ num_items: 1, cursor: 'same', calls: [{ id: 'call_1' }] });
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const result = await runNode(options('getAll', { parameters: { returnAll: true } }));
			expect(result.error?.message).toMatch(/^Flyflow keeps giving the same page/);
			expect(urls()).toHaveLength(2);
		});

		test('waits when the vendor asks for it', async () => {
			const fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
			sandbox.faults.add({ fault, times: 1 });
			const result = await runNode(options('getAll'));
			expect(result.json).toHaveLength(50);
		});
	});

	test('lists calls for the Call ID field, without phone numbers', async () => {
		sandbox.flyflow.fill(120);
		const first = await searchList(options('get'), 'searchCalls');
		const second = await searchList(
			options('get'),
			'searchCalls',
			'',
			String(first.paginationToken),
		);

		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({
			name: 'call_1 · 2026-01-01T01:00:00.000Z · completed',
			value: 'call_1',
		});
		expect(second.results.map(({ value }) => value)).toContain('call_120');
		expect(second.paginationToken).toBeUndefined();
		expect(JSON.stringify(first)).not.toContain('+1512555');
	});

	describe('the Test of the credential', () => {
		const account = () => options('get').credentials.flyflowApi ?? {};
		const noApi =
			'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1';

		test('is good, and reads one call', async () => {
			expect(await testCredential('flyflow', 'flyflowApi', account())).toMatchObject({
				status: 'OK',
			});
			expect(urls()).toEqual(['GET /v1/calls?limit=1']);
		});

		test.each([
			['a page for people', '<html>Welcome</html>', 'text/html'],
			['another API', '{"ok":true}', 'application/json'],
		])('does not take %s for Flyflow', async (_, body, type) => {
			const headers = { 'content-type': type };
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body, headers } });
			const result = await testCredential('flyflow', 'flyflowApi', account());
			expect(result).toEqual({ status: 'Error', message: noApi });
		});

		test('does not follow a redirect', async () => {
			const headers = { location: `${sandbox.address('flyflow')}/v1/calls?limit=1` };
			sandbox.faults.add({ fault: { kind: 'status', status: 302, headers }, times: 1 });
			expect(await testCredential('flyflow', 'flyflowApi', account())).toMatchObject({
				status: 'Error',
			});
			expect(urls()).toHaveLength(1);
		});

		test('sends no key over http to another machine', async () => {
			const data = { ...account(), baseUrl: 'http://api.example.com/v1' };
			expect(await testCredential('flyflow', 'flyflowApi', data)).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^Base URL in the credentials starts with http:/) as unknown,
			});
		});
	});

	describe('credentials', () => {
		test.each([
			['ftp://files.example.com', /Base URL in the credentials is not a web address/],
			['http://api.flyflow.dev/v1', /starts with http:\/\/.*Use https:\/\//],
			['https://user:secret@api.flyflow.dev/v1', /holds a user name or password/],
			['', /is not a web address/],
		])('%s is turned down before anything is sent', async (baseUrl, message) => {
			const credentials = { flyflowApi: { apiKey: 'k', baseUrl } };
			const result = await runNode(options('delete', { parameters: { callId: 'a' }, credentials }));
			expect(result.error?.message).toMatch(message);
			expect(JSON.stringify(result.error)).not.toContain('secret');
		});
	});
});
