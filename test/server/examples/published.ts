import type { ExportedWorkflow, StoredCredential } from '../../../scripts/n8n/n8nApi';
import { webhookKey } from '../../../sandbox/accounts';
import { exampleWorkflow, type Stage } from '../n8n';

/** What callers of the examples' webhooks send. */
export const keyHeader = { [webhookKey.name]: webhookKey.value };

/** The data table that the examples keep receipts in. */
export const receiptTable = 'Erasure receipts';

interface ExampleNode {
	readonly name: string;
	parameters: Record<string, unknown>;
}

export interface Example extends ExportedWorkflow {
	nodes: Array<ExampleNode & { type: string }>;
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
}

/** Runs `work` with an example published, as it is or changed, and takes it away again. */
export async function withExample(
	{ n8n: { api }, credentials }: Stage,
	name: string,
	work: (workflowId: string) => Promise<void>,
	change: (example: Example) => void = () => undefined,
	more: readonly StoredCredential[] = [],
): Promise<void> {
	const example = exampleWorkflow(name) as Example;
	change(example);
	const workflowId = await api.publishWorkflow(example, [...credentials, ...more]);
	try {
		await work(workflowId);
	} finally {
		await api.deleteWorkflow(workflowId);
	}
}

export function nodeOf({ nodes }: Example, name: string): ExampleNode {
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`The example has no node ${name}`);
	return found;
}

/** Fills in the node in which an example asks for the user's own settings. */
export function setSettings(example: Example, settings: Readonly<Record<string, unknown>>): void {
	const { assignments } = nodeOf(example, 'Settings').parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const assignment of assignments) {
		if (assignment.name in settings) assignment.value = settings[assignment.name];
	}
}

/** Makes n8n keep successful executions, which some examples ask it not to do. */
export function keepExecutions(example: Example): void {
	example.settings.saveDataSuccessExecution = 'all';
}

/** Requests by which the vendors delete, deprecate or purge something. */
export function changes({ sandbox }: Stage): string[] {
	return sandbox.requests
		.filter(
			({ method, url }) =>
				method === 'DELETE' ||
				url.includes('action=DeleteCall') ||
				url.endsWith('/deprecate') ||
				(url.startsWith('/purge') && !url.endsWith('whatIf=true')),
		)
		.map(
			({ vendor, method, url }) =>
				`${vendor} ${method} ${url.replace(/\?.*(callID=[^&]*).*/, ' $1')}`,
		);
}
