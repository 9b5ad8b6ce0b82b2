import { createHash } from 'node:crypto';

import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkAddress } from '../shared/sending/address';

export const credentialName = 'creovaiOAuth2Api';

/** What the credential holds, checked. */
export interface CreovaiAccount {
	/** Where calls are purged: the only address that tokens are sent to. */
	readonly address: string;
	/** Where tokens come from: the only address that client ID and secret are sent to. */
	readonly tokenAddress: string;
	readonly clientId: string;
	readonly clientSecret: string;
}

/** @throws UserError naming the field that cannot be used */
export function readAccount(credentials: ICredentialDataDecryptedObject): CreovaiAccount {
	const { baseUrl, tokenBaseUrl, clientId, clientSecret } = credentials;
	return {
		address: checkAddress(baseUrl, 'API Base URL'),
		tokenAddress: checkAddress(tokenBaseUrl, 'Token Base URL'),
		clientId: readFilled(clientId, 'Client ID'),
		clientSecret: readFilled(clientSecret, 'Client Secret'),
	};
}

/** Tells accounts apart without holding what they consist of. */
export function digestOf(account: CreovaiAccount): string {
	const { address, tokenAddress, clientId, clientSecret } = account;
	return createHash('sha256')
		.update(JSON.stringify([address, tokenAddress, clientId, clientSecret]))
		.digest('hex');
}

function readFilled(value: unknown, label: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new UserError(`${label} in the credentials is empty. Fill it in`);
	return text;
}
