import { UserError } from 'n8n-workflow';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Checks the address that a credential holds before anything is sent to it.
 *
 * @param label the field's name as the user sees it
 * @param http where http is let through: for this machine alone, where the traffic leaves no wire,
 *   or anywhere, for a vendor's servers that are installed that way in a company's own network
 * @returns the address without a slash at its end
 * @throws UserError for anything that is no absolute https address
 */
export function checkAddress(
	address: unknown,
	label: string,
	http: 'loopback' | 'anywhere' = 'loopback',
): string {
	const text = typeof address === 'string' ? address.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw new UserError(
			`${label} in the credentials is no web address. Enter one such as https://api.example.com`,
		);
	}
	if (url.protocol === 'http:' && http === 'loopback' && !loopback.test(url.hostname)) {
		throw new UserError(
			`${label} in the credentials starts with http://, which would send the key unprotected. Use https://`,
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new UserError(
			`${label} in the credentials holds a user name or password. Remove them from the address`,
		);
	}
	// A mark with nothing after it does not show in the parsed address, and would hide every path.
	if (/[?#]/.test(text)) {
		throw new UserError(`${label} in the credentials holds a "?" or "#". Remove what follows it`);
	}
	return text.replace(/\/+$/, '');
}

/**
 * Makes sure that a request goes to the account that its credentials belong to.
 *
 * @param address the account's address, checked
 * @throws UserError if the request goes to another host
 */
export function checkDestination(
	request: { readonly url: string; readonly baseURL?: string },
	address: string,
): void {
	const destination = new URL(request.url, request.baseURL ?? address);
	if (destination.origin === new URL(address).origin) return;
	throw new UserError(
		`These credentials are for ${new URL(address).host} and are not sent to ${destination.host}. Use an address there, or other credentials`,
	);
}
