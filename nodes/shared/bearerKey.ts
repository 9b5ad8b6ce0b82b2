import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { checkAddress, checkDestination } from './address';

/**
 * Authenticates a request with the key of a credential that has the fields Base URL and API Key. A
 * function and no template of n8n's, so that the key is sent to the address that it belongs to and
 * nowhere else.
 *
 * @throws UserError if the address cannot be used or the request goes to another host
 */
export async function sendBearerKey(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	checkDestination(request, checkAddress(credentials.baseUrl, 'Base URL'));
	const key = typeof credentials.apiKey === 'string' ? credentials.apiKey.trim() : '';
	const headers = { ...request.headers, Authorization: `Bearer ${key}` };
	return await Promise.resolve({ ...request, headers });
}

/**
 * The Test of such a credential at a vendor that lists calls: it changes nothing and needs the key.
 *
 * @param noApiThere said where the answer does not come from the vendor's API
 */
export function testByListingCalls(vendorName: string, noApiThere: string): ICredentialTestRequest {
	const rules = [
		responds(401, `${vendorName} did not accept the API key. Check API Key and Base URL`),
		responds(
			403,
			`${vendorName} accepted the API key but does not permit this. Use a key that may list calls`,
		),
		responds(404, noApiThere),
		// An address that is made for people leads on to a sign-in page.
		...[301, 302, 303, 307, 308].map((status) => responds(status, noApiThere)),
		// A good answer lists calls; a page for people does not.
		{
			type: 'responseSuccessBody',
			properties: { key: 'calls', value: undefined, message: noApiThere },
		},
	] as NonNullable<ICredentialTestRequest['rules']>;
	return {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/calls',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules,
	};
}

function responds(value: number, message: string) {
	return { type: 'responseCode', properties: { value, message } } as const;
}
