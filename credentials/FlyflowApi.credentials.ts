import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { checkAddress, checkDestination } from '../nodes/shared/address';

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

	/** A function, so that the key is sent to the address that it belongs to and nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		checkDestination(request, checkAddress(credentials.baseUrl, 'Base URL'));
		const key = typeof credentials.apiKey === 'string' ? credentials.apiKey.trim() : '';
		const headers = { ...request.headers, Authorization: `Bearer ${key}` };
		return await Promise.resolve({ ...request, headers });
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/calls', qs: { limit: 1 } },
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Flyflow did not accept the API key' },
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Flyflow accepted the API key but does not permit this',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'There is no Flyflow API at this Base URL' },
			},
		],
	};
}
