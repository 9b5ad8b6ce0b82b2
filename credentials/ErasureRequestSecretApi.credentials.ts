import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * The secret that a sender of erasure requests signs with. Nothing is sent with it but signatures. The
 * Test button is the nodes': see nodes/shared/requests/credentialTests.ts.
 */
export class ErasureRequestSecretApi implements ICredentialType {
	name = 'erasureRequestSecretApi';

	displayName = 'Erasure Request Secret API';

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
			placeholder: 'e.g. shop-backend',
			description:
				'A name for whoever sends the requests. Keep it: it is part of what tells one request from another.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. whsec_…',
			description: 'The secret that the sender signs with, 24 to 64 bytes in base64',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'While the secret is changed for another one: the old one, which counts as long as it is here. Keep it until all requests from its time are done.',
		},
	];
}
