import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { toOwnAddress } from '../shared/sending/ownAddress';
import type { VendorRequest } from '../shared/sending/send';
import type { VerbaAccount } from './verbaAccount';

/** What Verba's API is asked for, in its own words. */
export const actions = {
	deleteCall: 'DeleteCall',
	getCallInformation: 'GetCallInformation',
	requestToken: 'RequestToken',
	searchCalls: 'SearchCalls',
} as const;

export type Action = (typeof actions)[keyof typeof actions];

/** How the documentation names what identifies a conversation; `extension` comes with a status. */
export type Selection = Readonly<Record<string, string>>;

/**
 * Adds what the credential knows to a request: the API key, and user and password where a token is
 * asked for and nowhere else.
 *
 * @throws UserError if the request goes to another host
 */
export function authenticateRequest(
	account: VerbaAccount,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const own = toOwnAddress(request, account.address);
	const url = new URL(own.url);
	const inBody = bodyOf(own);
	const action = url.searchParams.get('action') ?? own.qs?.action ?? inBody?.fields.action;
	const headers = { ...own.headers };
	if (action === actions.requestToken && account.login !== undefined) {
		const { user, password } = account.login;
		const login = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
		headers.Authorization = `Basic ${login}`;
	}
	if (account.parametersIn === 'body' && inBody !== undefined) {
		const fields = { ...inBody.fields, apiKey: account.apiKey };
		return { ...own, headers, [inBody.name]: fields };
	}
	const separator = url.search === '' ? '?' : '&';
	url.search += `${separator}apiKey=${encodeURIComponent(account.apiKey)}`;
	return { ...own, headers, url: url.href };
}

/**
 * Where fields stand in the body of a POST: n8n's older helpers, and with them HTTP Request, have
 * `form` for a form. Undefined where there are none, as in a text or an upload.
 */
function bodyOf(
	request: IHttpRequestOptions & { form?: unknown; formData?: unknown },
): { readonly name: 'form' | 'body'; readonly fields: IDataObject } | undefined {
	if (request.method !== 'POST' || request.formData !== undefined) return undefined;
	const name = request.form === undefined ? 'body' : 'form';
	const fields = request[name] ?? {};
	return isPlainObject(fields) ? { name, fields: fields as IDataObject } : undefined;
}

/** Not a text, a buffer, a stream or an upload. */
function isPlainObject(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** In the address and not in `qs`, which leaves some characters as they are. */
export function toRequest(
	{ address, parametersIn }: VerbaAccount,
	parameters: Selection,
): VendorRequest {
	if (parametersIn === 'body') {
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
		return { method: 'POST', url: address, headers, body: { ...parameters } };
	}
	const query = Object.entries(parameters).map(
		([name, value]) => `${name}=${encodeURIComponent(value)}`,
	);
	return { method: 'GET', url: `${address}?${query.join('&')}` };
}
