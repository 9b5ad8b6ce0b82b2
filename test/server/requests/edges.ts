/* eslint max-lines: "off" -- one webhook, called in ways that nobody means */
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { StoredCredential } from '../../../scripts/n8n/n8nApi';
import { otherSecret, ownBody, secret } from '../../unit/requests/senders';
import type { Stage } from '../n8n';
import {
	call,
	hungUp,
	listenForCallbacks,
	signed,
	type Call,
	type Called,
	type Callbacks,
} from './sender';
import { intakeWorkflow } from './workflow';

/** Nobody's records: whatever gets through by mistake shows in what a vendor was asked. */
const request = { records: { flyflow: ['never_there'] } };

const asText = (data: object = request) => JSON.stringify(ownBody(data));

/** A request of exactly this many bytes. */
function ofSize(bytes: number): string {
	const body = JSON.stringify({ ...ownBody(request), padding: '' });
	return `${body.slice(0, -2)}${'x'.repeat(bytes - body.length)}"}`;
}

const mebibytes16 = 16 * 1024 * 1024;

interface Sending extends Pick<Call, 'method' | 'chunked'> {
	readonly type?: string;
	/** How the body is packed, and what says so. */
	readonly packed?: readonly [encoding: string, pack: (body: string) => Buffer];
}

