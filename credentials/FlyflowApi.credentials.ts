import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { vendorName } from '../nodes/Flyflow/flyflowApi';
import { sendBearerKey } from '../nodes/shared/sending/bearerKey';

/** The Test button is the node's: see nodes/Flyflow/flyflowTest.ts. */
export class FlyflowApi implements ICredentialType {
	name = 'flyflowApi';

	displayName = 'Flyflow API';

	icon: Icon = {
		light: 'file:../nodes/Flyflow/flyflow.svg',
		dark: 'file:../nodes/Flyflow/flyflow.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/flyflow.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key from the Flyflow dashboard',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.flyflow.dev/v1',
			description: 'Where the Flyflow API is. Change it only for a proxy or a test server.',
		},
	];

	authenticate = sendBearerKey(vendorName);
}
