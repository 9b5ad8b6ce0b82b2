import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { sandboxAccounts } from '../../sandbox/accounts';
import { call, listenForCallbacks, signed, type Callbacks } from '../server/requests/sender';
import { intakeWorkflow } from '../server/requests/workflow';
import { ownBody, secret, standardWebhooks } from '../unit/requests/senders';
import type { QueueStage } from './queueStage';

/** A process that takes the call, workers that run it, and one of them that answers. */
export function testRequests(stage: () => QueueStage): void {
	let callbacks: Callbacks;
	let workflowId: string;
	beforeAll(async () => {
		callbacks = await listenForCallbacks();
		const { sandbox, topology } = stage();
		const { api } = topology;
		const credentials = [
			await api.createCredential('flyflowApi', sandboxAccounts(sandbox).flyflowApi),
			await api.createCredential('erasureRequestSecretApi', { sender: 'shop', secret }),
		];
		const workflow = intakeWorkflow({
			webhookId: 'queued',
			protocol: 'standardWebhooks',
			answer: 'afterStoring',
			allowedHosts: callbacks.host,
		});
		workflowId = await api.publishWorkflow(workflow, credentials);
	}, 120_000);
	afterAll(async () => {
		await callbacks.stop();
		await stage().topology.api.deleteWorkflow(workflowId);
	});
	beforeEach(() => {
		callbacks.calls.length = 0;
	});

	const address = () => `${stage().topology.api.webhookAddress}/webhook/queued/requests`;
	const finished = async () => await stage().topology.api.finishedExecutions(workflowId, 60_000);
	const bodyOf = (requestId: string, id: string) =>
		JSON.stringify(
			ownBody({
				requestId,
				records: { flyflow: [id] },
				callback: `http://${callbacks.host}/`,
			}),
		);
	const isThere = (id: string) => stage().sandbox.flyflow.calls.has(id);

	test('a worker answers the call, erases and reports', async () => {
		const body = bodyOf('queued-1', 'call_1');
		const answer = await call(address(), { rawHeaders: signed(body), body });
		expect(answer).toMatchObject({
			status: 202,
			headers: { 'content-type': 'application/json' },
			json: { requestId: 'queued-1', status: 'pending' },
		});
		await finished();
		expect(isThere('call_1')).toBe(false);
		const [{ body: report, headers } = { body: '', headers: {} }] = callbacks.calls;
		const verifier = new standardWebhooks.Webhook(secret);
		expect(verifier.verify(report, headers as Record<string, string>)).toMatchObject({
			data: { requestId: 'queued-1', status: 'completed' },
		});
		const { statusUrl } = answer.json as { statusUrl: string };
		expect(await call(statusUrl, { method: 'GET' })).toMatchObject({
			status: 200,
			json: { status: 'completed' },
		});
	}, 120_000);

	test('the same request at two workers in one moment has one answer, and erases one record', async () => {
		stage().sandbox.forget();
		const body = bodyOf('queued-2', 'call_2');
		const rawHeaders = signed(body);
		const send = async () => await call(address(), { rawHeaders, body });
		const answers = await Promise.all([send(), send()]);
		for (const { status } of answers) expect([200, 202]).toContain(status);
		const addresses = answers.map(({ json }) => (json as { statusUrl: string }).statusUrl);
		expect(new Set(addresses).size).toBe(1);
		await finished();
		expect(isThere('call_2')).toBe(false);
		const sent = stage()
			.sandbox.requestsTo('flyflow')
			.map(({ method, url }) => `${method} ${url}`);
		expect(new Set(sent)).toEqual(new Set(['DELETE /v1/call/call_2']));
	}, 120_000);

	test('what is not authentic reaches no worker', async () => {
		const before = (await finished()).length;
		const body = bodyOf('queued-3', 'call_3');
		const changed = body.replace('call_3', 'call_4');
		const answer = await call(address(), { rawHeaders: signed(body), body: changed });
		expect(answer.status).toBe(401);
		expect((await finished()).length).toBe(before);
	}, 120_000);

	test("nothing secret is in n8n's PostgreSQL", async () => {
		const { postgres } = stage().topology;
		// A database that was given by its address is not ours to read out.
		if (postgres === undefined) return;
		const body = bodyOf('queued-to-be-found', 'call_5');
		const rawHeaders = signed(body);
		expect((await call(address(), { rawHeaders, body })).status).toBe(202);
		await finished();
		const [signature = ''] = rawHeaders.slice(-1);
		const hidden = [
			secret.slice('whsec_'.length),
			signature.slice('v1,'.length),
			'webhook-signature',
			'?request=',
			JSON.stringify(body).slice(1, -1),
		];
		const stored = await postgres.storedOf(['queued-to-be-found', ...hidden]);
		expect([...stored]).toEqual(['queued-to-be-found']);
	}, 120_000);
}
