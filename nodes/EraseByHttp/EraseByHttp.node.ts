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
import { eraseByHttpApiTest, eraseByHttpOAuth2ApiTest } from './account/keyTests';
import { authentication, vendorName } from './description/vendorFields';
import { recheckReceipts } from './receipt/recheck';
import { deleteRecord } from './record/delete';

export const resources: Resources = {
	record: { name: 'Record', operations: { delete: deleteRecord } },
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class EraseByHttp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Erase by HTTP',
		name: 'eraseByHttp',
		icon: { light: 'file:eraseByHttp.svg', dark: 'file:eraseByHttp.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle({ parameter: vendorName.name, whileEmpty: 'HTTP' }, resources),
		hints: describeHints(resources),
		description: 'Delete records at any vendor with an HTTP API, with a receipt for each',
		defaults: { name: 'Erase by HTTP' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'eraseByHttpApi',
				required: true,
				testedBy: 'eraseByHttpApiTest',
				displayOptions: { show: { authentication: ['eraseByHttpApi'] } },
			},
			{
				name: 'eraseByHttpOAuth2Api',
				required: true,
				testedBy: 'eraseByHttpOAuth2ApiTest',
				displayOptions: { show: { authentication: ['eraseByHttpOAuth2Api'] } },
			},
		],
		properties: [authentication, ...describeResources(resources)],
	};

	methods = { credentialTest: { eraseByHttpApiTest, eraseByHttpOAuth2ApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
