import { UserError } from 'n8n-workflow';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the address that a credential holds before anything is sent to it: the one parser for
 * every such field.
 *
 * @param label the field's name as the user sees it
 * @param http where http is let through: only for this machine, where the traffic leaves no wire,
 *   or anywhere, for a vendor's servers that are installed that way in a company's own network
 * @returns the address as the parser reads it, without a slash at its end
 * @throws UserError for anything that is not an absolute https address, or could be read as another one
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
			`${label} in the credentials is not a web address. Enter one such as https://api.example.com`,
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
	const plain = `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
	if (!isWrittenPlainly(text, url)) {
		throw new UserError(
			`${label} in the credentials is written in a way that can be taken for another address. If you mean ${plain}, enter that`,
		);
	}
	if (url.protocol === 'http:' && http === 'loopback' && !loopback.test(url.hostname)) {
		throw new UserError(
			`${label} in the credentials starts with http://, which would send the key unprotected. Use https://`,
		);
	}
	return plain;
}

/**
 * Whether the host is in the text as the parser reads it. It also reads backslashes, tabs, line
 * breaks, percent signs, other scripts, `127.1` and `0x7f.1`, and makes hosts of them that a person
 * or another parser does not see.
 */
function isWrittenPlainly(text: string, { protocol, host }: URL): boolean {
	const defaultPort = protocol === 'https:' ? ':443' : ':80';
	const written = /^https?:\/\/([^/]*)/i.exec(text)?.[1]?.toLowerCase();
	return written === host || written === `${host}${defaultPort}`;
}
