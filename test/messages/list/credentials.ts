/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Listed } from '../listed';
import type { Credentials } from '../stage';

/** A field of a credential that cannot be used: nothing is sent then. */
function field(
	type: string,
	account: ICredentialDataDecryptedObject,
	names: string,
	text: string,
	wayOut: string,
): Listed {
	const operation = type === 'creovai' ? 'purgeByCallId' : 'delete';
	const resource = { kaleyra: 'flow', verba: 'conversation' }[type] ?? 'call';
	const given = {
		callId: type === 'happyRobot' ? '1'.repeat(24) : 'a',
		flowId: '1',
		identifyBy: 'callID',
		identifier: 'a',
	};
	return {
		text,
		names,
		wayOut,
		meet: async (stage) =>
			await stage.stopped(type, { resource, operation, ...given }, { account }),
	};
}

const baseUrl = (address: string, what: string, wayOut: string): Listed =>
	field(
		'flyflow',
		{ baseUrl: address },
		'Base URL',
		`Base URL in the credentials ${what}. ${wayOut}`,
		wayOut,
	);

/** Another node asks for more than the key's own address. */
function elsewhere(request: object, what: string, wayOut: string): Listed {
	return {
		text: `${what}. ${wayOut}`,
		wayOut,
		// Requests of n8n's older helpers have fields that the type of the newer ones does not know.
		meet: async (stage) => await stage.sentElsewhere('flyflowApi', request as IHttpRequestOptions),
	};
}

const otherAuthority =
	'Switch off Ignore SSL Issues and leave CA empty in the node, and give all of n8n an authority of your own with NODE_EXTRA_CA_CERTS';

function button(
	name: Credentials,
	account: ICredentialDataDecryptedObject,
	text: string,
	wayOut: string,
): Listed {
	return { text, wayOut, meet: async (stage) => await stage.tested(name, account) };
}

/** The same where the vendor answers something else. */
function answered(
	name: Credentials,
	[status, body]: readonly [number, string],
	text: string,
	wayOut: string,
): Listed {
	return {
		text,
		wayOut,
		meet: async (stage) => {
			stage.answers(status, body);
			return await stage.tested(name);
		},
	};
}

const verbaKeys =
	'Check API Key, User and Password in n8n under Credentials; a key that asks for authentication needs User and Password';

