import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { tokenCredential } from '../nodes/EraseByHttp/account/tokenCredential';
import {
	authenticateWithToken,
	fetchForOtherNodes,
	heldProperties,
} from '../nodes/shared/sending/tokenCredential';

/**
 * OAuth2 for a client, without a person who signs in. It does not extend n8n's oAuth2Api
 * (docs/architecture.md says why). The Test button is the node's: see nodes/EraseByHttp/account/keyTests.ts.
 */
export class EraseByHttpOAuth2Api implements ICredentialType {
	name = 'eraseByHttpOAuth2Api';

	displayName = 'Erase by HTTP OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/EraseByHttp/eraseByHttp.svg',
		dark: 'file:../nodes/EraseByHttp/eraseByHttp.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/erase-by-http.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.zoom.us/v2',
			description:
				"What all addresses on the vendor's page begin with. Tokens are sent to this host and to no other.",
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://zoom.us/oauth/token',
			description:
				'Where tokens come from, without "?" and what follows it. Client ID and secret are sent to this address alone.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The client or app that you set up at the vendor',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret of that client',
		},
		{
			displayName: 'Send Client As',
			name: 'sendClientAs',
			type: 'options',
			default: 'body',
			description: 'How the request for a token carries Client ID and Client Secret',
			options: [
				{
					name: 'Basic Authentication',
					value: 'basic',
					description: 'In the header Authorization',
				},
				{ name: 'Form Body', value: 'body', description: 'As client_id and client_secret' },
			],
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'string',
			required: true,
			default: 'client_credentials',
			placeholder: 'e.g. account_credentials',
			description:
				"What the vendor's page gives for grant_type. A person cannot sign in here: authorization_code does not work.",
		},
		{
			displayName: 'Token Parameters',
			name: 'tokenParameters',
			type: 'string',
			// Some vendors want a secret there.
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. account_id=abc&scope=recording:write',
			description: 'What else the request for a token has to carry',
		},
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /users?page_size=1',
			description:
				'What the test of this credential asks for with GET, after it has fetched a token: something that changes nothing and is answered with JSON',
			hint: 'If this is empty, “Connection tested successfully” says that a token was given: Base URL was not tried.',
		},
		...heldProperties,
	];

	authenticate = authenticateWithToken(tokenCredential);

	preAuthentication = fetchForOtherNodes(tokenCredential);
}
