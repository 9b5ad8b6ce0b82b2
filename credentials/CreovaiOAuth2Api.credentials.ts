import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * `<Token Base URL>/Token`. The secret travels over https, or stays on this machine: for any other
 * address this is empty, and n8n has nowhere to send it. The node says the same in a sentence of
 * its own (checkAddress), but a credential's test runs without the node.
 */
const accessTokenUrl =
	'={{ /^(https:\\/\\/|http:\\/\\/(localhost|127(\\.\\d+){3}|\\[::1\\])([:\\/]|$))/i.test($self["tokenBaseUrl"].trim()) ? $self["tokenBaseUrl"].trim().replace(/\\/+$/, "") + "/Token" : "" }}';

/**
 * OAuth2 client credentials in the form body:
 * https://support.creovai.com/article/197963/https---creovai-zendesk-com-hc-en-us-articles-360000985308-token-authentication-api
 */
export class CreovaiOAuth2Api implements ICredentialType {
	name = 'creovaiOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Creovai OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/Creovai/creovai.svg',
		dark: 'file:../nodes/Creovai/creovai.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/creovai.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.Audio.Creovai.io',
			description: 'Where calls are purged. Put the name of your Creovai instance first.',
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
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: accessTokenUrl,
		},
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: '' },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		// Creovai takes no more than the above.
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: false,
		},
	];

	/**
	 * n8n fetches a token before it sends any test, and says itself why it got none. What it sends
	 * then is the same request once more, the only one at Creovai that is documented and changes
	 * nothing; so the API Base URL is not part of this test.
	 */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '={{$credentials.accessTokenUrl}}',
			disableFollowRedirect: true,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: {
				grant_type: 'client_credentials',
				client_id: '={{$credentials.clientId}}',
				client_secret: '={{$credentials.clientSecret}}',
			},
		},
	};
}