/** Credentials that cannot be used, the Test buttons, and credentials that are turned down. */
export const credentials: readonly Listed[] = [
	baseUrl('flyflow', 'is not a web address', 'Enter one such as https://api.example.com'),
	baseUrl(
		'http://api.flyflow.dev/v1',
		'starts with http://, which would send the key unprotected',
		'Use https://',
	),
	baseUrl(
		'https://me@api.flyflow.dev/v1',
		'holds a user name or password',
		'Remove them from the address',
	),
	baseUrl('https://api.flyflow.dev/v1?a=b', 'holds a "?" or "#"', 'Remove what follows it'),
	baseUrl(
		'https:\\\\api.flyflow.dev/v1',
		'is written in a way that can be taken for another address',
		'If you mean https://api.flyflow.dev/v1, enter that',
	),
	field(
		'creovai',
		{ baseUrl: 'acme' },
		'API Base URL',
		'API Base URL in the credentials is not a web address. Enter one such as https://api.example.com',
		'Enter one such as https://api.example.com',
	),
	field(
		'creovai',
		{ tokenBaseUrl: 'acme' },
		'Token Base URL',
		'Token Base URL in the credentials is not a web address. Enter one such as https://api.example.com',
		'Enter one such as https://api.example.com',
	),
	field(
		'verba',
		{ baseUrl: 'verba' },
		'Server Address',
		'Server Address in the credentials is not a web address. Enter one such as https://api.example.com',
		'Enter one such as https://api.example.com',
	),
	field(
		'verba',
		{ apiKey: '' },
		'API Key',
		'API Key in the credentials is empty. Copy it from Administration / API Keys in Verba',
		'Copy it from Administration / API Keys in Verba',
	),
	field(
		'flyflow',
		{ apiKey: 'a\nb' },
		'API Key',
		'API Key in the credentials holds a character that no key has. Copy it again from Flyflow',
		'Copy it again from Flyflow',
	),
	field(
		'happyRobot',
		{ apiKey: '' },
		'API Key',
		'API Key in the credentials is empty. Copy it from HappyRobot',
		'Copy it from HappyRobot',
	),
	field(
		'verba',
		{ password: 'a\n' },
		'Password',
		'Password in the credentials holds a character that cannot be seen, such as a line break. Enter it again by hand',
		'Enter it again by hand',
	),
	field(
		'verba',
		{ user: 'ann:b' },
		'User',
		'User in the credentials holds a ":", which ends a user name there. Use a Verba user without one',
		'Use a Verba user without one',
	),
	field(
		'verba',
		{ user: '' },
		'User',
		'User in the credentials is empty. Fill in both User and Password, or neither',
		'Fill in both User and Password, or neither',
	),
	field(
		'kaleyra',
		{ region: 'moon' },
		'Region',
		'Region in the credentials is not known. Choose one, or choose Other Address and fill in Base URL',
		'Choose one, or choose Other Address and fill in Base URL',
	),
	field(
		'kaleyra',
		{ baseUrl: '' },
		'Base URL',
		'Base URL in the credentials is not a web address. Enter one such as https://api.example.com',
		'Enter one such as https://api.example.com',
	),
	field(
		'kaleyra',
		{ sid: '' },
		'SID',
		"SID in the credentials is empty. Copy it from Kaleyra's developer settings",
		"Copy it from Kaleyra's developer settings",
	),
	field(
		'kaleyra',
		{ apiKey: '' },
		'API Key',
		"API Key in the credentials is empty. Copy it from Kaleyra's developer settings",
		"Copy it from Kaleyra's developer settings",
	),
	field(
		'kaleyra',
		{ apiKey: 'a b' },
		'API Key',
		"API Key in the credentials holds a character that no key has. Copy it again from Kaleyra's developer settings",
		"Copy it again from Kaleyra's developer settings",
	),
	elsewhere(
		{ uri: 'https://evil.example/' },
		'These credentials are for ‹address› and are not sent to https://evil.example',
		'Use an address there, or other credentials',
	),
	elsewhere(
		{ uri: '/v1/call' },
		'These credentials are for ‹address›, and this request does not name a full address',
		'Enter the full address, starting with https://',
	),
	elsewhere(
		{ url: 'https://a.example/', uri: 'https://b.example/' },
		'This request names two addresses, "url" and "uri", but credentials are sent to only one',
		'Leave one of them out',
	),
	{
		text: 'These credentials are for ‹host›, and this request has a Host header for another host. Remove that header',
		wayOut: 'Remove that header',
		meet: async (stage) =>
			await stage.sentElsewhere('flyflowApi', {
				url: stage.sandbox.address('flyflow'),
				headers: { Host: 'evil.example' },
			}),
	},
	{
		text: "These credentials are not sent through a proxy that a node names. Remove Proxy from the node's options, and set the proxy for all of n8n with HTTPS_PROXY",
		wayOut: "Remove Proxy from the node's options",
		meet: async (stage) =>
			await stage.sentElsewhere('flyflowApi', {
				url: stage.sandbox.address('flyflow'),
				proxy: { host: 'evil.example', port: 3128 },
			}),
	},
	{
		text: `These credentials are only sent where n8n itself checks the server's certificate. ${otherAuthority}`,
		wayOut: otherAuthority,
		meet: async (stage) =>
			await stage.sentElsewhere('flyflowApi', {
				url: stage.sandbox.address('flyflow'),
				skipSslCertificateValidation: true,
			}),
	},
	{
		text: 'These credentials are only sent over a connection that n8n sets up. Remove agentOptions.host from the request',
		wayOut: 'Remove agentOptions.host from the request',
		meet: async (stage) =>
			await stage.sentElsewhere('flyflowApi', {
				url: stage.sandbox.address('flyflow'),
				agentOptions: { host: 'evil.example' },
			}),
	},
	{
		text: 'Flyflow answered 401: it did not accept the credentials. Check them in n8n under Credentials',
		wayOut: 'Check them in n8n under Credentials',
		meet: async (stage) =>
			await stage.receipt(
				'flyflow',
				{ resource: 'call', operation: 'delete', callId: 'call_1' },
				{ account: { apiKey: 'wrong' } },
			),
	},
	field(
		'creovai',
		{ clientId: ' ' },
		'Client ID',
		'Client ID in the credentials is empty. Fill it in',
		'Fill it in',
	),
	field(
		'creovai',
		{ clientSecret: '' },
		'Client Secret',
		'Client Secret in the credentials is empty. Fill it in',
		'Fill it in',
	),
	{
		text: 'Creovai gave no token for this Client ID and Client Secret (HTTP 401). Check both, and Token Base URL, in n8n under Credentials; a secret is valid for 365 days',
		names: 'Client Secret',
		wayOut: 'Check both, and Token Base URL, in n8n under Credentials',
		meet: async (stage) =>
			await stage.receipt(
				'creovai',
				{ resource: 'call', operation: 'purgeByCallId', callId: 'c000001' },
				{ account: { clientSecret: 'wrong' } },
			),
	},
	answered(
		'creovaiOAuth2Api',
		[200, '<html></html>'],
		'What answered at the Token Base URL (HTTP 200) gave no token as Creovai documents it. Check Token Base URL in n8n under Credentials',
		'Check Token Base URL in n8n under Credentials',
	),
	answered(
		'creovaiOAuth2Api',
		[503, ''],
		"Creovai was not reached: no token could be fetched from the Token Base URL: HTTP 503. Check Token Base URL, and whether n8n's machine can reach that address",
		'Check Token Base URL',
	),
	{
		text: 'Creovai gave a token for these credentials. Not tried: API Base URL, and the permission to purge calls',
		because: 'all is well, as far as it goes',
		meet: async (stage) => await stage.tested('creovaiOAuth2Api'),
	},
	{
		text: 'The token for Creovai has expired. Run the workflow again',
		wayOut: 'Run the workflow again',
		meet: async (stage) =>
			await stage.sentElsewhere('creovaiOAuth2Api', {
				url: stage.sandbox.address('creovai'),
			}),
	},
	{
		text: 'Kaleyra did not accept the SID and the API key. Check them, and the Region, in n8n under Credentials',
		names: 'Region',
		wayOut: 'Check them, and the Region, in n8n under Credentials',
		meet: async (stage) =>
			await stage.receipt(
				'kaleyra',
				{ resource: 'flow', operation: 'delete', flowId: '1' },
				{ account: { apiKey: 'wrong' } },
			),
	},
	{
		text: `Verba did not accept the credentials and said: "Invalid API key". ${verbaKeys}`,
		names: 'API Key',
		wayOut: verbaKeys,
		meet: async (stage) =>
			await stage.tested('verbaApi', { apiKey: 'wrong', user: '', password: '' }),
	},
	{
		text: `Verba gave no token for this API Key, User and Password and said: "Authentication failed". ${verbaKeys}`,
		names: 'Password',
		wayOut: verbaKeys,
		meet: async (stage) => await stage.tested('verbaApi', { password: 'wrong' }),
	},
	answered(
		'verbaApi',
		[401, ''],
		`Verba did not accept User and Password. ${verbaKeys}`,
		verbaKeys,
	),
	{
		text: `Verba answered 401: it did not accept the credentials. ${verbaKeys}`,
		wayOut: verbaKeys,
		meet: async (stage) => {
			stage.answers(401);
			return await stage.tested('verbaApi', { user: '', password: '' });
		},
	},
	answered(
		'verbaApi',
		[403, ''],
		'Verba does not permit this (HTTP 403). The user needs the roles System Administrator and System Supervisor, and the API key may be limited to certain networks',
		'The user needs the roles System Administrator and System Supervisor',
	),
	answered(
		'verbaApi',
		[200, '<html></html>'],
		"The answer (HTTP 200) is not from Verba's API. Check Server Address in the credentials: the API is at /verba/api on the web server of Verba",
		'Check Server Address in the credentials',
	),
	answered(
		'verbaApi',
		[502, ''],
		"Verba was not reached: no token could be fetched: HTTP 502. Check Server Address, and whether n8n's machine can reach that address",
		'Check Server Address',
	),
	{
		text: "Verba was not reached: no token could be fetched: the connection was reset. Check Server Address, and whether n8n's machine can reach that address",
		wayOut: 'Check Server Address',
		meet: async (stage) => {
			stage.fails({ kind: 'resetBefore' });
			return await stage.tested('verbaApi');
		},
	},
	{
		text: 'Verba accepted the credentials but does not permit the look-up. Verba answered with code 5 and said: "Permission denied"',
		because: 'the role is the vendor’s to name, and its own words say what is missing',
		meet: async (stage) => {
			const body =
				'<VerbaApi><Response code="5" type="GetCallInformation"><ErrorMessage>Permission denied</ErrorMessage></Response></VerbaApi>';
			stage.answers(200, body);
			return await stage.tested('verbaApi', { user: '', password: '' });
		},
	},
	{
		text: 'Verba accepts these credentials',
		because: 'all is well',
		meet: async (stage) => await stage.tested('verbaApi'),
	},
	{
		text: "Flyflow answered 200 with more than 10 MB, which is too much to read. Check Base URL, and whether n8n's machine can reach that address",
		wayOut: 'Check Base URL',
		meet: async (stage) => {
			stage.fails({ kind: 'flood' });
			return await stage.tested('flyflowApi');
		},
	},
	button(
		'flyflowApi',
		{ baseUrl: 'http://127.0.0.1:9/v1' },
		"Flyflow was not reached: the connection was refused. Check Base URL, and whether n8n's machine can reach that address",
		"Check Base URL, and whether n8n's machine can reach that address",
	),
	button(
		'kaleyraApi',
		{ baseUrl: 'http://127.0.0.1:9' },
		"Kaleyra was not reached: the connection was refused. Check Region and Base URL, and whether n8n's machine can reach that address",
		"Check Region and Base URL, and whether n8n's machine can reach that address",
	),
	button(
		'flyflowApi',
		{ apiKey: 'wrong' },
		'Flyflow did not accept the API key. Check API Key and Base URL',
		'Check API Key and Base URL',
	),
	answered(
		'flyflowApi',
		[503, ''],
		'Flyflow answered 503, which does not say whether the API key is good. Check Base URL, or try again later',
		'Check Base URL, or try again later',
	),
	answered(
		'happyRobotApi',
		[403, '{}'],
		'HappyRobot accepted the API key but does not permit this. Use a key that may list calls',
		'Use a key that may list calls',
	),
	answered(
		'flyflowApi',
		[404, ''],
		'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1',
		'The one of version 1 is https://api.flyflow.dev/v1',
	),
	answered(
		'happyRobotApi',
		[302, ''],
		'There is no HappyRobot API at this Base URL. The one of version 1 is https://app.happyrobot.ai/api/v1',
		'The one of version 1 is https://app.happyrobot.ai/api/v1',
	),
	button(
		'kaleyraApi',
		{ apiKey: 'wrong' },
		'Kaleyra did not accept this SID and API key. Check both, and whether the account is in this Region',
		'Check both, and whether the account is in this Region',
	),
	{
		text: 'Kaleyra knows this SID and API key, but the WhatsApp API is not available for the account. Ask Kaleyra support to enable WhatsApp API V2',
		wayOut: 'Ask Kaleyra support to enable WhatsApp API V2',
		meet: async (stage) => {
			stage.sandbox.kaleyra.entitled = false;
			return await stage.tested('kaleyraApi');
		},
	},
	answered(
		'kaleyraApi',
		[500, '{"code":"WA-500"}'],
		'Kaleyra is out of order at the moment. Try again later',
		'Try again later',
	),
	answered(
		'kaleyraApi',
		[200, '{}'],
		'What answered at this address is not the Kaleyra API. Check Region and Base URL, and try again',
		'Check Region and Base URL, and try again',
	),
];
