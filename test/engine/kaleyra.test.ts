import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { kaleyraFailures } from '../../sandbox/vendors/kaleyra';
import { Sandbox } from '../../sandbox/sandbox';
import { testCredential } from './credentialTest';
import {
	coreVersion,
	nodeType,
	runNode,
	searchList,
	type RunOptions,
	type RunResult,
} from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.kaleyra.fill(0);
	sandbox.kaleyra.entitled = true;
});

const sid = 'HXKALEYRASANDBOXIN';
const apiKey = 'Akaleyra-sandbox-key';

function account(changes: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
	return { region: 'other', baseUrl: sandbox.address('kaleyra'), sid, apiKey, ...changes };
}

interface Given extends Partial<Omit<RunOptions, 'items'>> {
	operation?: string;
	ids?: string[];
	options?: IDataObject;
	account?: ICredentialDataDecryptedObject;
}

async function run(given: Given): Promise<RunResult> {
	const { operation = 'delete', ids = [], options = {}, parameters, ...others } = given;
	const flowId = '={{ $json.id }}';
	return await runNode({
		type: 'kaleyra',
		parameters: { resource: 'flow', operation, flowId, options, ...parameters },
		items: ids.length === 0 ? [{}] : ids.map((id) => ({ id })),
		credentials: { kaleyraApi: given.account ?? account() },
		onError: 'continueRegularOutput',
		...others,
	});
}

/** What reached the vendor: method and path after the account's. */
function asked(): string[] {
	const account = `/v2/${sid}/whatsapp`;
	return sandbox
		.requestsTo('kaleyra')
		.map(({ method, url }) => `${method} ${url.replace(account, '')}`);
}

function outcomes({ json }: RunResult): unknown[] {
	return json.map(({ outcome }) => outcome);
}

function reasonOf({ json: [receipt] }: RunResult): { code: string; message: string } {
	return receipt?.reason as { code: string; message: string };
}

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
		await run({ ids: ['112/deprecate?x=1#y'] });
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

