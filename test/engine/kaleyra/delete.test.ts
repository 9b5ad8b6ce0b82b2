import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { kaleyraFailures } from '../../../sandbox/vendors/kaleyra';
import { coreVersion } from '../engine';
import { account, apiKey, asked, outcomes, reasonOf, run, sandbox, sid } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: deleting`, () => {
	test('a draft is deleted by one request as documented', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({ ids: ['112'] });

		expect(result.json).toEqual([
			{
				deleted: true,
				outcome: 'deleted',
				evidence: 'confirmed',
				vendor: 'kaleyra',
				resource: 'flow',
				target: { flowId: '112' },
				account: expect.stringMatching(/^[0-9a-f]{16}$/),
				seal: expect.stringMatching(/^[0-9a-f]{32}$/),
				attempts: 1,
				at: expect.any(String),
			},
		]);
		expect(sandbox.kaleyra.records()).toEqual([]);
		const [request, ...others] = sandbox.requestsTo('kaleyra');
		expect(others).toEqual([]);
		expect(request).toMatchObject({
			method: 'DELETE',
			url: `/v2/${sid}/whatsapp/112`,
			body: '',
			headers: { 'api-key': apiKey, 'content-type': 'application/json' },
		});
	});

	test('an ID cannot leave its place in the path', async () => {
		await run({ ids: ['112/deprecate?x=1#y'], options: { idsAsWritten: true } });
		expect(asked()).toEqual(['DELETE /112%2Fdeprecate%3Fx%3D1%23y']);
	});

	test.each([
		['a missing flow', 'noSuchFlow', 'notFound', undefined],
		['an account without the API', 'wrongAccount', 'refused', /Ask Kaleyra support/],
		['a payload that is not correct', 'incorrectPayload', 'refused', /Incorrect payload format/],
	] as const)('%s is told by the body, in one request', async (_name, failure, outcome, words) => {
		sandbox.kaleyra.put('112');
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ ids: ['112'] });

		expect(outcomes(result)).toEqual([outcome]);
		expect(result.json[0]?.deleted).toBe(false);
		if (words !== undefined) expect(reasonOf(result).message).toMatch(words);
		expect(asked()).toEqual(['DELETE /112']);
	});

	test.each([400, 401, 403, 404])(
		'a missing flow is told by any status of a refusal: %s',
		async (status) => {
			const { body } = kaleyraFailures.noSuchFlow;
			sandbox.kaleyra.failures.set('112', { status, body });
			expect(outcomes(await run({ ids: ['112'] }))).toEqual(['notFound']);
			expect(asked()).toEqual(['DELETE /112']);
		},
	);

	test('another complaint about the flow ID is no missing flow', async () => {
		const body = {
			...kaleyraFailures.noSuchFlow.body,
			error: { flow_id: 'The flow_id is locked.' },
		};
		sandbox.kaleyra.failures.set('112', { status: 401, body });
		const result = await run({ ids: ['112'] });
		expect(outcomes(result)).toEqual(['refused']);
		expect(reasonOf(result).message).toContain('The flow_id is locked');
	});

	test('the code is read with and without its hyphen', async () => {
		const body = { ...kaleyraFailures.noSuchFlow.body, code: 'WA401' };
		sandbox.kaleyra.failures.set('112', { status: 401, body });
		expect(outcomes(await run({ ids: ['112'] }))).toEqual(['notFound']);
	});

	test('an internal error is asked again, and the flow is gone in the end', async () => {
		sandbox.kaleyra.put('112');
		const { status, body } = kaleyraFailures.internal;
		const fault = { kind: 'status', status, body: JSON.stringify(body) } as const;
		sandbox.faults.add({ fault, times: 1 });
		const result = await run({ ids: ['112'] });
		expect(result.json).toMatchObject([{ outcome: 'deleted', attempts: 2 }]);
		expect(asked()).toEqual(['DELETE /112', 'DELETE /112']);
	});

	test.each([200, 400, 401, 403, 404, 409])(
		'"try again later" with %i is asked again, and the flow is gone in the end',
		async (status) => {
			sandbox.kaleyra.put('112');
			const body = JSON.stringify(kaleyraFailures.internal.body);
			sandbox.faults.add({ fault: { kind: 'status', status, body }, times: 1 });
			const result = await run({ ids: ['112'] });
			expect(result.json).toMatchObject([{ outcome: 'deleted', attempts: 2 }]);
		},
	);

	test('"try again later" with 400 for ever is unknown, and stops no other', async () => {
		for (const id of ['112', '113']) sandbox.kaleyra.put(id);
		const body = JSON.stringify(kaleyraFailures.internal.body);
		const when = ({ url }: { url: string }) => url.endsWith('112');
		sandbox.faults.add({ fault: { kind: 'status', status: 400, body }, when });
		const result = await run({ ids: ['112', '113'] });
		expect(outcomes(result)).toEqual(['unknown', 'deleted']);
		expect(reasonOf(result)).toEqual({
			code: 'vendorError',
			message:
				'Kaleyra answered 400 and asks to try again later. Run it again, or look for the flow at Kaleyra',
		});
		expect(asked().filter((request) => request === 'DELETE /112')).toHaveLength(4);
	});

	describe.each([
		['delete', 'DRAFT', {}],
		['deprecate', 'PUBLISHED', {}],
		['delete', 'PUBLISHED', { ifPublished: 'deprecate' }],
	] as const)('%s of a flow that is %s, with the options %j', (operation, state, options) => {
		async function answered(status: number, body: IDataObject) {
			for (const id of ['112', '113']) sandbox.kaleyra.put(id, state);
			sandbox.faults.add({
				fault: { kind: 'status', status, body: JSON.stringify(body) },
				when: ({ method }) => method !== 'GET',
			});
			const result = await run({ operation, ids: ['112', '113'], options });
			return { result, sent: asked().filter((request) => !request.startsWith('GET')) };
		}

		test.each([400, 401, 404, 429, 500, 503, 202])(
			'success with %i is a contradiction: sent once, and the run goes on',
			async (status) => {
				const { result, sent } = await answered(status, { success: true });
				expect(outcomes(result)).toEqual(['unknown', 'unknown']);
				expect(reasonOf(result).code).toBe('notUnderstood');
				expect(reasonOf(result).message).toMatch(/^Kaleyra answered \d+, but its words contradict/);
				expect(sent).toHaveLength(2);
			},
		);

		test.each([
			{ ...kaleyraFailures.unauthorized.body, success: true },
			{ ...kaleyraFailures.noSuchFlow.body, success: true },
			{ ...kaleyraFailures.internal.body, success: true },
			{ success: true, message: 'The flow was not changed' },
			{ success: true, status: 'failed' },
			{ success: true, data: { error: 'The flow is published' } },
			{ success: true, data: { success: false } },
			{ success: true, flow_id: '999' },
			{ success: true, data: { id: '999' } },
		])('success with words that deny it is a contradiction: %j', async (body) => {
			const { result, sent } = await answered(200, body);
			expect(outcomes(result)).toEqual(['unknown', 'unknown']);
			expect(sent).toHaveLength(2);
		});

		test.each([200, 202, 302])('a refusal with %i is a contradiction', async (status) => {
			for (const failure of [kaleyraFailures.noSuchFlow, kaleyraFailures.unauthorized]) {
				sandbox.forget();
				const { result } = await answered(status, failure.body);
				expect(outcomes(result)).toEqual(['unknown', 'unknown']);
			}
		});

		test.each<IDataObject>([
			{ message: 'API is not available for given customer' },
			{ error: { ...kaleyraFailures.noSuchFlow.body.error, payload: 'Incorrect payload format' } },
			{ flow_id: '999' },
			{ data: { id: '999' } },
			{ status: 'ok' },
			{ deleted: true },
		])('a missing flow with words that say otherwise is a contradiction: %j', async (beside) => {
			const body = { ...kaleyraFailures.noSuchFlow.body, ...beside };
			const { result, sent } = await answered(401, body);
			expect(outcomes(result)).toEqual(['unknown', 'unknown']);
			expect(reasonOf(result).code).toBe('notUnderstood');
			expect(sent).toHaveLength(2);
		});

		test.each([400, 401, 403, 404, 422])('a missing flow counts with %i', async (status) => {
			const { result } = await answered(status, kaleyraFailures.noSuchFlow.body);
			expect(outcomes(result)).toEqual(['notFound', 'notFound']);
		});
	});

	test('Recheck sees a flow whose ID is a number', async () => {
		sandbox.kaleyra.put('112');
		const isLook = ({ method }: { method: string }) => method === 'GET';
		const change = (text: string) =>
			JSON.stringify({ ...(JSON.parse(text) as IDataObject), id: 112 });
		sandbox.faults.add({
			fault: { kind: 'status', status: 200, body: '{"success":true}' },
			when: (request) => !isLook(request),
		});
		sandbox.faults.add({ fault: { kind: 'garble', change }, when: isLook });
		const result = await run({ ids: ['112'], options: { recheck: true } });
		expect(result.json).toMatchObject([{ outcome: 'unknown', reason: { code: 'stillThere' } }]);
	});

	test.each([null, 'DRAFT', 1, [], {}])(
		'a page with %j among its flows is not understood',
		async (odd) => {
			const body = JSON.stringify({ data: [{ id: '112', status: 'DRAFT' }, odd] });
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			const parameters = {
				wabaId: '102290129340398',
				returnAll: true,
				filters: { status: 'DRAFT' },
			};
			const { json } = await run({ operation: 'getAll', parameters });
			expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
		},
	);

	test('bad credentials stop the run after one request', async () => {
		for (const id of ['112', '113', '114']) sandbox.kaleyra.put(id);
		const result = await run({
			ids: ['112', '113', '114'],
			account: account({ apiKey: 'Anot-the-key' }),
		});
		expect(outcomes(result)).toEqual(['skipped', 'skipped', 'skipped']);
		expect(reasonOf(result)).toEqual({
			code: 'badCredentials',
			message: expect.stringMatching(/SID and the API key.*Region/),
		});
		expect(asked()).toEqual(['DELETE /112']);
		expect(sandbox.kaleyra.records()).toHaveLength(3);
	});

	test.each([
		['an empty body', ''],
		['a page of something else', '<html>Sign in</html>'],
		['a success that is not one', '{"success":"true"}'],
		['a success that says false', '{"success":false}'],
		['a success that speaks of an error', '{"success":true,"code":"WA-409","error":"locked"}'],
	])('%s with 200 is unknown, and nothing is sent again', async (_name, garbled) => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({ fault: { kind: 'garble', change: () => garbled } });
		expect(outcomes(await run({ ids: ['112'] }))).toEqual(['unknown']);
		expect(asked()).toEqual(['DELETE /112']);
	});

	test('a recheck looks whether the flow is gone', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({ ids: ['112'], options: { recheck: true } });
		expect(result.json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);
		expect(asked()).toEqual(['DELETE /112', 'GET /112']);
	});

	test('a flow twice in the input is deleted once', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({ ids: ['112', '112'] });
		expect(result.json).toMatchObject([
			{ outcome: 'deleted' },
			{ outcome: 'deleted', duplicate: true },
		]);
		expect(asked()).toEqual(['DELETE /112']);
	});
});
