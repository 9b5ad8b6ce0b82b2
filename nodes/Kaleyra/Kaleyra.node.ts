import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { deletionBuilderHint } from '../shared/operations/builderHint';
import { describeHints } from '../shared/operations/hints';
import {
	describeResources,
	describeSubtitle,
	executeOperation,
	type Resources,
} from '../shared/operations/operations';
import { deleteFlow } from './flow/delete';
import { deprecateFlow } from './flow/deprecate';
import { getFlow } from './flow/get';
import { getAllFlows } from './flow/getAll';
import { searchFlows } from './flow/search';
import { kaleyraApiTest } from './kaleyraTest';
import { recheckReceipts } from './receipt/recheck';

export const resources: Resources = {
	flow: {
		name: 'Flow',
		operations: {
			delete: deleteFlow,
			deprecate: deprecateFlow,
			get: getFlow,
			getAll: getAllFlows,
		},
	},
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class Kaleyra implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kaleyra',
		name: 'kaleyra',
		icon: { light: 'file:kaleyra.svg', dark: 'file:kaleyra.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Kaleyra', resources),
		hints: describeHints(resources),
		description: 'Delete WhatsApp Flows at Kaleyra, with a receipt for each',
		defaults: { name: 'Kaleyra' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kaleyraApi', required: true, testedBy: 'kaleyraApiTest' }],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { kaleyraApiTest }, listSearch: { searchFlows } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
