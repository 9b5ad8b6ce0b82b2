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
import { deleteCall } from './call/delete';
import { getCall } from './call/get';
import { getAllCalls } from './call/getAll';
import { searchCalls } from './call/search';
import { flyflowApiTest } from './flyflowTest';
import { recheckReceipts } from './receipt/recheck';

export const resources: Resources = {
	call: { name: 'Call', operations: { delete: deleteCall, get: getCall, getAll: getAllCalls } },
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class Flyflow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Flyflow',
		name: 'flyflow',
		icon: { light: 'file:flyflow.svg', dark: 'file:flyflow.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Flyflow', resources),
		hints: describeHints(resources),
		description: 'Delete calls at Flyflow, with a receipt for each',
		defaults: { name: 'Flyflow' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'flyflowApi', required: true, testedBy: 'flyflowApiTest' }],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { flyflowApiTest }, listSearch: { searchCalls } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
