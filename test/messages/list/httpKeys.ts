import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { checkFixedHeaders } from '../../../nodes/EraseByHttp/account/fixedHeaders';
import { keyAccount } from '../../../nodes/EraseByHttp/account/keyAccount';
import {
	eraseByHttpApiTest,
	eraseByHttpOAuth2ApiTest,
} from '../../../nodes/EraseByHttp/account/keyTests';
import { openEraseByHttp } from '../../../nodes/EraseByHttp/account/openEraseByHttp';
import { tokenCredential } from '../../../nodes/EraseByHttp/account/tokenCredential';
import { authenticateFor } from '../../../nodes/shared/sending/account';
import { authenticateWithToken } from '../../../nodes/shared/sending/tokenCredential';
import { sandboxAccounts } from '../../../sandbox/accounts';
import type { Listed } from '../listed';
import { thrownBy, type Stage } from '../stage';

const keyed = { baseUrl: 'https://api.example.com', key: 'a' };

const client = {
	...{ baseUrl: 'https://api.example.com', tokenUrl: 'https://id.example.com/token' },
	...{ clientId: 'a', clientSecret: 'b' },
};

/** A field of either credential that cannot be used: nothing is sent then. */
function field(
	names: string,
	complaint: string,
	wayOut: string,
	read: (fields: ICredentialDataDecryptedObject) => unknown,
	fields: ICredentialDataDecryptedObject,
): Listed {
	const text = `${names} in the credentials ${complaint}. ${wayOut}`;
	return { text, names, wayOut, meet: async () => await thrownBy(() => read(fields)) };
}

const readKey = (fields: ICredentialDataDecryptedObject) =>
	keyAccount('The vendor').read({ ...keyed, ...fields });

const readClient = (fields: ICredentialDataDecryptedObject) =>
	tokenCredential.read({ ...client, ...fields });

function header(
	headers: Readonly<Record<string, string>>,
	complaint: string,
	wayOut: string,
): Listed {
	return {
		text: `${complaint}. ${wayOut}`,
		names: 'Headers',
		wayOut,
		meet: async () => await thrownBy(() => checkFixedHeaders(headers, 'X-Api-Key')),
	};
}

const withKey = (stage: Stage, fields: ICredentialDataDecryptedObject = {}) => ({
	baseUrl: `${stage.sandbox.address('flyflow')}/v1`,
	key: sandboxAccounts(stage.sandbox).flyflowApi.apiKey,
	...fields,
});

const withClient = (stage: Stage, fields: ICredentialDataDecryptedObject = {}) => {
	const { clientId, clientSecret } = sandboxAccounts(stage.sandbox).creovaiOAuth2Api;
	const tokenUrl = `${stage.sandbox.address('creovai')}/Token`;
	// Tokens of one vendor, and another one's API.
	const baseUrl = `${stage.sandbox.address('flyflow')}/v1`;
	return { baseUrl, tokenUrl, clientId, clientSecret, ...fields };
};

const testPath = '/calls?limit=1';

/** What the API answers, while tokens are given as ever. */
function answers(stage: Stage, status: number, body = ''): void {
	const when = ({ url }: { url: string }) => !url.endsWith('/Token');
	stage.sandbox.faults.add({ when, fault: { kind: 'status', status, body } });
}

