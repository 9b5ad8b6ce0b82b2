import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { hosts, kaleyra, ownAddress } from '../nodes/Kaleyra/kaleyraAccount';
import { authenticateFor } from '../nodes/shared/sending/account';

/** The Test button is the node's: see nodes/Kaleyra/kaleyraTest.ts. */
export class KaleyraApi implements ICredentialType {
	name = 'kaleyraApi';

	displayName = 'Kaleyra API';

	icon: Icon = {
		light: 'file:../nodes/Kaleyra/kaleyra.svg',
		dark: 'file:../nodes/Kaleyra/kaleyra.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/kaleyra.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: hosts.india,
			description: 'Where your Kaleyra account is. The SID and the key work only there.',
			options: [
				{ name: 'Europe (api.eu.kaleyra.io)', value: hosts.europe },
				{ name: 'India (api.in.kaleyra.io)', value: hosts.india },
				{ name: 'North America (api.na.kaleyra.ai)', value: hosts.northAmerica },
				{ name: 'Other Address', value: ownAddress },
				{ name: 'Singapore (api.ap.kaleyra.io)', value: hosts.singapore },
				{ name: 'Singapore, Older Host (api.kaleyra.io)', value: hosts.singaporeOlder },
			],
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.in.kaleyra.io',
			description: 'The address without /v2 at its end. For a proxy or a test server.',
			displayOptions: { show: { region: [ownAddress] } },
		},
		{
			displayName: 'SID',
			name: 'sid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. HXAP1600000000097IN',
			description: 'The security identifier of the account, shown beside the API key at Kaleyra',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "The key from Kaleyra's developer settings",
		},
	];

	authenticate = authenticateFor(kaleyra);
}
