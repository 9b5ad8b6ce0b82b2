import type { ExportedWorkflow } from '../scripts/n8n/n8nApi';
import type { QueueGroup } from './queueResults';

/** One request to "Erase in bulk"; what is left out is as the example has it. */
export interface QueueCase {
	readonly name: string;
	readonly flyflow?: number;
	readonly creovai?: number;
	/** The vendors' own limit, in requests by the second of the clock. */
	readonly vendorLimit?: number;
	readonly chunksAtOnce?: number;
	/** Records that make a chunk, at Flyflow. */
	readonly chunkSize?: number;
	readonly options?: Readonly<Record<string, number>>;
	/** Kills one worker as soon as something is settled. */
	readonly kill?: boolean;
}

export const withOneWorker: readonly QueueCase[] = [
	{ name: 'Creovai', creovai: 20_000 },
	{ name: 'Flyflow', flyflow: 5_000 },
	{
		name: 'Flyflow, 4 chunks at once, Max Concurrency 64',
		flyflow: 20_000,
		chunksAtOnce: 4,
		options: { maxConcurrency: 64 },
	},
];

export const fourLargeChunks = 'vendor allows 100 a second, 4 chunks of 1,000 at once';

export const withTwoWorkers: readonly QueueCase[] = [
	...withOneWorker,
	{ name: 'Flyflow, 4 chunks at once', flyflow: 5_000, chunksAtOnce: 4 },
	{ name: 'both, 100,000 records', flyflow: 20_000, creovai: 80_000 },
	{ name: 'Flyflow, Requests per Second 20', flyflow: 1_000, options: { requestsPerSecond: 20 } },
	{ name: 'Flyflow, Max Concurrency 4', flyflow: 1_000, options: { maxConcurrency: 4 } },
	{ name: 'vendor allows 100 a second', flyflow: 4_000, vendorLimit: 100 },
	{
		name: 'vendor allows 100 a second, 4 chunks at once',
		flyflow: 4_000,
		vendorLimit: 100,
		chunksAtOnce: 4,
	},
	{
		name: fourLargeChunks,
		flyflow: 4_000,
		vendorLimit: 100,
		chunksAtOnce: 4,
		chunkSize: 1000,
	},
	{
		name: 'vendor allows 100 a second, Requests per Second 45',
		flyflow: 4_000,
		vendorLimit: 100,
		options: { requestsPerSecond: 45 },
	},
	{ name: 'a worker is killed', flyflow: 5_000, kill: true },
];

/** The table that shows a case. */
export function groupOf({ vendorLimit, kill }: QueueCase): QueueGroup {
	if (kill === true) return 'kill';
	return vendorLimit === undefined ? 'speed' : 'limit';
}

/** Sets what the case asks for, where a user would set it. */
export function adapt(workflow: ExportedWorkflow, run: QueueCase): ExportedWorkflow {
	const { chunksAtOnce = 2, chunkSize = 250, options = {} } = run;
	const nodes = workflow.nodes.map((node) => {
		switch (node.name) {
			case 'Lanes':
			case 'Choose':
				return changeCode(node, 'chunksAtOnce = 2', `chunksAtOnce = ${chunksAtOnce}`);
			case 'Cut into Chunks':
				return changeCode(node, 'size: 250', `size: ${chunkSize}`);
			case 'Flyflow':
				return { ...node, parameters: { ...node.parameters, options } };
			default:
				return node;
		}
	});
	return { ...workflow, nodes };
}

type WorkflowNode = ExportedWorkflow['nodes'][number];

/** @throws Error if the example no longer says what is to be changed */
function changeCode(node: WorkflowNode, preset: string, wanted: string): WorkflowNode {
	const code = String(node.parameters.jsCode);
	if (!code.includes(preset)) throw new Error(`${node.name} no longer says ${preset}`);
	return { ...node, parameters: { ...node.parameters, jsCode: code.replace(preset, wanted) } };
}
