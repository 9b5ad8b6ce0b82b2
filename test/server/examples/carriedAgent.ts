import type { Receipt } from '../../../erasure/receipt';
import type { ExportedWorkflow, N8nApi, StoredCredential } from '../../../scripts/n8n/n8nApi';
import { Chat } from './chat';
import type { ChatModel } from './chatModel';

/**
 * Lets the agent of an example preview records, approves in the chat what it then asks for, and gives
 * the receipts that it answers.
 *
 * @param example the agent's example as a package carries it
 * @param input what the model gives its tools: a list of IDs for each field
 */
export async function deleteByAgent(
	{ api, model }: { readonly api: N8nApi; readonly model: ChatModel },
	example: ExportedWorkflow,
	credentials: readonly StoredCredential[],
	input: Readonly<Record<string, string>>,
): Promise<Receipt[]> {
	const address = 'carried-agent';
	const nodes = example.nodes.map((node) =>
		node.type.endsWith('.chatTrigger')
			? { ...node, webhookId: address, parameters: { ...node.parameters, public: true } }
			: node,
	);
	const [preview = '', deletion = ''] = nodes
		.filter(({ parameters }) => 'deletionMode' in parameters)
		.map(({ name }) => name.replaceAll(' ', '_'));
	model.play(
		() => [{ tool: preview, input }],
		([previewed = '']) => {
			const [first] = JSON.parse(previewed) as Receipt[];
			const toolParameters = { ...input, plan: first?.preview?.plan };
			return [{ tool: deletion, input: { toolParameters, hitlParameters: {} } }];
		},
	);
	const workflowId = await api.publishWorkflow({ ...example, nodes }, credentials);
	try {
		const chat = await Chat.start(api, address, 'Delete them');
		const question = await chat.question();
		await chat.press(question, 'Delete for good');
		return JSON.parse(await chat.text()) as Receipt[];
	} finally {
		await api.deleteWorkflow(workflowId);
	}
}
