import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { creovai } from '../nodes/Creovai/creovaiAccount';
import {
	authenticateWithToken,
	fetchForOtherNodes,
	heldProperties,
} from '../nodes/shared/sending/tokenCredential';

/**
 * OAuth2 client credentials in the form body:
 * https://support.creovai.com/article/197963/https---creovai-zendesk-com-hc-en-us-articles-360000985308-token-authentication-api
 *
 * It does not extend n8n's oAuth2Api: n8n's client sends the secret on where the address for tokens
 * redirects, and purges a second time where a token is turned down (docs/architecture.md). The Test
 * button is the node's: see nodes/Creovai/creovaiTest.ts.
 */
export class CreovaiOAuth2Api implements ICredentialType {
	name = 'creovaiOAuth2Api';

	displayName = 'Creovai OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/Creovai/creovai.svg',
		dark: 'file:../nodes/Creovai/creovai.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/creovai.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.Audio.Creovai.io',
			description: 'Where calls are purged. Put the name of your Creovai instance first.',
			hint: 'The test of this credential does not reach this address: Creovai offers no harmless request there to try it with. Check it letter by letter, and start with one call.',
		},
		{
			displayName: 'Token Base URL',
			name: 'tokenBaseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.Audio.Creovai.com',
			description: 'Where tokens come from. Creovai documents .com here and .io for purging.',
			hint: 'The address of your Creovai instance without /Token. It has to start with https://.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The user name of the API user that Creovai set up for you',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret of that API user. It is valid for 365 days.',
		},
		...heldProperties,
	];

	authenticate = authenticateWithToken(creovai);

	preAuthentication = fetchForOtherNodes(creovai);
}
