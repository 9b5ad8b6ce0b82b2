import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { sendBearerKey, testByListingCalls } from '../nodes/shared/bearerKey';

const noApiThere =
	'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1';

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

	authenticate = sendBearerKey;

	/** `GET /calls` as a test is inferred. */
	test: ICredentialTestRequest = testByListingCalls('Flyflow', noApiThere);
}
