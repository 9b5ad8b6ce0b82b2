import type { ExportedWorkflow } from '../../scripts/n8nApi';

export const webhookPath = 'erase-in-the-browser-test';

const webhook = {
	id: '5f1d9a52-6f0e-4a55-9f43-0a6a2a1c0e01',
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	position: [0, 0],
	webhookId: '5f1d9a52-6f0e-4a55-9f43-0a6a2a1c0e02',
	parameters: {
		httpMethod: 'POST',
		path: webhookPath,
		authentication: 'headerAuth',
		responseMode: 'onReceived',
		options: {},
	},
};

const flyflow = {
	id: '5f1d9a52-6f0e-4a55-9f43-0a6a2a1c0e03',
	name: 'Flyflow',
	type: 'n8n-nodes-call-erasure.flyflow',
	typeVersion: 1,
	position: [240, 0],
	onError: 'continueErrorOutput',
	parameters: {
		resource: 'call',
		operation: 'delete',
		callId: { __rl: true, mode: 'id', value: '={{ $json.body.callIds }}' },
		deletionMode: 'auto',
		options: { ifNotFound: 'fail' },
	},
};

/** Deletes the calls that a webhook is given. What is not erased leaves through the error output. */
export const erasureByWebhook: ExportedWorkflow = {
	name: 'Erase calls',
	nodes: [webhook, flyflow],
	connections: { Webhook: { main: [[{ node: 'Flyflow', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};
