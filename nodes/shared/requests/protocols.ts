import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

import type { RequestProtocol } from '../../../erasure/requests/intake';
import { readIntake, type OpenIntake } from './readIntake';

/** Which credential a protocol takes. */
const credentialNames: Readonly<Record<RequestProtocol, string>> = {
	standardWebhooks: 'erasureRequestSecretApi',
	fixedHeader: 'erasureRequestHeaderApi',
};

/**
 * A field of the node and of no operation: n8n shows it as a part of the credential, and hides whatever
 * fields it depends on.
 */
export const protocolField: INodeProperties = {
	displayName: 'Protocol',
	name: 'protocol',
	type: 'options',
	noDataExpression: true,
	default: 'standardWebhooks',
	options: [
		{
			name: 'Fixed Header',
			value: 'fixedHeader',
			description: 'The sender puts a secret header on every call, as Ketch does',
		},
		{
			name: 'Standard Webhooks',
			value: 'standardWebhooks',
			description: 'The sender signs every call, with a library for its language or with Svix',
		},
	],
	description: 'How the sender shows who it is',
};

/** As much of a node's context as this takes, so that webhooks, hooks and runs can use it. */
interface Reader {
	getCredentials(name: string): Promise<ICredentialDataDecryptedObject>;
}

export function credentialNameOf(protocol: RequestProtocol): string {
	return credentialNames[protocol];
}

/** @throws UserError for a field that cannot be used, and what n8n throws without a credential */
export async function openIntake(
	context: Reader,
	protocol: RequestProtocol,
): Promise<OpenIntake & { readonly data: ICredentialDataDecryptedObject }> {
	const data = await context.getCredentials(credentialNames[protocol]);
	return { ...readIntake(protocol, data), data };
}
