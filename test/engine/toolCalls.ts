/**
 * Calls nodes of the package as an agent does, as its tools and several at once. The agent is stood
 * in for; the tools are n8n's own: what it makes of a node, how it calls that, and how it tries again.
 */
import type {
	EngineRequest,
	EngineResponse,
	IExecuteFunctions,
	INode,
	INodeType,
} from 'n8n-workflow';

import {
	connect,
	core,
	Credentials,
	makeAdditionalData,
	makeNode,
	makeRunData,
	nodeType,
	startNode,
	type RunOptions,
} from './engine';

export type ToolOptions = Omit<RunOptions, 'items' | 'onStart' | 'executionId' | 'nodeId'>;

export interface ToolCall {
	/** The tool's name; `tools` of callTools says which there are. */
	tool: string;
	arguments: Record<string, string>;
	/** What to wait for before the call is made; only where all are made at once. */
	after?: Promise<unknown>;
}

/** What the agent gets: the receipts, or the sentence that n8n makes of what the node threw. */
export type ToolAnswer = { receipts: ToolReceipt[] } | { said: string };

export interface ToolReceipt {
	outcome: string;
	attempts: number;
	target: Record<string, string>;
	reason?: { code: string };
}

/** A tool as n8n hands it to an agent. */
interface Tool {
	name: string;
	invoke(toolArguments: Record<string, string>): Promise<string>;
}

type Agent = (this: IExecuteFunctions, response?: EngineResponse) => Promise<unknown>;

/**
 * Makes all calls at once, as the agents up to version 2.2 do: within the agent's own run.
 *
 * @returns the answers, in the order of the calls
 */
export async function callTools(
	tools: Record<string, ToolOptions>,
	calls: readonly ToolCall[],
): Promise<ToolAnswer[]> {
	let answers: ToolAnswer[] = [];
	await runAgent(tools, async function () {
		const offered = (await this.getInputConnectionData('ai_tool', 0)) as Tool[];
		const call = async (made: ToolCall): Promise<ToolAnswer> => {
			const { tool, arguments: toolArguments, after } = made;
			await after;
			try {
				const found = offered.find(({ name }) => name === tool) as Tool;
				// The arguments of each call are read from the model's reply for themselves.
				const answer = await found.invoke({ ...toolArguments });
				return { receipts: JSON.parse(answer) as ToolReceipt[] };
			} catch (error) {
				return { said: (error as Error).message };
			}
		};
		answers = await Promise.all(calls.map(call));
		return [[]];
	});
	return answers;
}

/** Hands the calls to n8n's engine, as agents from version 3 on do: it makes one after another. */
export async function requestTools(
	tools: Record<string, ToolOptions>,
	calls: readonly ToolCall[],
): Promise<ToolAnswer[]> {
	const actions = calls.map(({ tool, arguments: input }, index) => ({
		actionType: 'ExecutionNodeAction' as const,
		nodeName: tool,
		type: 'ai_tool' as const,
		id: `call-${index}`,
		input,
		metadata: { itemIndex: 0 },
	}));
	const run = await runAgent(tools, async (response) => {
		const request: EngineRequest = { actions, metadata: {} };
		return await Promise.resolve(response?.actionResponses?.length ? [[]] : request);
	});
	const taken = new Map<string, number>();
	return calls.map(({ tool }) => {
		const index = taken.get(tool) ?? 0;
		taken.set(tool, index + 1);
		const task = run.data.resultData.runData[tool]?.[index];
		if (task?.error !== undefined) return { said: task.error.message };
		const [items] = Object.values(task?.data ?? {})[0] ?? [];
		return { receipts: (items ?? []).map(({ json }) => json as unknown as ToolReceipt) };
	});
}

async function runAgent(tools: Record<string, ToolOptions>, agent: Agent) {
	const executionId = `execution-${Math.random()}`;
	const entries = Object.entries(tools);
	const types = new Map<string, INodeType>([
		['start', startNode],
		['agent', agentNode(agent)],
	]);
	const nodes: INode[] = [
		{ ...bare, id: 'start', name: 'Start', type: 'start' },
		{ ...bare, id: 'agent', name: 'Agent', type: 'agent' },
	];
	for (const [name, options] of entries) {
		const node = makeNode({ ...options, executionId, nodeId: `node-${name}` });
		const type = `${node.type}Tool`;
		types.set(type, asTool(await nodeType(options.type)));
		nodes.push({ ...node, name, type });
	}
	const connections = {
		Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		...Object.fromEntries(
			entries.map(([name]) => [
				name,
				{ ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			]),
		),
	};
	const { workflow, workflowData } = connect(nodes, connections, (type) => types.get(type)!);
	await (workflow.expression as { acquireIsolate?: () => Promise<unknown> }).acquireIsolate?.();
	const hooks = new core.ExecutionLifecycleHooks('webhook', executionId, workflowData);
	const [, first] = entries[0]!;
	const credentials = new Credentials({ ...first, items: [], executionId });
	const additionalData = makeAdditionalData(executionId, hooks, credentials);
	const runData = makeRunData(nodes[0]!, [{ json: {}, pairedItem: { item: 0 } }]);
	const run = await new core.WorkflowExecute(
		additionalData,
		'webhook',
		runData,
	).processRunExecutionData(workflow);
	if (run.data.resultData.error !== undefined) throw run.data.resultData.error;
	return run;
}

const bare = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

function agentNode(execute: Agent): INodeType {
	const description = {
		...startNode.description,
		name: 'agent',
		group: ['transform'],
		inputs: ['main', { type: 'ai_tool' }],
	} as INodeType['description'];
	return { description, execute: execute as NonNullable<INodeType['execute']> };
}

/** What n8n makes of a node that can be a tool (convertNodeToAiTool). */
function asTool(type: INodeType): INodeType {
	const { name } = type.description;
	const description = {
		...type.description,
		name: `${name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
	};
	return Object.assign(Object.create(type) as INodeType, { description });
}
