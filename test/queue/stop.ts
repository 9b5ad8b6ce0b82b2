import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import { N8nApi, type ExportedWorkflow } from '../../scripts/n8n/n8nApi';
import type { QueueStage } from './queueStage';

/** Long enough to see that nothing is sent any more: 16 requests a second would be, in milliseconds. */
const watchedMs = 4000;

/** Whether n8n's Stop is obeyed at a deletion that a worker carries out. */
export function testStop(stage: () => QueueStage): void {
	let workflowId: string;
	beforeAll(async () => {
		const { sandbox, topology } = stage();
		const { api } = topology;
		const credentials = [
			await api.createCredential('flyflowApi', sandboxAccounts(sandbox).flyflowApi),
			await api.createCredential('httpHeaderAuth', webhookKey, 'Webhook key'),
		];
		const file = join(__dirname, '..', '..', 'workflows', 'delete-at-one-vendor.json');
		const workflow = JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
		workflowId = await api.publishWorkflow(workflow, credentials);
	}, 120_000);
	afterAll(async () => await stage().topology.api.deleteWorkflow(workflowId));

	/** Has 600 calls deleted, 8 at once and half a second each, and stops that at the first. */
	async function eraseAndStop(takenBy: string): Promise<{ afterStop: number; status: string }> {
		const { sandbox, topology } = stage();
		sandbox.forget();
		sandbox.flyflow.fill(600);
		sandbox.latency = 500;
		const callIds = sandbox.flyflow.records().map(({ id }) => id);
		const headers = { [webhookKey.name]: webhookKey.value as string };
		const caller = new N8nApi(takenBy);
		const answer = caller.callWebhook('delete-calls', { callIds }, headers).catch(() => undefined);
		while (sandbox.requests.length < 20) await sleep(20);
		const [execution] = await topology.api.runningExecutions(workflowId);
		await topology.api.stopExecution(execution!);
		const stoppedAt = Date.now();
		await sleep(watchedMs);
		const late = sandbox.requests.filter(({ at }) => Date.parse(at) > stoppedAt + 1000);
		const [stored] = await topology.api.finishedExecutions(workflowId);
		// Nobody may still be at it when the next test begins.
		sandbox.latency = 0;
		await answer;
		return { afterStop: late.length, status: stored?.status ?? '' };
	}

	test('is obeyed within a second where the main process took the request', async () => {
		const { afterStop, status } = await eraseAndStop(stage().topology.main.address);
		expect(status).toBe('canceled');
		expect(afterStop).toBe(0);
	}, 120_000);

	// What docs/queue-mode.md warns of. Once n8n is mended this does not hold, and the warning can go.
	test('is not obeyed where a webhook processor took it, though n8n says canceled', async () => {
		const { afterStop, status } = await eraseAndStop(stage().topology.webhook.address);
		expect(status).toBe('canceled');
		expect(afterStop).toBeGreaterThan(0);
	}, 120_000);
}
