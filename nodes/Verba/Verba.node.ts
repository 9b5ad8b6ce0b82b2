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
import { deleteConversation } from './conversation/delete';
import { getConversation } from './conversation/get';
import { searchConversations } from './conversation/search';
import { recheckReceipts } from './receipt/recheck';
import { verbaApiTest } from './verbaTest';

export const resources: Resources = {
	conversation: {
		name: 'Conversation',
		operations: {
			delete: deleteConversation,
			get: getConversation,
			search: searchConversations,
		},
	},
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class Verba implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Verint Verba',
		name: 'verba',
		icon: { light: 'file:verba.svg', dark: 'file:verba.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Verba', resources),
		hints: describeHints(resources),
		description: 'Delete conversations at Verint Verba, with a receipt for each',
		defaults: { name: 'Verint Verba' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'verbaApi', required: true, testedBy: 'verbaApiTest' }],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { verbaApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
