import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import type { Receipt } from '../../../erasure/receipt';
import type { StoredCredential } from '../../../scripts/n8n/n8nApi';
import { exampleWorkflow, type Stage } from '../n8n';
import { ChatModel } from './chatModel';
import { changes, nodeOf, withExample, type Example } from './published';

const example = 'agent-tool';

const tool = 'Preview deletions at Flyflow';

export function testAgentTool(stage: () => Stage): void {
	let model: ChatModel;
	let openAi: StoredCredential;
	beforeAll(async () => {
		model = await ChatModel.start();
		const account = { apiKey: 'stand-in', url: model.address };
		openAi = await stage().n8n.api.createCredential('openAiApi', account);
	});
	afterAll(async () => await model?.stop());
	beforeEach(() => {
		stage().sandbox.forget();
		stage().sandbox.flyflow.fill(30);
		model.requests.length = 0;
	});

	/** Asks in a public chat, which is how an agent runs in production. */
	const ask = async (toolArguments: object, change: (copy: Example) => void = () => undefined) => {
		model.toolArguments = toolArguments;
		let output = '';
		const openToAll = (copy: Example) => {
			Object.assign(nodeOf(copy, 'Chat').parameters, { public: true, mode: 'webhook' });
			change(copy);
		};
		const chat = exampleWorkflow(example).nodes.find(({ name }) => name === 'Chat');
		const { webhookId } = chat as unknown as { webhookId: string };
		const work = async () => {
			const message = {
				action: 'sendMessage',
				sessionId: 'one',
				chatInput: 'Delete call_1, call_2',
			};
			({ output } = await stage().n8n.api.callWebhook<{ output: string }>(
				`${webhookId}/chat`,
				message,
			));
		};
		await withExample(stage(), example, work, openToAll, [openAi]);
		return output;
	};
	const outcomesIn = (output: string) =>
		(JSON.parse(output) as Receipt[]).map(({ target, outcome }) => [target.callId, outcome]);

	test('previews for the agent, in production as well, and changes nothing', async () => {
		const output = await ask({ callIds: 'call_1,call_unknown' });

		expect(outcomesIn(output)).toEqual([
			['call_1', 'preview'],
			['call_unknown', 'preview'],
		]);
		const requests = stage().sandbox.requests.map(({ method, url }) => `${method} ${url}`);
		expect(requests).toEqual(['GET /v1/call?id=call_1', 'GET /v1/call?id=call_unknown']);
		expect(stage().sandbox.flyflow.records()).toHaveLength(30);
	});

	test('offers the agent the IDs and nothing else to choose', async () => {
		const output = await ask({ callIds: 'call_1', deletionMode: 'delete', options: {} });

		const [request] = model.requests;
		expect(request?.tools?.map(({ function: { name } }) => name)).toEqual([
			'Preview_deletions_at_Flyflow',
		]);
		const choices = request?.tools?.[0]?.function.parameters.properties ?? {};
		expect(Object.keys(choices)).toEqual(['callIds']);
		expect(changes(stage())).toEqual([]);
		// n8n may turn such a call down or leave out what it did not offer.
		expect(output).not.toContain('"deleted":true');
	});

	test('shows the model no phone number and no transcript', async () => {
		await ask({ callIds: 'call_1' });

		const seen = JSON.stringify(model.requests);
		expect(seen).toContain('call_1');
		const { to, transcript } = stage().sandbox.flyflow.calls.get('call_1')!;
		expect(seen).not.toContain(to.slice(-7));
		expect(seen).not.toContain(transcript[1]?.text);
	});

	test('sends nothing for more IDs than its limit', async () => {
		const ids = Array.from({ length: 21 }, (_, index) => `call_${index + 1}`);
		const output = await ask({ callIds: ids.join(',') });

		expect(output).toContain('There are 21 calls to delete, and Maximum Targets allows 20');
		expect(stage().sandbox.requests).toEqual([]);
	});

	test.each(['auto', undefined])('previews with Deletion Mode %p too', async (deletionMode) => {
		const output = await ask({ callIds: 'call_1' }, (copy) => {
			nodeOf(copy, tool).parameters.deletionMode = deletionMode;
		});

		expect(outcomesIn(output)).toEqual([['call_1', 'preview']]);
		expect(changes(stage())).toEqual([]);
	});

	test('lets the agent delete only where the user chose that for the tool', async () => {
		const output = await ask({ callIds: 'call_1' }, (copy) => {
			nodeOf(copy, tool).parameters.deletionMode = 'delete';
		});

		expect(outcomesIn(output)).toEqual([['call_1', 'deleted']]);
		expect(changes(stage())).toEqual(['flyflow DELETE /v1/call/call_1']);
	});
}
