import type { INodeProperties } from 'n8n-workflow';

import { checkApiKey } from '../secrets/secretText';
import type { Account } from './account';
import { checkAddress } from './address';

const baseUrl = { name: 'baseUrl', displayName: 'Base URL' } as const;
const apiKey = { name: 'apiKey', displayName: 'API Key' } as const;

/** An account whose credential has the fields API Key and Base URL (`keyFields`), sent as a bearer key. */
export function bearerAccount(
	names: Pick<Account, 'vendor' | 'vendorName' | 'credentialName'>,
): Account {
	return {
		...names,
		addressField: baseUrl.displayName,
		read: (credential) => ({
			address: checkAddress(credential[baseUrl.name], baseUrl.displayName),
			key: checkApiKey(credential[apiKey.name], names.vendorName),
		}),
		addKey: (request, { key }) => ({
			...request,
			headers: { ...request.headers, Authorization: `Bearer ${key}` },
		}),
	};
}

/**
 * The fields of such a credential.
 *
 * @param address the vendor's own
 * @param description says which of the vendor's keys is meant
 */
export function keyFields(
	{ vendorName }: Account,
	{ address, description }: { readonly address: string; readonly description: string },
): INodeProperties[] {
	return [
		{
			displayName: apiKey.displayName,
			name: apiKey.name,
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description,
		},
		{
			displayName: baseUrl.displayName,
			name: baseUrl.name,
			type: 'string',
			required: true,
			default: address,
			description: `Where the ${vendorName} API is. Change it only for a proxy or a test server.`,
		},
	];
}
