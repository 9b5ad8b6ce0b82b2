import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { keyAccount } from '../nodes/EraseByHttp/account/keyAccount';
import { keyField } from '../nodes/EraseByHttp/account/keyField';
import { authenticateFor } from '../nodes/shared/sending/account';

/** The Test button is the node's: see nodes/EraseByHttp/account/keyTests.ts. */
export class EraseByHttpApi implements ICredentialType {
	name = 'eraseByHttpApi';

	displayName = 'Erase by HTTP API';

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
			placeholder: 'e.g. https://api.twilio.com/2010-04-01/Accounts/AC…',
			description:
				"What all addresses on the vendor's page begin with. The key is sent to this host and to no other.",
		},
		{
			displayName: 'Send Key As',
			name: 'sendKeyAs',
			type: 'options',
			default: 'bearer',
			description: "How the vendor's page says that requests carry the key",
			options: [
				{
					name: 'Basic (User and Password)',
					value: 'basic',
					description: 'Often an account ID and a token, or a key and a secret',
				},
				{ name: 'Bearer Token', value: 'bearer', description: 'Authorization: Bearer …' },
				{
					name: 'Header',
					value: 'header',
					description: 'A header of the vendor’s own, such as X-Api-Key',
				},
				{
					name: 'Query Parameter',
					value: 'query',
					description: 'In the address, such as ?api_key=…',
				},
			],
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. X-Api-Key',
			description: 'The header in which the vendor expects the key',
			displayOptions: { show: { sendKeyAs: ['header'] } },
		},
		{
			displayName: 'Query Parameter',
			name: 'queryName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. api_key',
			description:
				'The parameter in which the vendor expects the key. In the address it may end up in the logs of servers and proxies on the way: choose another way if the vendor offers one.',
			displayOptions: { show: { sendKeyAs: ['query'] } },
		},
		keyField,
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. AC…',
			description:
				"Often the account's ID, or the ID of an API key. In an example with curl it stands after -u and before the colon.",
			displayOptions: { show: { sendKeyAs: ['basic'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Often a token, or the secret of an API key: what stands after that colon. Leave it empty if the vendor says so.',
			displayOptions: { show: { sendKeyAs: ['basic'] } },
		},
		{
			displayName: 'Test Path',
			name: 'testPath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /calls?limit=1',
			description:
				'What the test of this credential asks for with GET: something that changes nothing and is answered with JSON, such as a list of one record',
			hint: 'If this is empty, “Connection tested successfully” says only that these fields can be used: the key itself was not tried.',
		},
	];

	authenticate = authenticateFor(keyAccount('The vendor'));
}
