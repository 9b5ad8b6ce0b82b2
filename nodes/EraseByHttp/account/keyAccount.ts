import { UserError, type IHttpRequestOptions } from 'n8n-workflow';

import type { Account } from '../../shared/sending/account';
import type { FixedHeaders } from './fixedHeaders';
import { isSameHeader } from './headerName';
import { keyCredentialName, readKeyCredential, type KeyDetails } from './keyCredential';

/** An account at a vendor that the user describes, reached with a key or with user and password. */
export function keyAccount(vendorName: string, headers: FixedHeaders = {}): Account<KeyDetails> {
	return {
		vendor: vendorName,
		vendorName,
		credentialName: keyCredentialName,
		addressField: 'Base URL',
		headers,
		read: readKeyCredential,
		addKey: (request, { place: { as, name, value } }) =>
			as === 'header' ? withHeader(request, name, value) : withParameter(request, name, value),
	};
}

/** In place of what the request had there, in whatever letter case. */
function withHeader(
	request: IHttpRequestOptions,
	name: string,
	value: string,
): IHttpRequestOptions {
	const others = Object.entries(request.headers ?? {}).filter(
		([other]) => !isSameHeader(other, name),
	);
	return { ...request, headers: { ...Object.fromEntries(others), [name]: value } };
}

/** In the address and not in `qs`, which leaves some characters as they are. */
function withParameter(
	request: IHttpRequestOptions,
	name: string,
	value: string,
): IHttpRequestOptions {
	const url = new URL(request.url);
	if (url.searchParams.has(name) || Object.hasOwn(request.qs ?? {}, name)) {
		throw new UserError(
			`This request has a query parameter "${name}" of its own, in which these credentials send the key. Remove it`,
		);
	}
	// Added to the text: a parser's own list would write the rest of it anew.
	url.search += `${url.search === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`;
	return { ...request, url: url.href };
}
