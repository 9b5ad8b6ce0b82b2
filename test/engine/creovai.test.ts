import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Receipt } from '../../erasure/receipt';
import type { Fault } from '../../sandbox/faults/faults';
import type { LoggedRequest } from '../../sandbox/loggedRequest';
import { Sandbox } from '../../sandbox/sandbox';
import { coreVersion, runNode, type RunOptions, type RunResult } from './engine';

let sandbox: Sandbox;
/** Another one for each test: what a process keeps of tokens is kept by account. */
let clientSecret: string;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.creovai.fill(300);
	sandbox.creovai.purgeMs = 0;
	clientSecret = `sandbox-secret-${randomUUID()}`;
	sandbox.creovai.clientSecret = clientSecret;
});

const byCallId = '/purge/v1/calls';
const bySessionId = '/purge/v1/calls/sessions';
const byCustomer = '/purge/v1/calls/customer';
const whatIf = '/purge/v1/calls/customer?whatIf=true';
const status = '/callCapture/v1/status';

const html = { 'content-type': 'text/html' };

interface Given extends Partial<Omit<RunOptions, 'type'>> {
	operation: string;
	options?: IDataObject;
}

async function run({ operation, parameters, options, ...others }: Given): Promise<RunResult> {
	const address = sandbox.address('creovai');
	return await runNode({
		type: 'creovai',
		parameters: {
			resource: 'call',
			operation,
			callId: '={{ $json.id }}',
			sessionId: '={{ $json.id }}',
			phoneNumber: '={{ $json.phone }}',
			options: options ?? {},
			...parameters,
		},
		items: [{}],
		credentials: {
			creovaiOAuth2Api: {
				baseUrl: address,
				tokenBaseUrl: address,
				clientId: 'creovai-sandbox-user',
				clientSecret,
			},
		},
		...others,
	});
}

function requestsTo(url: string): LoggedRequest[] {
	return sandbox.requestsTo('creovai').filter((request) => request.url === url);
}

/** The IDs that requests carried, by request. */
function idsSentTo(url: string): string[][] {
	return requestsTo(url).map(({ body }) => (JSON.parse(body) as { ids: string[] }).ids);
}

function receipts(result: RunResult): Receipt[] {
	const thrown = result.error?.context?.receipts as Receipt[] | undefined;
	return thrown ?? (result.outputs.flat().map(({ json }) => json) as unknown as Receipt[]);
}

const outcomesOf = (result: RunResult) => receipts(result).map(({ outcome }) => outcome);

