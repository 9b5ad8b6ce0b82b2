import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { vendorName } from '../nodes/HappyRobot/happyRobotApi';
import { sendBearerKey } from '../nodes/shared/sending/bearerKey';

/** The Test button is the node's: see nodes/HappyRobot/happyRobotTest.ts. */
export class HappyRobotApi implements ICredentialType {
	name = 'happyRobotApi';

	displayName = 'HappyRobot API';

	icon: Icon = {
		light: 'file:../nodes/HappyRobot/happyRobot.svg',
		dark: 'file:../nodes/HappyRobot/happyRobot.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/happyrobot.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A key for version 1 of the HappyRobot API',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://app.happyrobot.ai/api/v1',
			description: 'Where the HappyRobot API is. Change it only for a proxy or a test server.',
		},
	];

	authenticate = sendBearerKey(vendorName);
}
