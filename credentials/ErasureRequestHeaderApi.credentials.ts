import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * The header by which a sender of erasure requests is known. It is never sent anywhere. The Test button
 * is the nodes': see nodes/shared/requests/credentialTests.ts.
 */
export class ErasureRequestHeaderApi implements ICredentialType {
	name = 'erasureRequestHeaderApi';

	displayName = 'Erasure Request Header API';

	icon: Icon = {
		light: 'file:../nodes/ErasureRequest/erasureRequest.svg',
		dark: 'file:../nodes/ErasureRequest/erasureRequest.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/requests.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Sender',
			name: 'sender',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ketch',
			description:
				'A name for whoever sends the requests. Keep it: it is part of what tells one request from another.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: 'Authorization',
			placeholder: 'e.g. Authorization',
			description: 'The header that the sender puts on every call',
		},
		{
			displayName: 'Header Value',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. Bearer …',
			description: 'Its whole value, at least 24 characters that nobody can guess',
		},
		{
			displayName: 'Previous Header Value',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. Bearer …',
			description:
				'While the value is changed for another one: the old one, which counts as long as it is here. Keep it until all requests from its time are done.',
		},
	];
}
