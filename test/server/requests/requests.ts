/* eslint max-lines: "off" -- one webhook, called in many ways */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { StoredCredential } from '../../../scripts/n8n/n8nApi';
import {
	headerValue,
	ketchBody,
	otherHeaderValue,
	otherSecret,
	ownBody,
	secret,
	standardWebhooks,
	svix,
} from '../../unit/requests/senders';
import type { Stage } from '../n8n';
import { databaseOf } from './database';
import { sendByThePage } from './senderOfThePage';
import { call, hungUp, listenForCallbacks, signed, type Callbacks, type Called } from './sender';
import { intakeWorkflow, type IntakeOptions } from './workflow';

/** What takes requests, in a real n8n, called by the libraries that senders use. */
export function testRequests(stageOf: () => Stage): void {
	let callbacks: Callbacks;
	let credentials: StoredCredential[];
	let signedId: string;
	let headerId: string;
	let stage: Stage;

	const address = (webhookId: string) => stage.n8n.api.webhookUrl(`${webhookId}/requests`);

	const publish = async (options: Pick<IntakeOptions, 'webhookId'> & Partial<IntakeOptions>) =>
		await stage.n8n.api.publishWorkflow(
			intakeWorkflow({
				protocol: 'standardWebhooks',
				answer: 'afterStoring',
				allowedHosts: callbacks.host,
				...options,
			}),
			credentials,
		);

	beforeAll(async () => {
		stage = stageOf();
		callbacks = await listenForCallbacks();
		const { api } = stage.n8n;
		const sender = 'shop';
		credentials = [
			stage.flyflow,
			await api.createCredential('erasureRequestSecretApi', {
				sender,
				secret,
				previousSecret: otherSecret,
			}),
			await api.createCredential('erasureRequestHeaderApi', {
				sender,
				headerName: 'Authorization',
				secret: headerValue,
				previousSecret: '',
			}),
		];
		signedId = await publish({ webhookId: 'signed' });
		headerId = await publish({ webhookId: 'header', protocol: 'fixedHeader' });
	}, 60_000);
	afterAll(async () => await callbacks?.stop());
	beforeEach(() => {
		callbacks.calls.length = 0;
		callbacks.answers.length = 0;
	});

	const executions = async (id: string) => (await stage.n8n.api.finishedExecutions(id)).length;

	/** Sends a request that is signed as its sender's library signs. */
	const send = async (body: string, options: Parameters<typeof signed>[1] = {}, to = 'signed') =>
		await call(address(to), { rawHeaders: signed(body, options), body });

	const text = (data: object) => JSON.stringify(ownBody(data));
	const flyflow = (...ids: string[]) => ({ records: { flyflow: ids } });
	const isThere = (id: string) => stage.sandbox.flyflow.calls.has(id);

	/** What the sender was told, by the address that it got for that. */
	const statusUrlOf = ({ json }: Called) => (json as { statusUrl: string }).statusUrl;
	const ask = async (url: string, method = 'GET') => await call(url, { method });

	describe('A signed request', () => {
		test.each([
			['standardwebhooks', standardWebhooks, 'webhook', 'call_1'],
			['svix', svix, 'svix', 'call_2'],
		])('of %s is stored, answered, carried out and reported', async (_, library, family, id) => {
			const callback = `http://${callbacks.host}/erasures`;
			const answer = await send(text({ requestId: `r-${id}`, ...flyflow(id), callback }), {
				library,
				family,
			});

			expect(answer).toMatchObject({
				status: 202,
				json: { requestId: `r-${id}`, status: 'pending' },
			});
			await stage.n8n.api.finishedExecutions(signedId);
			expect(isThere(id)).toBe(false);
			const [report, ...others] = callbacks.calls;
			expect(others).toEqual([]);
			expect(report?.url).toBe('/erasures');
			const headers = report?.headers as Record<string, string>;
			expect(
				new standardWebhooks.Webhook(secret).verify(report?.body ?? '', headers),
			).toMatchObject({
				type: 'erasure.status',
				data: { requestId: `r-${id}`, status: 'completed', result: 'deleted' },
			});
			expect(await ask(statusUrlOf(answer))).toMatchObject({
				status: 200,
				json: { status: 'completed', result: 'deleted' },
			});
		});

		test('that comes again is answered by what is stored, and deletes nothing again', async () => {
			const body = text({ requestId: 'again', ...flyflow('call_3') });
			expect((await send(body)).status).toBe(202);
			await stage.n8n.api.finishedExecutions(signedId);
			stage.sandbox.forget();
			expect(await send(body)).toMatchObject({
				status: 200,
				json: { requestId: 'again', status: 'completed' },
			});
			await stage.n8n.api.finishedExecutions(signedId);
			expect(stage.sandbox.requests).toEqual([]);
		});

		test('with another body under the same ID is answered 409', async () => {
			expect((await send(text({ requestId: 'same', ...flyflow('call_4') }))).status).toBe(202);
			const other = await send(text({ requestId: 'same', ...flyflow('call_5') }));
			expect(other).toMatchObject({ status: 409, json: { error: { code: 409 } } });
			await stage.n8n.api.finishedExecutions(signedId);
			expect(isThere('call_5')).toBe(true);
		});

		test('that comes twice at the same moment has one key and is carried out', async () => {
			const body = text({ requestId: 'twice', ...flyflow('call_18') });
			const answers = await Promise.all([send(body, { id: 'twice' }), send(body, { id: 'twice' })]);
			for (const { status } of answers) expect([200, 202]).toContain(status);
			expect(new Set(answers.map(statusUrlOf)).size).toBe(1);
			await stage.n8n.api.finishedExecutions(signedId);
			expect(isThere('call_18')).toBe(false);
			const deletions = stage.sandbox
				.requestsTo('flyflow')
				.map(({ method, url }) => `${method} ${url}`);
			expect(new Set(deletions)).toEqual(new Set(['DELETE /v1/call/call_18']));
		});

		test('under the previous secret counts, and its repeat under the new one is the same', async () => {
			const body = text({ requestId: 'rotated', ...flyflow('call_6') });
			expect((await send(body, { by: otherSecret })).status).toBe(202);
			expect((await send(body)).status).toBe(200);
		});

		test('chunked, packed with gzip, or with 10,000 records is taken', async () => {
			const body = text({ requestId: 'chunked', ...flyflow('call_7') });
			const chunked = { rawHeaders: signed(body), body, chunked: true };
			expect((await call(address('signed'), chunked)).status).toBe(202);

			const packed = text({ requestId: 'packed', ...flyflow('call_8') });
			const rawHeaders = [...signed(packed), 'content-encoding', 'gzip'];
			const gzip = { rawHeaders, body: gzipSync(packed) };
			expect((await call(address('signed'), gzip)).status).toBe(202);

			const ids = Array.from({ length: 10_000 }, (_, index) => `never_${index}`);
			const before = await stage.n8n.api.finishedExecutions(signedId);
			const many = await send(text({ requestId: 'many', ...flyflow(...ids) }));
			expect(many.status).toBe(202);
			const [latest] = await stage.n8n.api.finishedExecutions(signedId, 120_000);
			expect(latest?.id).not.toBe(before[0]?.id);
			const output = await stage.n8n.api.executionOutput(latest?.id ?? '');
			expect(output['Erasure Request Trigger']?.[0]?.[0]?.records).toEqual({ flyflow: ids });
		}, 180_000);
	});

	test('the sender in docs/requests.md gets through', async () => {
		const stdout = await sendByThePage(address('signed'), 'by-the-page', 'call_15');
		expect(stdout).toMatch(/^202 \{/);
		await stage.n8n.api.finishedExecutions(signedId);
		expect(isThere('call_15')).toBe(false);
	});

	describe('No execution starts', () => {
		const body = text({ requestId: 'never', ...flyflow('call_9') });
		const without = (headers: string[], name: string) => {
			const at = headers.indexOf(name);
			return [...headers.slice(0, at), ...headers.slice(at + 2)];
		};
		const refusals: ReadonlyArray<
			readonly [string, () => Promise<Called> | Called, status: number, message?: RegExp]
		> = [
			[
				'one byte of the body changed',
				async () =>
					await call(address('signed'), {
						rawHeaders: signed(body),
						body: body.replace('call_9', 'call_8'),
					}),
				401,
			],
			[
				'another ID than was signed',
				async () => {
					const rawHeaders = signed(body, { id: 'msg_a' }).map((entry) =>
						entry === 'msg_a' ? 'msg_b' : entry,
					);
					return await call(address('signed'), { rawHeaders, body });
				},
				401,
			],
			['an old time', async () => await send(body, { shift: -310 }), 401],
			['a future time', async () => await send(body, { shift: 310 }), 401],
			[
				'a secret that nobody here knows',
				async () => await send(body, { by: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
				401,
			],
			...['webhook-id', 'webhook-timestamp', 'webhook-signature'].flatMap(
				(name) =>
					[
						[
							`no ${name}`,
							async () =>
								await call(address('signed'), { rawHeaders: without(signed(body), name), body }),
							401,
						],
						[
							`${name} twice`,
							async () => {
								const headers = signed(body);
								const again = headers[headers.indexOf(name) + 1] ?? '';
								const rawHeaders = [...headers, name, again];
								return await call(address('signed'), { rawHeaders, body });
							},
							401,
						],
					] as const,
			),
			['no body', async () => await call(address('signed'), { rawHeaders: signed(body) }), 401],
			['no body, signed well', async () => await send(''), 400, /^The body is empty/],
			[
				'text',
				async () => await send(body, { type: 'text/plain' }),
				400,
				/^Content-Type has to be application\/json$/,
			],
			[
				'a form',
				async () => await send('a=b', { type: 'application/x-www-form-urlencoded' }),
				400,
				/^Content-Type has to be/,
			],
			[
				'files',
				async () =>
					await send('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n', {
						type: 'multipart/form-data; boundary=x',
					}),
				401,
			],
			['another message', async () => await send('{"type":"ping"}'), 400, /^The member type has/],
			[
				'records of a vendor that is not erased at',
				async () => await send(text({ records: { verba: ['1'] } })),
				400,
				/^The member data\.records names "verba"/,
			],
			[
				'identities that are none',
				async () => await send(text({ identities: [{ shoe: 46 }] })),
				400,
				/^The member data\.identities\[0\]\.type has to be/,
			],
			[
				'1 MB',
				async () => await send(JSON.stringify({ ...ownBody(), padding: 'x'.repeat(1_000_000) })),
				413,
				/^The body is larger than 1000000 bytes/,
			],
		];

		test('for what is not authentic or not well-formed, and the sender is told', async () => {
			const before = await executions(signedId);
			for (const [name, make, status, message = /^This call does not show/] of refusals) {
				const answer = await make();
				expect([name, answer.status]).toEqual([name, status]);
				const { error } = answer.json as { error: { code: number; message: string } };
				expect(error).toEqual({ code: status, message: expect.stringMatching(message) });
			}
			expect(await executions(signedId)).toBe(before);
			expect(isThere('call_9')).toBe(true);
		}, 60_000);

		test("for 20 MB, which get n8n's own answer, if any", async () => {
			const before = await executions(signedId);
			const large = JSON.stringify({ ...ownBody(), padding: 'x'.repeat(20_000_000) });
			const answer = await send(large);
			// n8n hangs up without reading all of it, and its answer may be lost.
			expect([500, hungUp.status]).toContain(answer.status);
			expect(answer.text).not.toMatch(/ErasureRequest|xxx/);
			expect(await executions(signedId)).toBe(before);
		});

		test("for broken JSON, which gets n8n's own answer", async () => {
			const before = await executions(signedId);
			expect((await send('{"type":')).status).toBe(422);
			expect(await executions(signedId)).toBe(before);
		});

		test('for guesses of a status address', async () => {
			const before = await executions(signedId);
			const answer = await send(
				text({ requestId: 'guessed', identities: [{ type: 'a', value: 'b' }] }),
			);
			const url = statusUrlOf(answer);
			const guesses = [
				`${url}x`,
				url.slice(0, -1),
				url.replace(/\.[^.]*$/, '.x'),
				url.replace(/\?.*$/, ''),
				`${url}&request=x`,
			];
			for (const guess of guesses) {
				for (const method of ['GET', 'DELETE']) {
					expect(await ask(guess, method)).toMatchObject({
						status: 404,
						json: { error: { message: 'There is no request at this address' } },
					});
				}
			}
			expect(await executions(signedId)).toBe(before + 1);
		});

		test('in a workflow that has no node to answer, and the sender is told', async () => {
			const id = await publish({ webhookId: 'silent', answers: false });
			const answer = await send(body, {}, 'silent');
			expect(answer.status).toBe(500);
			expect(answer.text).toContain('no node that answers, so nothing was taken on');
			expect(await executions(id)).toBe(0);
		});
	});

	describe('Without a secret that can be used', () => {
		test('no workflow is published', async () => {
			const empty = await stage.n8n.api.createCredential('erasureRequestSecretApi', {
				sender: 'shop',
				secret: 'whsec_c2hvcnQ=',
			});
			const options = { webhookId: 'empty', protocol: 'standardWebhooks' } as const;
			const workflow = intakeWorkflow({
				...options,
				answer: 'atOnce',
				allowedHosts: callbacks.host,
			});
			await expect(stage.n8n.api.publishWorkflow(workflow, [stage.flyflow, empty])).rejects.toThrow(
				/Secret in the credentials holds 5 bytes, where 24 to 64 are needed/,
			);
			expect((await send(text(flyflow('call_9')), {}, 'empty')).status).toBe(404);
		}, 60_000);

		test('a workflow that is published already takes nothing any more', async () => {
			const { api } = stage.n8n;
			const emptied = await api.createCredential('erasureRequestSecretApi', {
				sender: 'shop',
				secret,
			});
			const workflow = intakeWorkflow({
				webhookId: 'emptied',
				protocol: 'standardWebhooks',
				answer: 'atOnce',
				allowedHosts: callbacks.host,
			});
			const id = await api.publishWorkflow(workflow, [stage.flyflow, emptied]);
			await api.changeCredential(emptied, { sender: 'shop', secret: '' });
			const body = text({ requestId: 'emptied', ...flyflow('call_9') });
			// An empty key is one that everybody has.
			const signedByNobody = standardWebhooksWithoutKey(body);
			for (const rawHeaders of [signed(body), signedByNobody]) {
				expect((await call(address('emptied'), { rawHeaders, body })).status).toBe(401);
			}
			expect(await executions(id)).toBe(0);
		});
	});

	describe('A sender that takes its request back', () => {
		test('in time hears so', async () => {
			const early = await send(
				text({ requestId: 'early', identities: [{ type: 'shoe_size', value: '46' }] }),
			);
			const url = statusUrlOf(early);
			expect(await ask(url)).toMatchObject({ status: 200, json: { status: 'pending' } });
			expect(await ask(url, 'DELETE')).toMatchObject({
				status: 200,
				json: { status: 'cancelled' },
			});
			expect(await ask(url)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
		});

		test('too late hears how far it is', async () => {
			const late = await send(text({ requestId: 'late', ...flyflow('call_13') }));
			await stage.n8n.api.finishedExecutions(signedId);
			expect(await ask(statusUrlOf(late), 'DELETE')).toMatchObject({
				status: 409,
				json: { status: 'completed', error: { code: 409 } },
			});
		});
	});

	describe('A callback', () => {
		const report = async (callback: string, requestId: string) => {
			const answer = await send(text({ requestId, ...flyflow('call_10'), callback }));
			expect(answer.status).toBe(202);
			const [latest] = await stage.n8n.api.finishedExecutions(signedId, 60_000);
			return latest;
		};

		test('to a host that is not listed is not called', async () => {
			const other = await listenForCallbacks();
			const latest = await report(`http://${other.host}/`, 'unlisted');
			expect(latest?.status).toBe('error');
			expect(other.calls).toEqual([]);
			await other.stop();
		});

		test('that redirects is not followed', async () => {
			const inside = await listenForCallbacks();
			callbacks.answers.push({ status: 307, headers: { location: `http://${inside.host}/` } });
			const latest = await report(`http://${callbacks.host}/`, 'redirected');
			expect(latest?.status).toBe('error');
			expect(callbacks.calls).toHaveLength(1);
			expect(inside.calls).toEqual([]);
			await inside.stop();
		});

		test('of a request with anything refused never hears that it is completed', async () => {
			const fault = { kind: 'status', status: 403, body: '', headers: {} } as const;
			stage.sandbox.faults.add({ fault, times: 1 });
			const callback = `http://${callbacks.host}/`;
			const asked = text({ requestId: 'refused', ...flyflow('call_16', 'call_17'), callback });
			expect((await send(asked)).status).toBe(202);
			await stage.n8n.api.finishedExecutions(signedId);
			expect(callbacks.calls.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
				{ data: { requestId: 'refused', status: 'action_required' } },
			]);
		});

		test('that breaks down gets the same message again, signed anew', async () => {
			callbacks.answers.push({ status: 500 }, { status: 429, headers: { 'retry-after': '1' } });
			const latest = await report(`http://${callbacks.host}/`, 'broken');
			expect(latest?.status).toBe('success');
			expect(callbacks.calls).toHaveLength(3);
			expect(new Set(callbacks.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
			expect(new Set(callbacks.calls.map(({ body }) => body)).size).toBe(1);
			for (const { body, headers } of callbacks.calls) {
				const verifier = new standardWebhooks.Webhook(secret);
				expect(verifier.verify(body, headers as Record<string, string>)).toBeDefined();
			}
		});
	});

	describe("Ketch's request", () => {
		const ketchCall = (uid: string, value = headerValue, changes = {}) => {
			const url = `http://${callbacks.host}/ketch`;
			const headers = { Authorization: 'Bearer k-secret-of-ketch' };
			const identities = [{ identitySpace: 'flyflow_call', identityValue: 'call_14' }];
			const request = ketchBody({ identities, callbacks: [{ url, headers }], ...changes });
			const body = JSON.stringify({ ...request, metadata: { uid, tenant: 'acme' } });
			const rawHeaders = ['content-type', 'application/json', 'authorization', value];
			return { rawHeaders, body };
		};

		test("is answered and reported in Ketch's words, with Ketch's own keys", async () => {
			const answer = await call(address('header'), ketchCall('uid-1'));
			expect(answer).toMatchObject({
				status: 200,
				json: {
					apiVersion: 'dsr/v1',
					kind: 'DeleteResponse',
					metadata: { uid: 'uid-1', tenant: 'acme' },
					response: { status: 'pending' },
				},
			});
			await stage.n8n.api.finishedExecutions(headerId);
			expect(isThere('call_14')).toBe(false);
			const [event, ...others] = callbacks.calls;
			expect(others).toEqual([]);
			expect(event?.headers.authorization).toBe('Bearer k-secret-of-ketch');
			expect(JSON.parse(event?.body ?? '')).toMatchObject({
				kind: 'DeleteStatusEvent',
				metadata: { uid: 'uid-1', tenant: 'acme' },
				event: { status: 'completed', reason: 'executed' },
			});
		});

		test('starts nothing without its header, with a wrong one, or with two', async () => {
			const before = await executions(headerId);
			const good = ketchCall('uid-2');
			const calls = [
				{ ...good, rawHeaders: good.rawHeaders.slice(0, 2) },
				ketchCall('uid-2', otherHeaderValue),
				{ ...good, rawHeaders: [...good.rawHeaders, 'authorization', headerValue] },
			];
			for (const one of calls) expect((await call(address('header'), one)).status).toBe(401);
			expect(await executions(headerId)).toBe(before);
		});

		test("is refused in Ketch's words", async () => {
			const answer = await call(
				address('header'),
				ketchCall('uid-3', headerValue, { identities: [] }),
			);
			expect(answer).toMatchObject({
				status: 400,
				json: { kind: 'Error', metadata: { uid: 'uid-3' }, error: { status: 'invalid' } },
			});
		});
	});

	describe('At Once', () => {
		test('the sender is answered before the workflow has run', async () => {
			const id = await publish({ webhookId: 'at-once', answer: 'atOnce' });
			const answer = await send(text({ requestId: 'quick', ...flyflow('call_11') }), {}, 'at-once');
			expect(answer).toMatchObject({
				status: 202,
				json: { requestId: 'quick', status: 'pending' },
			});
			await stage.n8n.api.finishedExecutions(id);
			expect(isThere('call_11')).toBe(false);
			expect(await ask(statusUrlOf(answer))).toMatchObject({
				status: 200,
				json: { status: 'completed' },
			});
		});
	});

	describe('The Test button', () => {
		test('says what can be said', async () => {
			const [, signing, header] = credentials as [unknown, StoredCredential, StoredCredential];
			const { api } = stage.n8n;
			expect(await api.testCredential(signing)).toEqual({
				status: 'OK',
				message: 'Two secrets count. Whether the sender has the same shows with its first request',
			});
			expect(await api.testCredential(header, { secret: 'short' })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/^Header Value in the credentials is shorter than 24/),
			});
		});
	});

	describe('After all of these', () => {
		test("nothing secret is in n8n's database", async () => {
			const body = text({ requestId: 'to-be-found', ...flyflow('call_12') });
			const rawHeaders = signed(body, { id: 'msg_to_be_found' });
			expect((await call(address('signed'), { rawHeaders, body })).status).toBe(202);
			await stage.n8n.api.finishedExecutions(signedId);
			await stage.n8n.api.finishedExecutions(headerId);
			const stored = databaseOf(stage);
			const has = (words: string) => stored.some((bytes) => bytes.includes(words));
			expect(has('to-be-found')).toBe(true);
			const [signature = ''] = rawHeaders.slice(-1);
			const hidden = [
				secret,
				secret.slice('whsec_'.length),
				otherSecret,
				headerValue,
				headerValue.slice('Bearer '.length),
				signature,
				signature.slice('v1,'.length),
				'webhook-signature',
				'?request=',
				'k-secret-of-ketch',
				'ada@example.com',
				body,
				JSON.stringify(body).slice(1, -1),
			];
			for (const words of hidden) expect([words, has(words)]).toEqual([words, false]);
		});
	});
}

/** Signed under a key without any bytes. */
function standardWebhooksWithoutKey(body: string): string[] {
	const [, , , id = '', , timestamp = ''] = signed(body);
	const mac = createHmac('sha256', '').update(`${id}.${timestamp}.${body}`).digest('base64');
	return signed(body, { id }).map((entry) => (entry.startsWith('v1,') ? `v1,${mac}` : entry));
}
