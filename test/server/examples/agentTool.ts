import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Receipt } from '../../../erasure/receipt';
import type { StoredCredential } from '../../../scripts/n8n/n8nApi';
import { exampleWorkflow, type Stage } from '../n8n';
import { deleteTool, previewTool, type Conversation } from './agentConversation';
import { testReview } from './agentReview';
import { Chat } from './chat';
import { ChatModel, type Turn } from './chatModel';
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
	});

	/** In a public chat, which is how an agent runs in production; at an address of its own if changed. */
	const openToAll = (copy: Example, webhookId: string) => {
		nodeOf(copy, 'Chat').parameters.public = true;
		Object.assign(nodeOf(copy, 'Chat'), { webhookId });
	};
	let workflowId: string;
	beforeAll(async () => {
		const copy = exampleWorkflow(example) as Example;
		openToAll(copy, example);
		const { n8n, credentials } = stage();
		workflowId = await n8n.api.publishWorkflow(copy, [...credentials, openAi]);
	});
	afterAll(async () => await stage().n8n.api.deleteWorkflow(workflowId));

	const converse = async ({ turns, work, change }: Conversation) => {
		model.play(...turns);
		const address = change === undefined ? example : `${example}-changed`;
		const start = async () =>
			await work(await Chat.start(stage().n8n.api, address, 'Delete call_1, call_2'));
		if (change === undefined) await start();
		else {
			const publish = (copy: Example) => {
				openToAll(copy, address);
				change(copy);
			};
			await withExample(stage(), example, start, publish, [openAi]);
		}
		return model.requests;
	};

	/** @returns what the agent says after it has called the tool that previews */
	const ask = async (input: object, change?: (copy: Example) => void) => {
		let output = '';
		const turns: Turn[] = [() => [{ tool: previewTool, input }]];
		const work = async (chat: Chat) => {
			output = await chat.text();
		};
		await converse({ turns, work, ...(change && { change }) });
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

	test('offers the agent the IDs and the plan, and nothing else to choose', async () => {
		const output = await ask({ callIds: 'call_1', deletionMode: 'delete', options: {} });

		const [request] = model.requests;
		const offered = (request?.tools ?? []).map(({ function: { name, parameters } }) => [
			name,
			JSON.parse(JSON.stringify(parameters.properties), (field, value: unknown) =>
				field === 'properties' ? Object.keys(value as object) : value,
			) as object,
		]);
		expect(Object.fromEntries(offered)).toEqual({
			[previewTool]: { callIds: expect.anything() as unknown },
			[deleteTool]: {
				toolParameters: expect.objectContaining({ properties: ['callIds', 'plan'] }) as unknown,
				hitlParameters: expect.objectContaining({ properties: [] }) as unknown,
			},
		});
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

	test('lets the agent delete without a person only where the user chose that for the tool', async () => {
		const output = await ask({ callIds: 'call_1' }, (copy) => {
			nodeOf(copy, tool).parameters.deletionMode = 'delete';
		});

		expect(outcomesIn(output)).toEqual([['call_1', 'deleted']]);
		expect(changes(stage())).toEqual(['flyflow DELETE /v1/call/call_1']);
	});

	describe('the tool that a person approves', () => testReview(stage, converse));
}
