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

	/** `GET /calls` as a test is inferred: it changes nothing and needs the key. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/calls',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			responds(401, 'Flyflow did not accept the API key'),
			responds(403, 'Flyflow accepted the API key but does not permit this'),
			responds(404, noApiThere),
			...[301, 302, 303, 307, 308].map((status) => responds(status, noApiThere)),
			// A good answer lists calls; a page for people does not.
			{
				type: 'responseSuccessBody',
				properties: { key: 'calls', value: undefined, message: noApiThere },
			},
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

const noApiThere = 'There is no Flyflow API at this Base URL';

function responds(value: number, message: string) {
	return { type: 'responseCode', properties: { value, message } } as const;
}
