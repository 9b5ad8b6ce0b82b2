import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	describeResources,
	describeSubtitle,
	executeOperation,
	type Resources,
} from '../shared/operations/operations';
import {
	erasureRequestHeaderApiTest,
	erasureRequestSecretApiTest,
} from '../shared/requests/credentialTests';
import { protocolField } from '../shared/requests/protocols';
import { answerSender } from './answerSender';
import { reportStatus } from './reportStatus';

export const resources: Resources = {
	request: {
		name: 'Request',
		operations: { answer: answerSender, reportStatus },
	},
};

export class ErasureRequest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Erasure Request',
		name: 'erasureRequest',
		icon: { light: 'file:erasureRequest.svg', dark: 'file:erasureRequest.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Request', resources),
		description: 'Answer whoever asked for an erasure, and report what became of it',
		defaults: { name: 'Erasure Request' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Belongs into a workflow that starts with Erasure Request Trigger. Answer the sender first, then let a person approve a preview, delete, keep the receipts in a Data Table, and report the status from what is stored there. Never answer that something is deleted before its receipt says so.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'erasureRequestSecretApi',
				required: true,
				testedBy: 'erasureRequestSecretApiTest',
				displayOptions: { show: { protocol: ['standardWebhooks'] } },
			},
			{
				name: 'erasureRequestHeaderApi',
				required: true,
				testedBy: 'erasureRequestHeaderApiTest',
				displayOptions: { show: { protocol: ['fixedHeader'] } },
			},
		],
		properties: [protocolField, ...describeResources(resources)],
	};

	methods = { credentialTest: { erasureRequestSecretApiTest, erasureRequestHeaderApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
