import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { checkDestination } from '../nodes/shared/address';
import { hosts, ownAddress, readAccount } from '../nodes/Kaleyra/kaleyraAccount';

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
			description: 'Where your Kaleyra account is. The SID and the key are valid there alone.',
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
			description: 'The address up to, and without, /v2. For a proxy or a test server.',
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

	/** A function, so that the key is sent to the address that it belongs to and nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const { host, apiKey } = readAccount(credentials);
		checkDestination(request, host);
		const headers = { ...request.headers, 'api-key': apiKey };
		return await Promise.resolve({ ...request, headers });
	};

	/**
	 * Asks for a flow that cannot exist. What tells good credentials from bad is the code in the
	 * body: a missing flow is "WA-401", and may well come with the status of bad credentials. n8n
	 * looks into bodies of good statuses alone, hence all statuses count as good here.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.region === "${ownAddress}" ? $credentials.baseUrl : $credentials.region }}`,
			url: '=/v2/{{ encodeURIComponent($credentials.sid.trim()) }}/whatsapp/0',
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: [
			whenBodyHas(
				'code',
				'RBC001',
				'Kaleyra did not accept this SID and API key. Check both, and whether the account is in this Region',
			),
			whenBodyHas(
				'error',
				'API is not available for given customer.Please contact support for more info',
				'Kaleyra knows this SID and API key, but the WhatsApp API is not available for the account. Ask Kaleyra support to enable WhatsApp API V2',
			),
			whenBodyHas('code', 'WA-500', 'Kaleyra is out of order at the moment. Try again later'),
			whenBodyHas(
				'code',
				undefined,
				'What answered at this address is not the Kaleyra API. Check Region and Base URL, and try again',
			),
		],
	};
}

function whenBodyHas(key: string, value: string | undefined, message: string) {
	return { type: 'responseSuccessBody', properties: { key, value, message } } as const;
}
