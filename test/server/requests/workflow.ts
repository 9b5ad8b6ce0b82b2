import type { ExportedWorkflow } from '../../../scripts/n8n/n8nApi';

/** A workflow that takes requests, keeps a row of each, and erases at Flyflow what they name. */
export interface IntakeOptions {
	/** The part of the webhook's address that is this workflow's. */
	readonly webhookId: string;
	readonly protocol: 'standardWebhooks' | 'fixedHeader';
	readonly answer: 'afterStoring' | 'atOnce';
	readonly allowedHosts: string;
	/** Left out for a workflow in which nobody thought of answering. */
	readonly answers?: boolean;
}

const own = (type: string) => `n8n-nodes-call-erasure.${type}`;
const base = (type: string) => `n8n-nodes-base.${type}`;

const columns = ['requestKey', 'bodyHash', 'state', 'callback'];

export function intakeWorkflow(options: IntakeOptions): ExportedWorkflow {
	const { webhookId, protocol, answer, allowedHosts, answers = true } = options;
	const taken = "$('Erasure Request Trigger').first().json";
	/** A record that it names by its ID, or as an identity of a kind that this workflow knows. */
	const ids = `(${taken}.records.flyflow ?? ${taken}.identities.filter(({ type }) => type === 'flyflow_call').map(({ value }) => value))`;
	const table = { __rl: true, mode: 'id', value: "={{ $('Table').first().json.id }}" };
	const keyIs = { keyName: 'requestKey', condition: 'eq', keyValue: `={{ ${taken}.requestKey }}` };
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: object,
		more = {},
	) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: parameters as Record<string, unknown>,
		...more,
	});
	const getRow = {
		resource: 'row',
		operation: 'get',
		dataTableId: table,
		matchType: 'allConditions',
		filters: { conditions: [keyIs] },
		returnAll: true,
	};
	const route = (output: string) => ({
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: output,
					leftValue: `={{ ${taken}.event !== 'requested' ? ${taken}.event : $json.requestKey ? 'known' : 'new' }}`,
					rightValue: output,
					operator: { type: 'string', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
		renameOutput: true,
		outputKey: output,
	});
	const values = (fields: Record<string, string>) => ({
		mappingMode: 'defineBelow',
		value: fields,
		matchingColumns: [],
		schema: Object.keys(fields).map((id) => ({ id, displayName: id, type: 'string' })),
	});
	const answering = {
		resource: 'request',
		operation: 'answer',
		protocol,
		request: `={{ ${taken} }}`,
	};
	const answerKnown = {
		...answering,
		storedState: '={{ $json.state }}',
		storedBodyHash: '={{ $json.bodyHash }}',
	};
	const answerNode = (name: string, parameters: object) =>
		answers
			? node(name, own('erasureRequest'), 1, parameters, { executeOnce: true })
			: node(name, base('noOp'), 1, {});
	const nodes = [
		node(
			'Erasure Request Trigger',
			own('erasureRequestTrigger'),
			1,
			{ protocol, answer, vendors: 'flyflow' },
			{ webhookId },
		),
		node('Table', base('dataTable'), 1.1, {
			resource: 'table',
			operation: 'create',
			tableName: `Requests ${webhookId}`,
			columns: { column: columns.map((name) => ({ name, type: 'string' })) },
			options: { createIfNotExists: true },
		}),
		node('Row', base('dataTable'), 1.1, getRow, { alwaysOutputData: true }),
		node('Which?', base('switch'), 3.2, {
			rules: { values: ['new', 'known', 'statusAsked', 'cancelAsked'].map(route) },
			options: {},
		}),
		node('Store', base('dataTable'), 1.1, {
			resource: 'row',
			operation: 'insert',
			dataTableId: table,
			columns: values({
				requestKey: `={{ ${taken}.requestKey }}`,
				bodyHash: `={{ ${taken}.bodyHash }}`,
				callback: `={{ ${taken}.callback ?? '' }}`,
				state: 'stored',
			}),
			options: {},
		}),
		answerNode('Answer new', answering),
		answerNode('Answer known', answerKnown),
		node(
			'Cancel',
			base('dataTable'),
			1.1,
			{
				resource: 'row',
				operation: 'update',
				dataTableId: table,
				matchType: 'allConditions',
				filters: { conditions: [keyIs, { keyName: 'state', condition: 'eq', keyValue: 'stored' }] },
				columns: values({ state: 'cancelled' }),
				options: {},
			},
			{ alwaysOutputData: true },
		),
		node('Row after', base('dataTable'), 1.1, getRow, {
			alwaysOutputData: true,
			executeOnce: true,
		}),
		node('Anything?', base('if'), 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'anything',
						leftValue: `={{ ${ids}.length }}`,
						rightValue: 0,
						operator: { type: 'number', operation: 'gt' },
					},
				],
				combinator: 'and',
			},
			options: {},
		}),
		node(
			'Delete',
			own('flyflow'),
			1,
			{
				resource: 'call',
				operation: 'delete',
				callId: `={{ ${ids} }}`,
				deletionMode: 'delete',
			},
			{ onError: 'continueRegularOutput' },
		),
		node(
			'Done',
			base('dataTable'),
			1.1,
			{
				resource: 'row',
				operation: 'update',
				dataTableId: table,
				matchType: 'allConditions',
				filters: { conditions: [keyIs] },
				columns: values({ state: 'deleted' }),
				options: {},
			},
			{ executeOnce: true },
		),
		node(
			'Report',
			own('erasureRequest'),
			1,
			{
				resource: 'request',
				operation: 'reportStatus',
				protocol,
				callback: `={{ ${taken}.callback }}`,
				requestKey: `={{ ${taken}.requestKey }}`,
				state: 'fromReceipts',
				receipts: "={{ $('Delete').all().map(({ json }) => json) }}",
				allowedHosts,
			},
			{ executeOnce: true },
		),
	];
	if (!answers) nodes.splice(nodes.length - 1, 1);
	const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main', index: 0 }));
	return {
		name: `Requests ${webhookId}`,
		nodes,
		connections: {
			'Erasure Request Trigger': { main: [to('Table')] },
			Table: { main: [to('Row')] },
			Row: { main: [to('Which?')] },
			'Which?': {
				main: [to('Store'), to('Answer known'), to('Answer known'), to('Cancel')],
			},
			Store: { main: [to('Answer new')] },
			'Answer new': { main: [to('Anything?')] },
			'Anything?': { main: [to('Delete')] },
			Cancel: { main: [to('Row after')] },
			'Row after': { main: [to('Answer known')] },
			...(answers ? { Delete: { main: [to('Done')] }, Done: { main: [to('Report')] } } : {}),
		},
		settings: { executionOrder: 'v1' },
	};
}