const callIds = (count: number) =>
	Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(6, '0')}`);
const asItems = (ids: readonly string[]) => ids.map((id) => ({ id }));

/** Has the sandbox do what was asked and change the entries of its reply. */
function garbleItems(change: (items: IDataObject[]) => unknown[], name = 'items'): void {
	sandbox.faults.add({
		when: ({ url }) => !url.includes('/Token'),
		fault: {
			kind: 'garble',
			change: (payload) => {
				const body = JSON.parse(payload) as Record<string, IDataObject[]>;
				return JSON.stringify({ [name]: change(body[name] ?? []) });
			},
		},
	});
}

describe(`Creovai on n8n-core ${coreVersion}`, () => {
	describe('purge by call ID', () => {
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
					change: (payload) =>
						JSON.stringify({ ...(JSON.parse(payload) as IDataObject), ...beside }),
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

	describe('tokens', () => {
		const operation = 'purgeByCallId';

		test('one that runs out in the middle is renewed', async () => {
			let purges = 0;
			sandbox.faults.add({
				when: ({ url }) => {
					// The second request arrives with a token that is no longer good.
					if (url.endsWith(byCallId) && ++purges === 2) sandbox.creovai.revokeTokens();
					return false;
				},
				fault: { kind: 'noAnswer' },
			});
			const result = await run({
				operation,
				items: asItems(callIds(250)),
				options: { maxConcurrency: 1 },
			});
			expect(outcomesOf(result)).toEqual(callIds(250).map(() => 'accepted'));
			expect(requestsTo('/Token')).toHaveLength(2);
			expect(requestsTo(byCallId).filter(({ status: code }) => code === 200)).toHaveLength(3);
			expect(sandbox.creovai.records()).toHaveLength(50);
		});

		test.each<[string, Fault | undefined]>([
			['by 401 with the name of what is wrong', undefined],
			['by 401 without a body', { kind: 'status', status: 401 }],
			['by 403', { kind: 'status', status: 403, body: '{"message":"no"}' }],
			['by a sign-in page', { kind: 'status', status: 200, headers: html, body: '<html>' }],
		])(
			'a secret that is turned down in the middle ends the run, what is left is skipped: %s',
			async (_, fault) => {
				let purges = 0;
				sandbox.faults.add({
					when: ({ url }) => {
						if (url.endsWith(byCallId) && ++purges === 2) {
							sandbox.creovai.revokeTokens();
							sandbox.creovai.clientSecret = 'another';
						}
						return fault !== undefined && purges > 1 && url.endsWith('/Token');
					},
					fault: fault ?? { kind: 'noAnswer' },
				});
				const result = await run({
					operation,
					items: asItems(callIds(300)),
					options: { maxConcurrency: 1 },
					onError: 'continueRegularOutput',
				});
				expect(outcomesOf(result)).toEqual([
					...callIds(100).map(() => 'accepted'),
					...callIds(200).map(() => 'skipped'),
				]);
				expect(receipts(result)[100]?.reason?.code).toBe('badCredentials');
				expect(new Set(idsSentTo(byCallId).flat()).size).toBe(200);
				expect(sandbox.creovai.records()).toHaveLength(200);
				expect(JSON.stringify(result.json)).not.toContain('sandbox-secret');
			},
		);

		test('a secret that was never good: nothing is purged, everything is skipped', async () => {
			sandbox.creovai.clientSecret = 'another';
			const result = await run({
				operation,
				items: asItems(callIds(250)),
				onError: 'continueRegularOutput',
			});
			expect(new Set(outcomesOf(result))).toEqual(new Set(['skipped']));
			expect(requestsTo(byCallId)).toHaveLength(0);
			expect(requestsTo('/Token')).toHaveLength(1);
		});

		test('a user who may not purge is refused, and is told in the vendor’s name', async () => {
			sandbox.faults.add({
				when: ({ url }) => url.endsWith(byCallId),
				fault: { kind: 'status', status: 403 },
			});
			const result = await run({ operation, items: asItems(callIds(2)) });
			expect(outcomesOf(result)).toEqual(['refused', 'refused']);
			expect(requestsTo(byCallId)).toHaveLength(1);
		});
	});

	describe('purge by session ID', () => {
		const operation = 'purgeBySessionId';
		const sessionIds = callIds(250).map((id) => id.replace('c', 's'));

		test('250 IDs take 3 requests to the address for sessions', async () => {
			sandbox.creovai.calls.delete('c000002');
			const result = await run({ operation, items: asItems(sessionIds) });
			expect(requestsTo('/Token')).toHaveLength(1);
			expect(requestsTo(byCallId)).toHaveLength(0);
			expect(idsSentTo(bySessionId).map(({ length }) => length)).toEqual([100, 100, 50]);
			expect(receipts(result).map(({ target }) => target)).toEqual(
				sessionIds.map((sessionId) =>
					sessionId === 's000002'
						? { sessionId }
						: { sessionId, callId: sessionId.replace('s', 'c') },
				),
			);
			expect(outcomesOf(result).slice(0, 3)).toEqual(['accepted', 'notFound', 'accepted']);
			expect(sandbox.creovai.records()).toHaveLength(50);
		});

		test('matches by session ID, in any order and letter case, also where the call ID is missing', async () => {
			garbleItems((items) =>
				items
					.map((item) => ({
						...item,
						callId: null,
						sessionId: (item.sessionId as string).toUpperCase(),
					}))
					.reverse(),
			);
			sandbox.creovai.errors.set('c000002', 'Locked');
			const result = await run({
				operation,
				items: asItems(['s000001', 's000002', 's000003']),
				onError: 'continueRegularOutput',
			});
			expect(outcomesOf(result)).toEqual(['accepted', 'failed', 'accepted']);
		});
	});

	describe('purge by customer', () => {
		const operation = 'purgeByCustomer';
		const phone = '444-555-9876';
		const masked = '********76';
		const notation = 'as written';

		/** Three calls of one customer: one of them without a call ID. */
		function fillCustomer(count = 3): void {
			for (let number = 1; number <= count; number++) {
				const id = `customer-${number}`;
				const withoutCallId = number === 3;
				sandbox.creovai.calls.set(id, {
					id,
					sessionId: `session-${number}`,
					phoneNumber: phone,
					withoutCallId,
				});
			}
		}

		const found = [
			{ callId: 'customer-1', sessionId: 'session-1', phoneNumber: masked, notation },
			{ callId: 'customer-2', sessionId: 'session-2', phoneNumber: masked, notation },
			{ sessionId: 'session-3', phoneNumber: masked, notation },
		];

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
				items: [{ phone: numbers }, { phone: '+15125551002, 00000' }],
			});
			expect(requestsTo(whatIf).map(({ body }) => JSON.parse(body) as unknown)).toEqual(
				[...numbers, '+15125551002', '00000'].map((phoneNumber) => ({ phoneNumber })),
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

		const searched = () =>
			sandbox
				.requestsTo('creovai')
				.filter(({ url }) => url.startsWith('/purge/v1/calls/customer'))
				.map(({ body }) => (JSON.parse(body) as { phoneNumber: string }).phoneNumber);

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

		describe('in one request', () => {
			const parameters = { purgeStrategy: 'direct' };

			test('purges as documented and gives a receipt for each call named', async () => {
				fillCustomer();
				const result = await run({
					operation,
					parameters,
					items: [{ phone }, { phone: '+15125551001' }, { phone: '99999' }],
				});
				expect(requestsTo(whatIf)).toHaveLength(0);
				expect(requestsTo(byCustomer).map(({ body }) => body)).toEqual(
					[phone, '+15125551001', '99999'].map((phoneNumber) => JSON.stringify({ phoneNumber })),
				);
				expect(receipts(result).map(({ target }) => target)).toEqual([
					...found,
					{ callId: 'c000001', sessionId: 's000001', phoneNumber: '*********01', notation },
					{ phoneNumber: '***99', notation },
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
	});

	describe('wait until purged', () => {
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

	describe('get status', () => {
		const operation = 'getStatus';

		test('gives one item for each session ID, in their order', async () => {
			const result = await run({
				operation,
				items: [{ id: 's000002,gone' }, { id: ['s000001'] }],
			});
			expect(requestsTo(status).map(({ body }) => body)).toEqual([
				'{"CallSessionIds":["s000002","gone"]}',
				'{"CallSessionIds":["s000001"]}',
			]);
			expect(result.json).toEqual([
				{ sessionId: 's000002', status: 'Complete', callId: 'c000002', durationSec: 120 },
				{ sessionId: 'gone', status: 'NotFound', callId: null, durationSec: null },
				{ sessionId: 's000001', status: 'Complete', callId: 'c000001', durationSec: 120 },
			]);
			expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 1].map((item) => ({ item })),
			);
		});

		test('reads names in capitals, as the vendor’s SDK writes them', async () => {
			sandbox.faults.add({
				when: ({ url }) => url.includes(status),
				fault: {
					kind: 'garble',
					change: (text) =>
						text.replace(
							/"([a-z])(\w+)":/g,
							(_, first: string, rest: string) => `"${first.toUpperCase()}${rest}":`,
						),
				},
			});
			const result = await run({ operation, items: [{ id: 'S000001' }] });
			expect(result.json).toEqual([
				{ sessionId: 'S000001', status: 'NotFound', callId: null, durationSec: null },
			]);
		});

		test('asks for 100 at a time', async () => {
			const ids = callIds(250).map((id) => id.replace('c', 's'));
			const result = await run({ operation, items: [{ id: ids }] });
			expect(result.json.map(({ sessionId }) => sessionId)).toEqual(ids);
			expect(requestsTo(status)).toHaveLength(3);
		});

		test('does not make up a status for a session that the answer leaves out', async () => {
			garbleItems(() => [], 'callSessions');
			const result = await run({ operation, items: [{ id: 's000001' }] });
			expect(result.error?.message).toContain('not as it documents');
		});
	});
});

async function waitFor(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
