import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { readAccount } from '../nodes/Verba/verbaAccount';
import { authenticateRequest } from '../nodes/Verba/verbaRequest';

/**
 * https://verbalabs.atlassian.net/wiki/spaces/docs/pages/6816935/API+authentication. The Test button
 * is the node's: see nodes/Verba/verbaTest.ts.
 */
export class VerbaApi implements ICredentialType {
	name = 'verbaApi';

	displayName = 'Verint Verba API';

	icon: Icon = {
		light: 'file:../nodes/Verba/verba.svg',
		dark: 'file:../nodes/Verba/verba.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/verba.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Server Address',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://verba.example.com',
			description:
				"The web server of Verba. Its API is expected at /verba/api; if it is elsewhere, enter the whole address. With http:// the API key and the recordings' data travel unprotected.",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key from Administration / API Keys in Verba',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description:
				'Only for an API key that requires authentication. The user needs the roles System Administrator and System Supervisor.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The password of that user',
		},
		{
			displayName: 'Send Parameters In',
			name: 'parametersIn',
			type: 'options',
			default: 'query',
			description:
				'Where to put the API key, the token and the identifiers. In the query they may end up in the logs of servers and proxies on the way.',
			options: [
				{
					name: 'Form Body',
					value: 'body',
					description: 'POST; Verba documents it without a sample',
				},
				{ name: 'Query', value: 'query', description: 'GET, as Verba documents it' },
			],
		},
	];

	/** A function, so that the key is sent to the address that it belongs to and nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await Promise.resolve(authenticateRequest(readAccount(credentials), request));
}
