import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkFilled } from '../shared/secrets/secretText';
import { checkAddress } from '../shared/sending/address';
import type { TokenAccount, TokenCredential } from '../shared/sending/tokenCredential';
import { digestOf, type TokenGrant, type TokenRequest } from '../shared/sending/tokenGrant';

export const credentialName = 'creovaiOAuth2Api';

/**
 * Creovai's account and its tokens (OAuth2 client credentials, in the form body):
 * https://support.creovai.com/article/197963/https---creovai-zendesk-com-hc-en-us-articles-360000985308-token-authentication-api
 */
export const creovai: TokenCredential = {
	vendorName: 'Creovai',
	expired: 'The token for Creovai has expired. Run the workflow again',
	read,
};

/** @throws UserError naming the field that cannot be used */
function read(credentials: ICredentialDataDecryptedObject): TokenAccount {
	const { baseUrl, tokenBaseUrl, clientId, clientSecret } = credentials;
	const address = checkAddress(baseUrl, 'API Base URL');
	const request: TokenRequest = {
		url: `${checkAddress(tokenBaseUrl, 'Token Base URL')}/Token`,
		body: {
			grant_type: 'client_credentials',
			client_id: checkFilled(clientId, 'Client ID'),
			client_secret: checkFilled(clientSecret, 'Client Secret'),
		},
	};
	return { address, grant: { ...grant, request, digest: digestOf(address, request) } };
}

/** The vendor's SDKs take no other type than bearer, and 401 and 403 for bad credentials. */
const grant: Omit<TokenGrant, 'digest' | 'request'> = {
	credentialName,
	addressField: 'Token Base URL',
	mayLeaveOutType: false,
	turnedDown: ({ status }) =>
		`Creovai gave no token for this Client ID and Client Secret (HTTP ${status}). Check both, and Token Base URL, in n8n under Credentials; a secret is valid for 365 days`,
	gaveNoToken: ({ status }) =>
		`What answered at the Token Base URL (HTTP ${status}) gave no token as Creovai documents it. Check Token Base URL in n8n under Credentials`,
};
