import type { ExportedWorkflow } from '../scripts/n8n/n8nApi';

/** One request to "Erase in bulk"; what is left out is as the example has it. */
export interface QueueCase {
	readonly name: string;
	readonly flyflow?: number;
	readonly creovai?: number;
	/** The vendors' own limit, in requests by the second of the clock. */
	readonly vendorLimit?: number;
	readonly chunksAtOnce?: number;
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
		name: 'vendor allows 100 a second, Requests per Second 45',
		flyflow: 4_000,
		vendorLimit: 100,
		options: { requestsPerSecond: 45 },
	},
	{ name: 'a worker is killed', flyflow: 5_000, kill: true },
];

/** Sets what the case asks for, where a user would set it. */
export function adapt(workflow: ExportedWorkflow, run: QueueCase): ExportedWorkflow {
	const { chunksAtOnce = 2, options = {} } = run;
	const nodes = workflow.nodes.map((node) => {
		const { parameters } = node;
		if (node.name === 'Lanes') {
			const preset = 'chunksAtOnce = 2';
			const jsCode = String(parameters.jsCode);
			if (!jsCode.includes(preset)) throw new Error(`Lanes no longer says ${preset}`);
			const changed = jsCode.replace(preset, `chunksAtOnce = ${chunksAtOnce}`);
			return { ...node, parameters: { ...parameters, jsCode: changed } };
		}
		return node.name === 'Flyflow' ? { ...node, parameters: { ...parameters, options } } : node;
	});
	return { ...workflow, nodes };
}
