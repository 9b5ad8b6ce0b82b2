import type { SandboxAccounts } from '../sandbox/accounts';

/** The ways to delete that are compared, as somebody builds them in the editor. */
export type Way = 'package' | 'described' | 'httpDefault' | 'httpBatched' | 'loop';

export const wayNames: Readonly<Record<Way, string>> = {
	package: 'this package',
	described: 'this package, Erase by HTTP',
	httpDefault: 'HTTP Request, default',
	httpBatched: 'HTTP Request, 50 per second',
	loop: 'HTTP Request, one at a time',
};

export type Vendor = 'flyflow' | 'creovai';

interface NodeJson {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly onError?: 'continueRegularOutput';
}

export interface Deletion {
	readonly way: Way;
	readonly vendor: Vendor;
	/** Whether On Error is Continue. */
	readonly continues?: boolean;
	/** The node's options, for the package alone. */
	readonly options?: object;
}

type Connections = Record<string, { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> }>;

/**
 * A workflow in which a webhook takes IDs, an item is made of each, one way deletes them, and the
 * answer says what came out: `{outcome: [...]}`.
 *
 * @param path below /webhook/, at which it is called
 */
export function workflowFor(deletion: Deletion, accounts: SandboxAccounts, path: string) {
	const { way, vendor, continues = false } = deletion;
	const node = deletionNode(deletion, accounts);
	const deleting: NodeJson = continues ? { ...node, onError: 'continueRegularOutput' } : node;
	const body = [webhookNode(path), splitOut, deleting, aggregateNode(way, vendor)];
	const nodes = way === 'loop' ? [...body, loopNode] : body;
	const chain = way === 'loop' ? loopConnections(deleting.name) : straight(body);
	return {
		name: `${vendor}, ${wayNames[way]}`,
		nodes: nodes.map((node, index) => ({
			...node,
			id: `${node.name}-${index}`,
			position: [index * 220, 0],
		})),
		connections: chain,
		settings: { executionOrder: 'v1' },
	};
}

function deletionNode({ way, vendor, options = {} }: Deletion, accounts: SandboxAccounts) {
	switch (way) {
		case 'package':
			return packageNode(vendor, options);
		case 'described':
			if (vendor !== 'flyflow') throw new Error(`Nobody has described ${vendor} here`);
			return describedNode(options);
		default:
			return httpNode(vendor, accounts, way === 'httpBatched');
	}
}

function webhookNode(path: string) {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'firstEntryJson',
			options: {},
		},
	};
}

const splitOut: NodeJson = {
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.ids', options: { destinationFieldName: 'id' } },
};

const loopNode: NodeJson = {
	name: 'Loop Over Items',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { options: {} },
};

function packageNode(vendor: Vendor, options: object): NodeJson {
	const operation = vendor === 'flyflow' ? 'delete' : 'purgeByCallId';
	const id = '={{ $json.id }}';
	return {
		name: 'Delete',
		type: `n8n-nodes-call-erasure.${vendor}`,
		typeVersion: 1,
		parameters: {
			resource: 'call',
			operation,
			callId: vendor === 'flyflow' ? { __rl: true, mode: 'id', value: id } : id,
			deletionMode: 'auto',
			options,
		},
	};
}

/** Flyflow as somebody describes it who has its page and does not know of its own node. */
function describedNode(options: object): NodeJson {
	const says = (message: string, status: string) => ({
		...{ status, condition: 'equals', field: 'message', value: message },
	});
	return {
		name: 'Delete',
		type: 'n8n-nodes-call-erasure.eraseByHttp',
		typeVersion: 1,
		parameters: {
			authentication: 'eraseByHttpApi',
			resource: 'record',
			operation: 'delete',
			vendorName: 'Acme Calls',
			recordId: '={{ $json.id }}',
			method: 'DELETE',
			path: '/call/{id}',
			deletedAnswer: 'rule',
			answerRules: { rule: [{ meaning: 'deleted', ...says('Call deleted successfully', '200') }] },
			notFoundRules: { rule: [says('Call not found', '404')] },
			hasLook: true,
			lookPath: '/call?id={id}',
			lookIdField: 'id',
			deletionMode: 'auto',
			options,
		},
	};
}

function httpNode(vendor: Vendor, accounts: SandboxAccounts, batched: boolean): NodeJson {
	const batching = { batch: { batchSize: 50, batchInterval: 1000 } };
	const options = batched ? { batching } : {};
	const request =
		vendor === 'flyflow'
			? { method: 'DELETE', url: `=${accounts.flyflowApi.baseUrl}/call/{{ $json.id }}` }
			: {
					method: 'POST',
					url: `${accounts.creovaiOAuth2Api.baseUrl}/purge/v1/calls`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify({ ids: [$json.id] }) }}',
				};
	return {
		name: 'Delete',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		parameters: {
			...request,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: vendor === 'flyflow' ? 'flyflowApi' : 'creovaiOAuth2Api',
			options,
		},
	};
}

/** What each way says of a record that is gone, gathered into one item. */
function aggregateNode(way: Way, vendor: Vendor): NodeJson {
	const vendorsWord = vendor === 'flyflow' ? 'message' : 'items[0].status';
	const givesReceipts = way === 'package' || way === 'described';
	const fieldToAggregate = givesReceipts ? 'outcome' : vendorsWord;
	const field = { fieldToAggregate, renameField: true, outputFieldName: 'outcome' };
	return {
		name: 'Aggregate',
		type: 'n8n-nodes-base.aggregate',
		typeVersion: 1,
		parameters: {
			fieldsToAggregate: { fieldToAggregate: [field] },
			// An item that says nothing of its record counts as well.
			options: { keepMissing: true },
		},
	};
}

const to = (node: string) => [{ node, type: 'main' as const, index: 0 as const }];

function straight(nodes: readonly NodeJson[]): Connections {
	const pairs = nodes.slice(1).map((node, index) => [nodes[index]?.name ?? '', node.name] as const);
	return Object.fromEntries(pairs.map(([from, next]) => [from, { main: [to(next)] }]));
}

function loopConnections(deleting: string): Connections {
	return {
		Webhook: { main: [to('Split Out')] },
		'Split Out': { main: [to('Loop Over Items')] },
		'Loop Over Items': { main: [to('Aggregate'), to(deleting)] },
		[deleting]: { main: [to('Loop Over Items')] },
	};
}
