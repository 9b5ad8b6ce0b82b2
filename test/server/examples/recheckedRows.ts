import { expect } from '@jest/globals';

import { readReceipt } from '../../../erasure/receiptReader';
import type { Stage } from '../n8n';
import type { ReceiptRow } from './sideBySide';

const vendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];

/** What a recheck may change of a row. */
const changing = ['outcome', 'evidence', 'deleted', 'reason', 'seen', 'seal', 'settledAt'] as const;

/** A workflow that hands the rows of a table to Recheck at all vendors and updates them by what comes out. */
function recheckWorkflow(table: string, path: string) {
	const dataTableId = { __rl: true, mode: 'name', value: table };
	const steps = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			parameters: { resource: 'row', operation: 'get', dataTableId, returnAll: true },
		},
		...vendors.map((vendor) => ({
			name: vendor,
			type: `n8n-nodes-call-erasure.${vendor}`,
			typeVersion: 1,
			parameters: { resource: 'receipt', operation: 'recheck', options: {} },
		})),
		{
			name: 'Update',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			parameters: {
				...{ resource: 'row', operation: 'update', dataTableId, matchType: 'allConditions' },
				filters: {
					conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }],
				},
				columns: {
					mappingMode: 'defineBelow',
					value: Object.fromEntries(
						[...changing, 'recheckedAt'].map((column) => [column, `={{ $json.${column} }}`]),
					),
					schema: [...changing, 'recheckedAt'].map((id) => ({ id, displayName: id })),
				},
			},
		},
	];
	const nodes = steps.map((step, index) => ({
		...{ id: `${path}-${index}`, position: [200 * index, 0] },
		...step,
	}));
	const links = steps.slice(1).map(({ name }, index) => {
		const main = [[{ node: name, type: 'main', index: 0 }]];
		return [steps[index]!.name, { main }] as const;
	});
	const settings = { executionOrder: 'v1' };
	return { name: `Recheck ${table}`, nodes, connections: Object.fromEntries(links), settings };
}

/**
 * Holds that every row of an example's table is a receipt, and lets the nodes recheck them in n8n.
 * A row that is none would stop that workflow.
 *
 * @returns the rows before and after that
 */
export async function recheckRows(
	{ n8n: { api }, credentials }: Stage,
	table: string,
): Promise<{ readonly before: ReceiptRow[]; readonly after: ReceiptRow[] }> {
	const rows = async () => (await api.dataTableRows(table)) as unknown as ReceiptRow[];
	const before = await rows();
	for (const row of before) expect(readReceipt(row)).toMatchObject({ valid: true });
	const path = crypto.randomUUID();
	const workflowId = await api.publishWorkflow(recheckWorkflow(table, path), credentials);
	try {
		await api.callWebhook(path, {});
	} finally {
		await api.deleteWorkflow(workflowId);
	}
	return { before, after: await rows() };
}

/** Each row in few words: whose it is, what has become of it, and whether Recheck has looked at it. */
export function inShort(rows: readonly ReceiptRow[]): string[] {
	return rows.map(
		({ vendor, outcome, evidence, recheckedAt }) =>
			`${vendor} ${outcome} ${evidence}${recheckedAt === null ? '' : ', looked at'}`,
	);
}

/** What is gone, as a row says it after Recheck. HappyRobot's node has looked by itself before. */
export function settledAt(vendor: string): string {
	return `${vendor} deleted rechecked${vendor === 'happyRobot' ? '' : ', looked at'}`;
}
