import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { checkApiKey, checkFilled, checkTypedSecret } from '../../shared/secrets/secretText';
import type { AccountDetails } from '../../shared/sending/account';
import { checkAddress } from '../../shared/sending/address';
import { complaintAboutHeader } from './headerName';

export const keyCredentialName = 'eraseByHttpApi';

/** How requests carry the key. */
export type KeyPlace =
	| { readonly as: 'header'; readonly name: string; readonly value: string }
	| { readonly as: 'query'; readonly name: string; readonly value: string };

export interface KeyDetails extends AccountDetails {
	readonly place: KeyPlace;
}

/** @throws UserError naming the field that cannot be used */
export function readKeyCredential(credential: ICredentialDataDecryptedObject): KeyDetails {
	const address = checkAddress(credential.baseUrl, 'Base URL');
	switch (credential.sendKeyAs ?? 'bearer') {
		case 'bearer': {
			const key = checkKey(credential.key);
			return { address, key, place: authorization(`Bearer ${key}`) };
		}
		case 'header': {
			const key = checkKeyWithScheme(credential.key);
			const name = checkHeaderName(credential.headerName);
			return { address, key, place: { as: 'header', name, value: key } };
		}
		case 'query': {
			const key = checkKey(credential.key);
			const name = checkQueryName(credential.queryName);
			return { address, key, place: { as: 'query', name, value: key } };
		}
		case 'basic':
			return { address, ...readLogin(credential) };
		default:
			throw new UserError('Send Key As in the credentials is not known. Choose it again');
	}
}

function authorization(value: string): KeyPlace {
	return { as: 'header', name: 'Authorization', value };
}

const source = 'the vendor';

function checkKey(key: unknown): string {
	return checkApiKey(key, source, 'Key');
}

/** Some vendors want a word before the key: `Token abc`. */
function checkKeyWithScheme(key: unknown): string {
	const [, scheme, rest] =
		/^\s*([a-z]+) +(\S+)\s*$/i.exec(typeof key === 'string' ? key : '') ?? [];
	return scheme === undefined ? checkKey(key) : `${scheme} ${checkKey(rest)}`;
}

function checkHeaderName(value: unknown): string {
	const name = checkFilled(value, 'Header Name');
	switch (complaintAboutHeader(name)) {
		case 'noName':
			throw new UserError(
				'Header Name in the credentials is not the name of a header. Enter one such as X-Api-Key, without the colon',
			);
		case 'notForChoice':
			throw new UserError(
				`Header Name in the credentials is "${name}", which changes how or where a request is sent. Enter the header in which the vendor expects the key`,
			);
		case undefined:
			return name;
	}
}

/** What stands in an address as it is: https://www.rfc-editor.org/rfc/rfc3986#section-2.3. */
function checkQueryName(value: unknown): string {
	const name = checkFilled(value, 'Query Parameter');
	if (/^[\w.~-]{1,100}$/.test(name)) return name;
	throw new UserError(
		'Query Parameter in the credentials holds more than a name. Enter one such as api_key, without "?" and "="',
	);
}

/** A password may be empty: at many vendors the key is the user, and there is none. */
function readLogin({ user: name, password: word }: ICredentialDataDecryptedObject) {
	const user = checkTypedSecret(checkFilled(name, 'User'), 'User');
	const password = checkTypedSecret(typeof word === 'string' ? word : '', 'Password');
	// Basic authentication ends the user at the first colon (RFC 7617, section 2).
	if (user.includes(':')) {
		throw new UserError(
			'User in the credentials holds a ":", which ends a user name there. Enter what follows it as the password',
		);
	}
	const login = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
	return { publicName: user, key: password, place: authorization(`Basic ${login}`) };
}
