import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { happyRobot } from '../nodes/HappyRobot/happyRobotAccount';
import { authenticateFor } from '../nodes/shared/sending/account';
import { keyFields } from '../nodes/shared/sending/bearerKey';

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

	properties: INodeProperties[] = keyFields(happyRobot, {
		address: 'https://app.happyrobot.ai/api/v1',
		description: 'A key for version 1 of the HappyRobot API',
	});

	authenticate = authenticateFor(happyRobot);
}