/** What a webhook in a real n8n does with calls that are signed well and are odd otherwise. */
export function testRequestEdges(stageOf: () => Stage): void {
	let callbacks: Callbacks;
	let workflowId: string;
	let credentials: StoredCredential[];

	const api = () => stageOf().n8n.api;
	const address = (webhookId = 'edges') => api().webhookUrl(`${webhookId}/requests`);
	const workflowAt = (webhookId: string) =>
		intakeWorkflow({
			webhookId,
			protocol: 'standardWebhooks',
			answer: 'afterStoring',
			allowedHosts: callbacks.host,
		});
	const executions = async (id = workflowId) => (await api().finishedExecutions(id)).length;

	beforeAll(async () => {
		callbacks = await listenForCallbacks();
		credentials = [
			stageOf().flyflow,
			await api().createCredential('erasureRequestSecretApi', { sender: 'shop', secret }),
		];
		workflowId = await api().publishWorkflow(workflowAt('edges'), credentials);
	}, 60_000);
	afterAll(async () => await callbacks?.stop());

	const send = async (body: string, { type, packed, ...how }: Sending = {}, to = address()) => {
		const [encoding, pack] = packed ?? [];
		const packing = encoding === undefined ? [] : ['content-encoding', encoding];
		const rawHeaders = [...signed(body, type === undefined ? {} : { type }), ...packing];
		return await call(to, { ...how, rawHeaders, body: pack?.(body) ?? body });
	};

	describe('A body', () => {
		const ours = /^\{"error":\{"code":4\d\d,"message":"[^"]+(\\"[^"]+)*"\}\}$/;
		const n8ns = /^\{"code":\d+,"message":"/;
		const json = 'application/json';
		const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
		const refused: ReadonlyArray<
			readonly [name: string, body: string, status: number, by: RegExp, how?: Sending]
		> = [
			['a byte more than is taken', ofSize(1_000_001), 413, ours],
			['the same without a length', ofSize(1_000_001), 413, ours, { chunked: true }],
			['the most that n8n takes', ofSize(mebibytes16), 413, ours],
			['a byte more than that', ofSize(mebibytes16 + 1), 500, n8ns],
			['the same without a length', ofSize(mebibytes16 + 1), 500, n8ns, { chunked: true }],
			['100 MB', ofSize(100_000_000), 500, n8ns],
			['packed, 1.5 MB unpacked', ofSize(1_500_000), 413, ours, { packed: ['gzip', gzipSync] }],
			['packed, 100 MB unpacked', ofSize(100_000_000), 500, n8ns, { packed: ['gzip', gzipSync] }],
			[
				'packed twice',
				asText(),
				422,
				n8ns,
				{ packed: ['gzip, gzip', (body) => gzipSync(gzipSync(body))] },
			],
			['packed in no known way', asText(), 422, n8ns, { packed: ['br', brotliCompressSync] }],
			[
				'not packed as it says',
				asText(),
				500,
				n8ns,
				{ packed: ['gzip', (body) => Buffer.from(body)] },
			],
			[
				'packed and cut off',
				asText(),
				500,
				n8ns,
				{ packed: ['gzip', (body) => gzipSync(body).subarray(0, 60)] },
			],
			['XML', '<erasure><id>1</id></erasure>', 400, ours, { type: 'application/xml' }],
			['XML that is none', asText(), 422, n8ns, { type: 'application/xml' }],
			['text', asText(), 400, ours, { type: 'text/plain' }],
			['a form', asText(), 400, ours, { type: 'application/x-www-form-urlencoded' }],
			['a form with files', asText(), 400, n8ns, { type: 'multipart/form-data; boundary=x' }],
			['bytes', asText(), 400, ours, { type: 'application/octet-stream' }],
			['without a type', asText(), 400, ours, { type: '' }],
			['UTF-16, it says', asText(), 422, n8ns, { type: `${json}; charset=utf-16` }],
			['Latin-1, it says', asText(), 400, ours, { type: `${json}; charset=latin1` }],
			['with a byte order mark', `\ufeff${asText()}`, 400, ours],
			[
				'with a member twice',
				asText().replace('"data"', '"data":{"identities":[]},"data"'),
				400,
				ours,
			],
			['nested 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400, ours],
			['nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400, ours],
			[
				'with a prototype',
				asText().replace('"data":{', '"data":{"__proto__":{"test":true},'),
				400,
				ours,
			],
			[
				'with an ID that no number holds',
				asText().replace('"never_there"', '9007199254740993'),
				400,
				ours,
			],
			['of 10,001 records', asText({ records: { flyflow: many(10_001) } }), 413, ours],
			[
				'of 1,001 identities',
				asText({ identities: many(1001).map((value) => ({ type: 'a', value })) }),
				413,
				ours,
			],
			['of empty lists', asText({ records: { flyflow: [] }, identities: [] }), 400, ours],
		];

		test('that cannot be taken is refused in a sentence, and starts nothing', async () => {
			const before = await executions();
			stageOf().sandbox.forget();
			const answers: Array<readonly [string, number, boolean]> = [];
			for (const [name, body, , by, how] of refused) {
				const answer = await send(body, how);
				if (answer === hungUp) {
					answers.push([name, by === n8ns ? 500 : hungUp.status, true]);
					continue;
				}
				const { status, text } = answer;
				// n8n shows where it stopped: nothing of ours, and nothing of what was sent, is in it.
				const isClean = by.test(text) && !/[/\\]erasure[/\\]|ErasureRequest|never_there/.test(text);
				answers.push([name, status, isClean]);
			}
			expect(answers).toEqual(refused.map(([name, , status]) => [name, status, true]));
			expect(await executions()).toBe(before);
			expect(stageOf().sandbox.requests).toEqual([]);
		}, 120_000);

		test('of the largest size, or packed in another way, is taken whole', async () => {
			const largest = ofSize(1_000_000);
			const taken = [
				await send(largest),
				await send(largest, { chunked: true }),
				await send(largest, { packed: ['gzip', gzipSync] }),
				await send(asText(), { packed: ['deflate', deflateSync] }),
			];
			expect(taken.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
		}, 60_000);
	});

	test.each([
		['GET', 404],
		['DELETE', 404],
		['HEAD', 404],
		['PUT', 404],
		['PATCH', 404],
		['OPTIONS', 204],
		['TRACE', 500],
	] as const)('%s with a signed request is no request', async (method, status) => {
		const before = await executions();
		expect((await send(asText(), { method })).status).toBe(status);
		expect(await executions()).toBe(before);
	});

	test('a second workflow cannot take the same address from the first', async () => {
		await expect(api().publishWorkflow(workflowAt('edges'), credentials)).rejects.toThrow(
			/n8n answered 409 .*There is a conflict with one of the webhooks/,
		);
		expect((await send(asText())).status).toBe(202);
	}, 60_000);

	test('while a workflow is not published its senders are turned away, and nothing is forgotten', async () => {
		const { id, versionId } = await api().importWorkflow(workflowAt('on-and-off'), credentials);
		const publish = async () => await api().publishVersion(id, versionId);
		const body = asText({ requestId: 'on-and-off', ...request });
		const repeat = async () => await send(body, {}, address('on-and-off'));
		await publish();
		await publish();
		const first = await repeat();
		expect(first.status).toBe(202);
		expect(await executions(id)).toBe(1);

		await api().unpublishWorkflow(id);
		for (let tries = 0; (await repeat()).status !== 404; tries++) {
			if (tries === 50) throw new Error('The webhook is still there');
			await sleep(100);
		}
		expect((await call(statusUrlOf(first), { method: 'GET' })).status).toBe(404);

		await publish();
		const again = await repeat();
		expect(again.status).toBe(200);
		expect(statusUrlOf(again)).toBe(statusUrlOf(first));
		expect((await call(statusUrlOf(first), { method: 'GET' })).status).toBe(200);
	}, 60_000);

	test('Listen for test event takes one request that is authentic, as a trial', async () => {
		const test = api().testWebhookUrl('edges/requests');
		const body = asText({ requestId: 'in-the-editor', ...request });
		expect(await api().runManually(workflowId, 'Erasure Request Trigger')).toBeUndefined();
		const rawHeaders = signed(body, { by: otherSecret });
		expect((await call(test, { rawHeaders, body })).status).toBe(401);
		expect((await send(body, {}, test)).status).toBe(202);
		const [latest] = await api().finishedExecutions(workflowId);
		expect(latest?.mode).toBe('manual');
		const output = await api().executionOutput(latest?.id ?? '');
		expect(output['Erasure Request Trigger']?.[0]?.[0]).toMatchObject({
			requestId: 'in-the-editor',
			test: true,
		});
		expect((await send(body, {}, test)).status).toBe(404);
	}, 60_000);

	test('a request is known again while its secret is changed, and when that is taken back', async () => {
		const credential = await api().createCredential('erasureRequestSecretApi', {
			sender: 'shop',
			secret,
		});
		await api().publishWorkflow(workflowAt('rotating'), [stageOf().flyflow, credential]);
		const change = async (current: string, previous: string) =>
			await api().changeCredential(credential, {
				sender: 'shop',
				secret: current,
				previousSecret: previous,
			});
		/** Each with a time of its own, as in all repeats. */
		let shift = -200;
		const repeat = async (id: string, by: string, body = asText()) => {
			const rawHeaders = signed(body, { id, by, shift: (shift += 20) });
			return await call(address('rotating'), { rawHeaders, body });
		};
		const other = asText({ records: { flyflow: ['never_there_either'] } });

		const before = await repeat('before', secret);
		expect(before.status).toBe(202);
		await change(otherSecret, secret);
		const during = await repeat('during', secret);
		expect(during.status).toBe(202);
		for (const [current, previous] of [
			[otherSecret, secret],
			[secret, otherSecret],
		] as const) {
			await change(current, previous);
			for (const [id, { json }] of [
				['before', before],
				['during', during],
			] as const) {
				for (const by of [current, previous]) {
					const { requestId } = json as { requestId: string };
					expect(await repeat(id, by)).toMatchObject({ status: 200, json: { requestId } });
					expect((await repeat(id, by, other)).status).toBe(409);
				}
			}
			for (const asked of [before, during]) {
				expect((await call(statusUrlOf(asked), { method: 'GET' })).status).toBe(200);
			}
		}
	}, 60_000);
}

/** What the sender was told, by the address that it got for that. */
function statusUrlOf({ json }: Called): string {
	return (json as { statusUrl: string }).statusUrl;
}
