/** Whether n8n's Stop is obeyed at a deletion that a worker carries out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';
import { sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import { N8nApi, type ExportedWorkflow } from '../../scripts/n8n/n8nApi';
import { QueueTopology } from '../../scripts/queueMode/queueTopology';
import { canRun, startTimeout } from './queueStage';

let sandbox: Sandbox;
let topology: QueueTopology;
let workflowId: string;

beforeAll(async () => {
	if (!canRun) return;
	sandbox = await Sandbox.start();
	topology = await QueueTopology.start({ workers: 1 });
	const { api } = topology;
	const credentials = [
		await api.createCredential('flyflowApi', sandboxAccounts(sandbox).flyflowApi),
		await api.createCredential('httpHeaderAuth', webhookKey, 'Webhook key'),
	];
	const file = join(__dirname, '..', '..', 'workflows', 'delete-at-one-vendor.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
	workflowId = await api.publishWorkflow(workflow, credentials);
}, startTimeout);
afterAll(async () => {
	await topology?.stop();
	await sandbox?.stop();
}, 120_000);

/** Has 600 calls deleted, 8 at once and half a second each, and stops that at the first. */
async function eraseAndStop(takenBy: string): Promise<{ afterStop: number; status: string }> {
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
	await sleep(8000);
	const late = sandbox.requests.filter(({ at }) => Date.parse(at) > stoppedAt + 1000);
	const [stored] = await topology.api.finishedExecutions(workflowId);
	// Nobody may still be at it when the next test begins.
	sandbox.latency = 0;
	await answer;
	return { afterStop: late.length, status: stored?.status ?? '' };
}

(canRun ? describe : describe.skip)("n8n's Stop at a deletion that a worker carries out", () => {
	test('is obeyed within a second where the main process took the request', async () => {
		const { afterStop, status } = await eraseAndStop(topology.main.address);
		expect(status).toBe('canceled');
		expect(afterStop).toBe(0);
	}, 120_000);

	// What docs/queue-mode.md warns of. Once n8n is mended this does not hold, and the warning can go.
	test('is not obeyed where a webhook processor took it, though n8n says canceled', async () => {
		const { afterStop, status } = await eraseAndStop(topology.webhook.address);
		expect(status).toBe('canceled');
		expect(afterStop).toBeGreaterThan(0);
	}, 120_000);
});
