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
import { happyRobotApiTest } from './happyRobotTest';
import { deleteNote } from './note/delete';
import { recheckReceipts } from './receipt/recheck';

export const resources: Resources = {
	note: { name: 'Note', operations: { delete: deleteNote } },
	call: { name: 'Call', operations: { delete: deleteCall, get: getCall, getAll: getAllCalls } },
	receipt: { name: 'Receipt', operations: { recheck: recheckReceipts } },
};

export class HappyRobot implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HappyRobot',
		name: 'happyRobot',
		icon: { light: 'file:happyRobot.svg', dark: 'file:happyRobot.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('HappyRobot', resources),
		hints: describeHints(resources),
		description: 'Delete calls and their notes at HappyRobot, with a receipt for each',
		defaults: { name: 'HappyRobot' },
		usableAsTool: true,
		builderHint: deletionBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'happyRobotApi', required: true, testedBy: 'happyRobotApiTest' }],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { happyRobotApiTest }, listSearch: { searchCalls } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