/** Keys and tokens of Erase by HTTP. */
export const httpKeys: readonly Listed[] = [
	field('Key', 'is empty', 'Copy it from the vendor', readKey, { key: '' }),
	field('Key', 'holds a character that no key has', 'Copy it again from the vendor', readKey, {
		key: 'a\nb',
	}),
	field('Send Key As', 'is not known', 'Choose it again', readKey, { sendKeyAs: 'other' }),
	field(
		'Header Name',
		'is not the name of a header',
		'Enter one such as X-Api-Key, without the colon',
		readKey,
		{ sendKeyAs: 'header', headerName: 'X-Api-Key:' },
	),
	field(
		'Header Name',
		'is "Host", which changes how or where a request is sent',
		'Enter the header in which the vendor expects the key',
		readKey,
		{ sendKeyAs: 'header', headerName: 'Host' },
	),
	field(
		'Query Parameter',
		'holds more than a name',
		'Enter one such as api_key, without "?" and "="',
		readKey,
		{ sendKeyAs: 'query', queryName: '?api_key=' },
	),
	field(
		'User',
		'holds a ":", which ends a user name there',
		'Enter what follows it as the password',
		readKey,
		{ sendKeyAs: 'basic', user: 'a:b' },
	),
	{
		text: 'This request has a query parameter "api_key" of its own, in which these credentials send the key. Remove it',
		wayOut: 'Remove it',
		meet: async () => {
			const credential = { ...keyed, sendKeyAs: 'query', queryName: 'api_key' };
			const request = { url: 'https://api.example.com/?api_key=b' };
			return await thrownBy(
				async () => await authenticateFor(keyAccount('The vendor'))(credential, request),
			);
		},
	},
	header(
		{ 'a b': 'c' },
		"A name under Headers in the node's options is not the name of a header",
		'Use letters, digits and "-"',
	),
	header(
		{ Host: 'a' },
		'Headers in the node\'s options holds "Host", which changes how or where a request is sent',
		'Remove it',
	),
	header(
		{ Authorization: 'a' },
		'Headers in the node\'s options holds "Authorization", which is for keys',
		'Remove it, and enter the key in the credentials',
	),
	header(
		{ 'X-A': 'a', 'x-a': 'b' },
		'Headers in the node\'s options holds "x-a" twice',
		'Remove one of them',
	),
	header(
		{ 'X-A': 'a\nb' },
		'The value of "X-A" under Headers in the node\'s options is empty or holds a character that no header carries',
		'Enter it again by hand',
	),
	{
		text: 'Authentication is not known. Choose it again',
		names: 'Authentication',
		wayOut: 'Choose it again',
		meet: async () =>
			await thrownBy(async () => {
				const context = { getNodeParameter: () => 'other' } as unknown as IExecuteFunctions;
				await openEraseByHttp(context, {
					vendorName: 'Example',
					headers: {},
					paths: [],
					timeout: 1,
				});
			}),
	},
	field(
		'Token Parameters',
		'is no list of parameters',
		'Enter it as in account_id=abc&scope=recording:write',
		readClient,
		{ tokenParameters: 'abc' },
	),
	field(
		'Token Parameters',
		'names "client_id", which has a field of its own',
		'Remove it there',
		readClient,
		{ tokenParameters: 'client_id=abc' },
	),
	field('Token Parameters', 'names a parameter twice', 'Remove one of them', readClient, {
		tokenParameters: 'a=b&a=c',
	}),
	field('Send Client As', 'is not known', 'Choose it again', readClient, { sendClientAs: 'a' }),
	{
		text: 'The token for these credentials has expired. Run the workflow again',
		wayOut: 'Run the workflow again',
		meet: async () =>
			await thrownBy(
				async () =>
					await authenticateWithToken(tokenCredential)(client, { url: 'https://api.example.com/' }),
			),
	},
	{
		text: 'No token was given for this Client ID and Client Secret (HTTP 401, invalid_client). Check both, and Token URL, Grant Type, Token Parameters and Send Client As, in n8n under Credentials',
		names: 'Client Secret',
		wayOut: 'Check both, and Token URL, Grant Type, Token Parameters and Send Client As',
		meet: async (stage) =>
			await stage.pressed(
				eraseByHttpOAuth2ApiTest,
				withClient(stage, { clientSecret: 'wrong-secret' }),
			),
	},
	{
		text: 'What answered at the Token URL (HTTP 404) gave no token. Check Token URL in n8n under Credentials',
		names: 'Token URL',
		wayOut: 'Check Token URL in n8n under Credentials',
		meet: async (stage) => {
			stage.answers(404);
			return await stage.pressed(eraseByHttpOAuth2ApiTest, withClient(stage));
		},
	},
	{
		text: "The vendor was not reached: no token could be fetched from the Token URL: HTTP 503. Check Base URL and Token URL, and whether n8n's machine can reach that address",
		wayOut: 'Check Base URL and Token URL',
		meet: async (stage) => {
			stage.answers(503);
			return await stage.pressed(eraseByHttpOAuth2ApiTest, withClient(stage));
		},
	},
	{
		text: 'Test Path in the credentials is not a path below Base URL. Enter what follows Base URL, starting with "/", such as /calls?limit=1',
		names: 'Test Path',
		wayOut: 'Enter what follows Base URL, starting with "/", such as /calls?limit=1',
		meet: async (stage) =>
			await stage.pressed(eraseByHttpApiTest, withKey(stage, { testPath: 'calls' })),
	},
	{
		text: 'The fields of these credentials can be used. Not tried: the key itself, because Test Path is empty',
		because: 'all is well, as far as it goes',
		meet: async (stage) => await stage.pressed(eraseByHttpApiTest, withKey(stage)),
	},
	{
		text: 'The vendor gave a token for these credentials. Not tried: Base URL, because Test Path is empty',
		because: 'all is well, as far as it goes',
		meet: async (stage) => await stage.pressed(eraseByHttpOAuth2ApiTest, withClient(stage)),
	},
	{
		text: 'The vendor accepts these credentials',
		because: 'all is well',
		meet: async (stage) => await stage.pressed(eraseByHttpApiTest, withKey(stage, { testPath })),
	},
	{
		text: 'The vendor did not accept the key (HTTP 401). Check the key, and Base URL',
		wayOut: 'Check the key, and Base URL',
		meet: async (stage) =>
			await stage.pressed(eraseByHttpApiTest, withKey(stage, { testPath, key: 'wrong' })),
	},
	{
		text: 'The vendor did not accept the token (HTTP 401). Check Base URL, and what the client may do there',
		wayOut: 'Check Base URL, and what the client may do there',
		meet: async (stage) =>
			await stage.pressed(eraseByHttpOAuth2ApiTest, withClient(stage, { testPath })),
	},
	{
		text: 'The vendor does not permit this at Test Path (HTTP 403): the key may be wrong, or good for other things. Check the key, and Base URL',
		names: 'Test Path',
		wayOut: 'Check the key, and Base URL',
		meet: async (stage) => {
			answers(stage, 403);
			return await stage.pressed(eraseByHttpApiTest, withKey(stage, { testPath }));
		},
	},
	{
		text: 'The answer at Test Path (HTTP 200) does not say whether the token is good: JSON with a status of 200 would. Check Test Path and Base URL, or try again later',
		names: 'Test Path',
		wayOut: 'Check Test Path and Base URL, or try again later',
		meet: async (stage) => {
			answers(stage, 200, '<html></html>');
			return await stage.pressed(eraseByHttpOAuth2ApiTest, withClient(stage, { testPath }));
		},
	},
];
