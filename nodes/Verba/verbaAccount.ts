import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkAddress } from '../shared/sending/address';
import { checkApiKey, checkTypedSecret } from '../shared/secrets/secretText';

/** What the credential holds, checked. */
export interface VerbaAccount {
	/** Where the HTTP Business API is, for example `http://verba.example.com/verba/api`. */
	readonly address: string;
	readonly apiKey: string;
	/** Where the API key asks for authentication. */
	readonly login: { readonly user: string; readonly password: string } | undefined;
	readonly parametersIn: 'query' | 'body';
}

const documentedPath = '/verba/api';

/**
 * Reads what the credential holds. http is let through: Verba is installed on a company's own
 * servers, and its documentation shows no other address.
 *
 * @throws UserError naming the field that cannot be used
 */
export function readAccount(credentials: ICredentialDataDecryptedObject): VerbaAccount {
	const apiKey = checkApiKey(credentials.apiKey, 'Administration / API Keys in Verba');
	const user = readUser(credentials.user);
	const password = checkTypedSecret(text(credentials.password), 'Password');
	if ((user === '') !== (password === '')) {
		const missing = user === '' ? 'User' : 'Password';
		throw new UserError(
			`${missing} in the credentials is empty. Fill in both User and Password, or neither`,
		);
	}
	return {
		address: readAddress(credentials.baseUrl),
		apiKey,
		login: user === '' ? undefined : { user, password },
		parametersIn: credentials.parametersIn === 'body' ? 'body' : 'query',
	};
}

/** Basic authentication ends the user at the first colon (RFC 7617, section 2). */
function readUser(value: unknown): string {
	const user = checkTypedSecret(text(value).trim(), 'User');
	if (!user.includes(':')) return user;
	throw new UserError(
		'User in the credentials holds a ":", which ends a user name there. Use a Verba user without one',
	);
}

/** A server's name is enough; an address with a path is taken as it is (a proxy, a test server). */
function readAddress(address: unknown): string {
	const checked = checkAddress(address, 'Server Address', 'anywhere');
	return new URL(checked).pathname === '/' ? `${checked}${documentedPath}` : checked;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
