import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import { encodeForForm } from '../../shared/secrets/secrets';
import { checkFilled } from '../../shared/secrets/secretText';
import { checkAddress } from '../../shared/sending/address';
import type { TokenAccount, TokenCredential } from '../../shared/sending/tokenCredential';
import { digestOf, type TokenGrant, type TokenRequest } from '../../shared/sending/tokenGrant';
import { readTokenParameters, secretsIn } from './tokenParameters';

export const clientCredentialName = 'eraseByHttpOAuth2Api';

/** The account of such a credential, with what of its parameters is secret. */
export interface HttpTokenAccount extends TokenAccount {
	readonly clientId: string;
	readonly secrets: readonly string[];
}

/**
 * Tokens for a client, without a person who signs in: OAuth2's client credentials (RFC 6749, 4.4)
 * and grants of vendors' own that are asked for in the same way, such as Zoom's
 * `account_credentials`.
 */
export const tokenCredential = {
	vendorName: 'The vendor',
	expired: 'The token for these credentials has expired. Run the workflow again',
	read,
} satisfies TokenCredential;

/** @throws UserError naming the field that cannot be used */
function read(credential: ICredentialDataDecryptedObject): HttpTokenAccount {
	const address = checkAddress(credential.baseUrl, 'Base URL');
	const clientId = checkFilled(credential.clientId, 'Client ID');
	const parameters = readTokenParameters(credential.tokenParameters);
	const request: TokenRequest = {
		url: checkAddress(credential.tokenUrl, 'Token URL'),
		...sendClient(credential, clientId, {
			grant_type: checkFilled(credential.grantType ?? 'client_credentials', 'Grant Type'),
			...parameters,
		}),
	};
	const digest = digestOf(address, request);
	return {
		address,
		clientId,
		secrets: secretsIn(parameters),
		grant: { ...grant, request, digest },
	};
}

function sendClient(
	{ clientSecret, sendClientAs }: ICredentialDataDecryptedObject,
	clientId: string,
	form: Readonly<Record<string, string>>,
): Pick<TokenRequest, 'headers' | 'body'> {
	const secret = checkFilled(clientSecret, 'Client Secret');
	switch (sendClientAs ?? 'body') {
		case 'body':
			return { body: { ...form, client_id: clientId, client_secret: secret } };
		case 'basic': {
			// Both are encoded before: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1.
			const login = `${encodeForForm(clientId)}:${encodeForForm(secret)}`;
			const headers = { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
			return { headers, body: { ...form } };
		}
		default:
			throw new UserError('Send Client As in the credentials is not known. Choose it again');
	}
}

const grant: Omit<TokenGrant, 'digest' | 'request'> = {
	credentialName: clientCredentialName,
	addressField: 'Token URL',
	mayLeaveOutType: true,
	turnedDown: (answer) =>
		`No token was given for this Client ID and Client Secret (HTTP ${answer.status}${codeIn(answer)}). Check both, and Token URL, Grant Type, Token Parameters and Send Client As, in n8n under Credentials`,
	gaveNoToken: ({ status }) =>
		`What answered at the Token URL (HTTP ${status}) gave no token. Check Token URL in n8n under Credentials`,
};

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2. Nothing else of such an answer is quoted. */
const codes = new Set([
	'invalid_client',
	'invalid_grant',
	'invalid_request',
	'invalid_scope',
	'unauthorized_client',
	'unsupported_grant_type',
]);

function codeIn({ body }: Answer): string {
	const code = asRecord(parseJson(body))?.error;
	return typeof code === 'string' && codes.has(code) ? `, ${code}` : '';
}