describe(`Kaleyra on n8n-core ${coreVersion}: published flows`, () => {
	test('are refused, with a way out', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ ids: ['112'] });
		expect(outcomes(result)).toEqual(['refused']);
		expect(reasonOf(result)).toEqual({
			code: 'refusedByVendor',
			message: expect.stringMatching(/draft.*If Published.*Deprecate Instead/),
		});
		expect(asked()).toEqual(['DELETE /112']);
	});

	const states = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;

	test('Deprecate Instead looks first, deletes drafts and deprecates what is in use', async () => {
		for (const [index, status] of states.entries()) sandbox.kaleyra.put(`11${index}`, status);
		const ids = ['110', '111', '112', '113', '114', '115'];
		const result = await run({ ids, options: { ifPublished: 'deprecate' } });

		expect(result.json).toMatchObject([
			{ outcome: 'deleted', deleted: true },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false, reason: { code: 'alreadyDeprecated' } },
			{ outcome: 'notFound', deleted: false },
		]);
		expect(result.json.map(({ target }) => target)).toEqual(ids.map((id) => ({ flowId: id })));
		const changes = asked().filter((request) => !request.startsWith('GET'));
		expect(changes.sort()).toEqual([
			'DELETE /110',
			'POST /111/deprecate',
			'POST /112/deprecate',
			'POST /113/deprecate',
		]);
		expect(asked()).toHaveLength(ids.length + changes.length);
		expect(sandbox.kaleyra.records().map(({ status }) => status)).toEqual(
			Array<string>(4).fill('DEPRECATED'),
		);
	});

	test('a flow published between look and deletion is refused and left alone', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: {
				kind: 'garble',
				change: (payload) => {
					sandbox.kaleyra.put('112', 'PUBLISHED');
					return payload;
				},
			},
			times: 1,
		});
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual(['refused']);
		expect(asked()).toEqual(['GET /112', 'DELETE /112']);
		expect(sandbox.kaleyra.records()).toMatchObject([{ status: 'PUBLISHED' }]);
	});

	test.each([
		['lost', { kind: 'resetBefore' }, 4],
		['out of order', { kind: 'status', status: 500 }, 4],
	] as const)(
		'a look that is %s changes nothing, and is failed, not unknown',
		async (_n, fault, looks) => {
			sandbox.kaleyra.put('112', 'PUBLISHED');
			sandbox.faults.add({ fault });
			const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
			expect(outcomes(result)).toEqual(['failed']);
			expect(asked()).toEqual(Array(looks).fill('GET /112'));
		},
	);

	test.each([
		['wrongAccount', 'refused'],
		['unauthorized', 'skipped'],
	] as const)('a look answered %s sends nothing else', async (failure, outcome) => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual([outcome]);
		expect(asked()).toEqual(['GET /112']);
	});

	test('a status that is not known sends nothing else', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('DRAFT', 'ARCHIVED') },
		});
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual(['failed']);
		expect(reasonOf(result).message).toContain('"ARCHIVED"');
		expect(asked()).toEqual(['GET /112']);
	});

	test('with Retry On Fail, a flow once seen is not looked at again, nor settled twice', async () => {
		sandbox.kaleyra.put('111', 'PUBLISHED');
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const isFailing = ({ method, url }: { method: string; url: string }) =>
			method === 'POST' && url.includes('/112/');
		sandbox.faults.add({ fault: { kind: 'status', status: 500 }, when: isFailing, times: 4 });
		const result = await run({
			ids: ['111', '112'],
			options: { ifPublished: 'deprecate' },
			maxTries: 2,
		});
		expect(outcomes(result)).toEqual(['deprecated', 'deprecated']);
		const count = (request: string) => asked().filter((seen) => seen === request).length;
		expect(count('GET /111')).toBe(1);
		expect(count('GET /112')).toBe(1);
		expect(count('POST /111/deprecate')).toBe(1);
		expect(count('POST /112/deprecate')).toBe(5);
	});

	test('a plan holds whatever the look finds, and not for another choice', async () => {
		sandbox.kaleyra.put('111');
		sandbox.kaleyra.put('112', 'DEPRECATED');
		sandbox.kaleyra.put('113', 'PUBLISHED');
		const ids = ['111', '112', '113', '114'];
		const planFor = async (ifPublished: string) => {
			const preview = await run({ ids, options: { ifPublished }, mode: 'manual' });
			return (preview.json[0]?.preview as { plan: string }).plan;
		};
		const [refusing, deprecating] = [await planFor('refuse'), await planFor('deprecate')];

		const deprecate = { ifPublished: 'deprecate' };
		const other = await run({ ids, options: { ...deprecate, approvedPlan: refusing } });
		expect(outcomes(other)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
		expect(reasonOf(other).code).toBe('planChanged');
		expect(asked().filter((request) => !request.startsWith('GET'))).toEqual([]);

		const approved = await run({ ids, options: { ...deprecate, approvedPlan: deprecating } });
		expect(outcomes(approved)).toEqual(['deleted', 'deprecated', 'deprecated', 'notFound']);
	});

	test('an option that holds anything else sends nothing', async () => {
		const result = await run({ ids: ['112'], options: { ifPublished: '={{ "delete" }}' } });
		expect(outcomes(result)).toEqual(['skipped']);
		expect(reasonOf(result).message).toContain('If Published');
		expect(asked()).toEqual([]);
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: previews`, () => {
	const expected = {
		refuse: ['deleted', 'refused', 'refused', 'refused', 'refused', 'notFound'],
		deprecate: ['deleted', 'deprecated', 'deprecated', 'deprecated', 'deprecated', 'notFound'],
		deprecation: ['refused', 'deprecated', 'deprecated', 'deprecated', 'refused', 'notFound'],
	};

	test.each([
		['delete', { ifPublished: 'refuse' }, expected.refuse],
		['delete', { ifPublished: 'deprecate' }, expected.deprecate],
		['deprecate', {}, expected.deprecation],
	])(
		'%s with %j looks once at each flow and changes nothing',
		async (operation, options, wouldBe) => {
			const states = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;
			for (const [index, status] of states.entries()) sandbox.kaleyra.put(`11${index}`, status);
			const before = sandbox.kaleyra.records();
			const ids = ['110', '111', '112', '113', '114', '115'];
			const result = await run({ operation, ids, options, mode: 'manual' });

			expect(outcomes(result)).toEqual(Array(6).fill('preview'));
			const previews = result.json.map(({ preview }) => preview as IDataObject);
			expect(previews.map((preview) => preview.wouldBe)).toEqual(wouldBe);
			expect(previews.map(({ found }) => found)).toEqual([true, true, true, true, true, false]);
			expect(asked().sort()).toEqual(ids.map((id) => `GET /${id}`));
			expect(sandbox.kaleyra.records()).toEqual(before);
		},
	);

	test('of a published flow names the way out', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ ids: ['112'], mode: 'manual' });
		const { note } = result.json[0]?.preview as IDataObject;
		expect(note).toMatch(/published.*If Published.*Deprecate Instead/);
	});

	test('of a flow in an unknown state claims nothing', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('"status":"DRAFT",', '') },
		});
		const result = await run({ ids: ['112'], mode: 'manual' });
		expect(result.json).toMatchObject([{ preview: { found: true, wouldBe: 'unknown' } }]);
	});

	test('a flow given in `data` is understood too; another flow than asked for is not', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => `{"code":"","data":${payload}}` },
			times: 1,
		});
		const wrapped = await run({ ids: ['112'], mode: 'manual' });
		expect(wrapped.json).toMatchObject([{ outcome: 'preview', preview: { wouldBe: 'deleted' } }]);

		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('"id":"112"', '"id":"113"') },
		});
		expect(outcomes(await run({ ids: ['112'], mode: 'manual' }))).toEqual(['failed']);
	});

	test.each(['unauthorized', 'wrongAccount'] as const)('answered %s says why', async (failure) => {
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ ids: ['112'], mode: 'manual' });
		expect(outcomes(result)).toEqual([failure === 'unauthorized' ? 'skipped' : 'refused']);
		expect(reasonOf(result).message).toMatch(failure === 'unauthorized' ? /SID/ : /support/);
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: deprecating`, () => {
	test('a published flow is deprecated by one request, and never called deleted', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ operation: 'deprecate', ids: ['112'] });
		expect(result.json).toMatchObject([
			{ deleted: false, outcome: 'deprecated', evidence: 'confirmed', target: { flowId: '112' } },
		]);
		expect(asked()).toEqual(['POST /112/deprecate']);
		expect(result.hints[0]?.message).toMatch(/^1 flow: 1 deprecated\. Took [\d.]+ s\.$/);
	});

	test('a draft is refused, with a way out', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({ operation: 'deprecate', ids: ['112'] });
		expect(outcomes(result)).toEqual(['refused']);
		expect(reasonOf(result).message).toMatch(/draft, use the operation Delete/);
		expect(sandbox.kaleyra.records()).toMatchObject([{ status: 'DRAFT' }]);
	});

	test('the message that stops the workflow speaks of deprecating', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({
			operation: 'deprecate',
			ids: ['112'],
			onError: 'stopWorkflow',
		});
		expect(result.error?.message).toBe('1 of 1 flow was not deprecated');
	});

	test('the mode says what it does', async () => {
		const { description } = await nodeType('kaleyra');
		const modes = description.properties
			.filter(({ name }) => name === 'deletionMode')
			.map(({ options }) => options?.map(({ name }) => name));
		expect(modes).toContainEqual([
			'Always Deprecate',
			'Always Preview',
			'Preview in Test Runs, Deprecate in Production',
		]);
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: reading`, () => {
	test('gets flows', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		sandbox.kaleyra.put('113');
		const result = await run({ operation: 'get', ids: ['112, 113'] });
		expect(result.json).toMatchObject([
			{ id: '112', status: 'PUBLISHED' },
			{ id: '113', status: 'DRAFT' },
		]);
	});

	test.each([
		['noSuchFlow', /^Kaleyra has no flow "112" \(item 0\)\. Check Flow ID$/],
		['unauthorized', /did not accept the SID and the API key/],
		['wrongAccount', /Ask Kaleyra support/],
	] as const)('a flow that cannot be had: %s', async (failure, words) => {
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ operation: 'get', ids: ['112'], onError: 'stopWorkflow' });
		expect(result.error?.message).toMatch(words);
		expect(asked()).toEqual(['GET /112']);
	});

	const wabaId = '102290129340398';

	test('gets many, page by page', async () => {
		sandbox.kaleyra.fill(60);
		const parameters = { wabaId, returnAll: true };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json.map(({ id }) => id)).toEqual(sandbox.kaleyra.records().map(({ id }) => id));
		expect(asked()).toEqual([
			`GET /${wabaId}/flows`,
			`GET /${wabaId}/flows?after=after_25`,
			`GET /${wabaId}/flows?after=after_50`,
		]);
	});

	test('gets as many as the limit allows, from no more pages than it takes', async () => {
		sandbox.kaleyra.fill(60);
		const result = await run({ operation: 'getAll', parameters: { wabaId, limit: 30 } });
		expect(result.json).toHaveLength(30);
		expect(asked()).toHaveLength(2);
	});

	test('gets drafts only', async () => {
		sandbox.kaleyra.fill(30);
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const parameters = { wabaId, returnAll: true, filters: { status: 'PUBLISHED' } };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json.map(({ id }) => id)).toEqual(['112']);
	});

	test('a filter that resolved to nothing is no filter for all', async () => {
		sandbox.kaleyra.fill(3);
		const parameters = { wabaId, filters: { status: '={{ $json.nothing }}' } };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json).toEqual([
			{ error: expect.stringMatching(/^Status in item 0 must be one of/) },
		]);
		expect(asked()).toEqual([]);
	});

	test('a page whose next one cannot be asked for is not taken for the last', async () => {
		sandbox.kaleyra.fill(60);
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace(/"cursors":{[^}]*},/, '') },
		});
		const result = await run({ operation: 'getAll', parameters: { wabaId, returnAll: true } });
		expect(result.json).toEqual([{ error: expect.stringMatching(/not as it documents/) }]);
	});

	test('a page that comes again ends the reading', async () => {
		sandbox.kaleyra.fill(60);
		const change = (payload: string) => payload.replace(/after_50/g, 'after_25');
		sandbox.faults.add({ fault: { kind: 'garble', change } });
		const result = await run({ operation: 'getAll', parameters: { wabaId, returnAll: true } });
		expect(result.json).toEqual([{ error: expect.stringMatching(/same page/) }]);
		expect(asked()).toHaveLength(2);
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: the list of Flow ID`, () => {
	const search = async (
		wabaId?: string,
		cursor?: string,
		changes?: ICredentialDataDecryptedObject,
	) =>
		await searchList(
			{ type: 'kaleyra', parameters: {}, items: [], credentials: { kaleyraApi: account(changes) } },
			'searchFlows',
			wabaId,
			cursor,
		);

	test('shows the flows of the WABA ID that is searched for, a page at a time', async () => {
		sandbox.kaleyra.fill(26);
		const first = await search(' 102290129340398 ');
		expect(first.results).toHaveLength(25);
		expect(first.results[0]).toEqual({
			name: 'sandbox_flow_000001 · DRAFT · 1120000000000001',
			value: '1120000000000001',
		});
		const second = await search('102290129340398', first.paginationToken);
		expect(second).toEqual({ results: [expect.objectContaining({ value: '1120000000000026' })] });
	});

	test('is empty while the ID is being typed', async () => {
		sandbox.kaleyra.fill(1);
		expect(await search('10229')).toEqual({ results: [] });
		expect(asked()).toEqual(['GET /10229/flows']);
	});

	test.each([undefined, '', '../x', 'abc'])('asks nothing for "%s"', async (text) => {
		expect(await search(text)).toEqual({ results: [] });
		expect(asked()).toEqual([]);
	});

	test('says what is wrong', async () => {
		await expect(search('10229', undefined, { apiKey: 'Awrong' })).rejects.toThrow(
			/SID and the API/,
		);
		sandbox.faults.add({ fault: { kind: 'garble', change: () => '<html>' } });
		await expect(search('102290129340398')).rejects.toThrow(/did not list its flows/);
	});

	test('an ID chosen from it is deleted', async () => {
		sandbox.kaleyra.put('112');
		const flowId = { __rl: true, mode: 'list', value: '112', cachedResultName: 'Draft · 112' };
		expect(outcomes(await run({ parameters: { flowId } }))).toEqual(['deleted']);
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: credentials`, () => {
	test.each([
		['', /SID in the credentials is empty/],
		['..', /SID in the credentials holds/],
	])('a SID of "%s" sends nothing', async (badSid, words) => {
		const result = await run({ ids: ['112'], account: account({ sid: badSid }) });
		expect(reasonOf(result).message).toMatch(words);
		expect(sandbox.requests).toEqual([]);
	});

	test.each([
		[{ apiKey: ' ' }, /API Key in the credentials is empty/],
		[{ apiKey: 'a\nb' }, /API Key in the credentials holds a character/],
		[{ region: 'moon' }, /Region in the credentials/],
		[{ baseUrl: 'http://vendor.example' }, /Base URL in the credentials starts with http/],
		[{ baseUrl: '' }, /Base URL in the credentials is not a web address/],
	])('%j sends nothing', async (changes, words) => {
		const result = await run({ ids: ['112'], account: account(changes) });
		expect(outcomes(result)).toEqual(['skipped']);
		expect(reasonOf(result).message).toMatch(words);
		expect(sandbox.requests).toEqual([]);
	});

	test('no secret comes out, whatever happens', async () => {
		sandbox.kaleyra.put('112');
		sandbox.kaleyra.put('113', 'PUBLISHED');
		sandbox.kaleyra.failures.set('114', kaleyraFailures.wrongAccount);
		sandbox.kaleyra.failures.set('115', kaleyraFailures.unauthorized);
		const ids = ['112', '113', '114', '115', '116'];
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			const result = await run({ ids, onError, options: { includeVendorResponse: true } });
			const shown = JSON.stringify([result.outputs, result.run.data, result.hints]);
			expect(shown).toContain('"112"');
			expect(shown).not.toContain(apiKey);
			expect(shown).not.toContain(sid);
		}
	});
});

describe(`Kaleyra on n8n-core ${coreVersion}: the Test button`, () => {
	const press = async (changes?: ICredentialDataDecryptedObject) =>
		await testCredential('kaleyra', 'kaleyraApi', account(changes));

	test('is green for good credentials, although the flow asked for is missing', async () => {
		expect(await press()).toEqual({ status: 'OK', message: 'Kaleyra accepts these credentials' });
		expect(asked()).toEqual(['GET /0']);
	});

	test.each([{ apiKey: 'Anot-the-key' }, { sid: 'HXANOTHER' }])('tells %j', async (changes) => {
		expect(await press(changes)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/did not accept this SID and API key/),
		});
		expect(sandbox.requests).toHaveLength(1);
	});

	test('tells an account without the API', async () => {
		sandbox.kaleyra.entitled = false;
		const { status, message } = await press();
		expect(status).toBe('Error');
		expect(message).toMatch(/Kaleyra knows this SID and API key.*support/);
	});

	test('tells a vendor that is out of order', async () => {
		sandbox.kaleyra.failures.set('0', kaleyraFailures.internal);
		expect((await press()).message).toMatch(/out of order/);
	});

	test.each([
		['a path that is not there', () => `${sandbox.address('kaleyra')}/api`],
		['another API', () => sandbox.address()],
	])('tells %s', async (_name, baseUrl) => {
		const { status, message } = await press({ baseUrl: baseUrl() });
		expect(status).toBe('Error');
		expect(message).toMatch(/not the Kaleyra API/);
	});

	test.each(['', '<html>Sign in</html>'])('tells a body that is not JSON: "%s"', async (body) => {
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		expect((await press()).message).toMatch(/not the Kaleyra API/);
	});

	test('names the field that cannot be used', async () => {
		const { status, message } = await press({ apiKey: 'a\nb' });
		expect(status).toBe('Error');
		expect(message).toMatch(/API Key in the credentials/);
		expect(sandbox.requests).toEqual([]);
	});
});
