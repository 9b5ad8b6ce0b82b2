import type { Receipt } from '../../../erasure/receipt';
import type { DataTableRow, N8nApi, StoredCredential } from '../../../scripts/n8n/n8nApi';
import { approver, exampleWorkflow, type Stage } from '../n8n';
import { answers, phoneNumber, yes, type Due } from './customer';
import { submitForm } from './form';
import {
	keepExecutions,
	keyHeader,
	nodeOf,
	receiptTable,
	withExample,
	type Example,
} from './published';
import { startByWebhook } from './sideBySide';

/** A row of the table of receipts, as n8n gives it. */
export interface StoredReceipt {
	readonly id: number;
	readonly request: string;
	readonly reference: string;
	readonly vendor: string;
	readonly target: string;
	readonly outcome: string;
	readonly evidence: string;
	readonly deleted: boolean;
	readonly reason: string;
	readonly account: string;
	readonly settledAt: string;
	readonly recheckedAt: string | null;
}

/** Lets a copy of "Follow up" run in production when a webhook is called. */
export function whenAsked(example: Example): void {
	startByWebhook(example, 'Every night');
	keepExecutions(example);
}

/**
 * Makes a run wait once it knows which requests are closed, so that two of them want to amend the same
 * certificate at the same moment.
 */
export function waitBeforeAmending(example: Example): void {
	const [before, after, wait] = ['Requests that are closed', 'One request after another', 'Wait'];
	const { connections } = example as { connections: Record<string, unknown> };
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	Object.assign(connections, { [before]: to(wait), [wait]: to(after) });
	const parameters = { amount: 3 };
	const node = { name: wait, type: 'n8n-nodes-base.wait', parameters, position: [3720, 0] };
	example.nodes.push(Object.assign(node, { typeVersion: 1.1, id: crypto.randomUUID() }));
}

/**
 * Starts a published copy of "Follow up" and waits until it has ended.
 *
 * @returns what somebody is told: the message of an execution that failed; undefined if it did not
 */
export async function followUp(
	{ n8n: { api } }: Stage,
	workflowId: string,
): Promise<string | undefined> {
	// Whether it succeeded is asked of n8n: the answer to a webhook is no part of the example.
	await api.callWebhook('start', {}).catch(() => undefined);
	const [execution] = await api.finishedExecutions(workflowId, 120_000);
	if (execution === undefined) throw new Error('"Follow up" was not started');
	return await api.executionError(execution.id);
}

/** The same with a copy that is published for this run alone, changed as `change` says. */
export async function followUpOnce(
	stage: Stage,
	change: (copy: Example) => void = () => undefined,
	more: readonly StoredCredential[] = [],
): Promise<string | undefined> {
	let told: string | undefined;
	const work = async (workflowId: string) => {
		told = await followUp(stage, workflowId);
	};
	const changed = (copy: Example) => {
		whenAsked(copy);
		change(copy);
	};
	await withExample(stage, 'follow-up', work, changed, more);
	return told;
}

/** Makes a node hand on what it is given. */
export function deactivate(example: Example, name: string): void {
	Object.assign(nodeOf(example, name), { disabled: true });
}

export async function storedReceipts(api: N8nApi): Promise<StoredReceipt[]> {
	return (await api.dataTableRows(receiptTable)) as unknown as StoredReceipt[];
}

/** Has a customer's records erased at all vendors, by the example for that. */
export async function eraseCustomer(stage: Stage, requestId: string): Promise<void> {
	await withExample(stage, 'erase-a-customer', async () => {
		const { api } = stage.n8n;
		const request = { requestId, phoneNumber };
		const { approveAt } = await api.callWebhook<Due>('erase-customer', request, keyHeader);
		const { status } = await submitForm(approveAt, answers(yes), approver);
		if (status !== 200) throw new Error(`The form answered ${status}`);
	});
}

/** Has calls at Creovai purged, by an example: their receipts. */
export async function purge(stage: Stage, creovaiCallIds: readonly string[]): Promise<Receipt[]> {
	const receipts: Receipt[] = [];
	await withExample(stage, 'delete-by-webhook', async () => {
		const body = { flyflowCallIds: [], creovaiCallIds };
		const answer = await stage.n8n.api.callWebhook<{ receipts: Receipt[] }>(
			'erase-calls',
			body,
			keyHeader,
		);
		receipts.push(...answer.receipts.filter(({ vendor }) => vendor === 'creovai'));
	});
	return receipts;
}

/** Puts receipts into the table as the examples do, each changed as `change` says. */
export async function store(
	api: N8nApi,
	receipts: readonly Receipt[],
	change: (row: DataTableRow, index: number) => DataTableRow = (row) => row,
): Promise<void> {
	await createTable(api, 'Table of receipts');
	const rows = receipts.map((receipt, index) => change(rowOf(receipt), index));
	await api.insertDataTableRows(receiptTable, rows);
}

/** Makes a data table as the node of this name in "Follow up" does. */
export async function createTable(api: N8nApi, node: string): Promise<void> {
	const found = exampleWorkflow('follow-up').nodes.find(({ name }) => name === node);
	const { tableName, columns } = found?.parameters as {
		tableName: string;
		columns: { column: Array<{ name: string; type: string }> };
	};
	await api.createDataTable(tableName, columns.column);
}

function rowOf({ target, reason, at, ...receipt }: Receipt): DataTableRow {
	const { vendor, resource, outcome, evidence, deleted, attempts } = receipt;
	const { account = '', seen = false, seal = '' } = receipt as Readonly<Record<string, unknown>>;
	return {
		request: 'stored',
		reference: '',
		...{ vendor, resource, outcome, evidence, deleted, attempts, account, seen, seal },
		target: Object.entries(target)
			.map(([name, value]) => `${name}: ${value}`)
			.join(', '),
		reason: reason?.message ?? '',
		settledAt: at,
	};
}
