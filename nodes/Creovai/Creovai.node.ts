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
import { creovaiOAuth2ApiTest } from './creovaiTest';
import { getStatus } from './call/getStatus';
import { purgeByCallId } from './call/purgeByCallId';
import { purgeByCustomer } from './call/purgeByCustomer';
import { purgeBySessionId } from './call/purgeBySessionId';
import { recheckReceipts } from './receipt/recheck';

export const resources: Resources = {
	call: {
		name: 'Call',
		operations: { purgeByCallId, purgeBySessionId, purgeByCustomer, getStatus },
	},
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class Creovai implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Creovai',
		name: 'creovai',
		icon: { light: 'file:creovai.svg', dark: 'file:creovai.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Creovai', resources),
		hints: describeHints(resources),
		description: 'Purge calls at Creovai (formerly Tethr), with a receipt for each',
		defaults: { name: 'Creovai' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'creovaiOAuth2Api', required: true, testedBy: 'creovaiOAuth2ApiTest' }],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { creovaiOAuth2ApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
