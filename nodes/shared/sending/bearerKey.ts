import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { Answer, Reply } from '../../../erasure/reply';
import { checkAddress } from './address';
import { testCredential } from './credentialTest';
import { toOwnAddress } from './ownAddress';
import { checkApiKey } from '../secrets/secretText';
import type { KeyCredential, Sender } from './send';

/** What a credential with the fields Base URL and API Key holds, checked. */
export interface BearerAccount {
	/** Without a slash at its end. */
	readonly address: string;
	readonly apiKey: string;
}

/** @throws UserError naming the field that cannot be used */
export function readBearerAccount(
	{ baseUrl, apiKey }: ICredentialDataDecryptedObject,
	vendorName: string,
): BearerAccount {
	return {
		address: checkAddress(baseUrl, 'Base URL'),
		apiKey: checkApiKey(apiKey, vendorName),
	};
}

/**
 * Makes the function that authenticates a request with such a credential. A function and no
 * template of n8n's, so that the key is sent to the address that it belongs to and nowhere else.
 *
 * @returns what throws a UserError for a field that cannot be used, or for a request that would take
 *   the key anywhere else
 */
export function sendBearerKey(
	vendorName: string,
): (
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions> {
	return async (credentials, request) => {
		const { address, apiKey } = readBearerAccount(credentials, vendorName);
		const own = toOwnAddress(request, address);
		const headers = { ...own.headers, Authorization: `Bearer ${apiKey}` };
		return await Promise.resolve({ ...own, headers });
	};
}

/** How a vendor whose API lists calls is asked for some. */
export interface CallList {
	readonly vendorName: string;
	readonly credentialName: string;
	/** Said where the answer does not come from the vendor's API. */
	readonly noApiThere: string;
	/** Asks for one call at an address that has been checked. */
	ask(sender: Sender, key: KeyCredential, address: string): Promise<Reply>;
	isList(answer: Answer): boolean;
}

/** The Test of such a credential at a vendor that lists calls: it changes nothing and needs the key. */
export function testByListingCalls(list: CallList): ICredentialTestFunction {
	const { vendorName, credentialName } = list;
	return testCredential({
		vendorName,
		credentialName,
		addressField: 'Base URL',
		authenticate: sendBearerKey(vendorName),
		ask: async (sender, key) =>
			await list.ask(sender, key, readBearerAccount(key.data, vendorName).address),
		complaintOf: (answer) => complaintAbout(answer, list),
	});
}

function complaintAbout(answer: Answer, list: CallList): string | undefined {
	const { vendorName, noApiThere } = list;
	const { status } = answer;
	if (list.isList(answer)) return undefined;
	if (status === 401) return `${vendorName} did not accept the API key. Check API Key and Base URL`;
	if (status === 403) {
		return `${vendorName} accepted the API key but does not permit this. Use a key that may list calls`;
	}
	// A page for people, or the way to one: an address that is made for them leads on to a sign-in page.
	if (status < 400 || status === 404) return noApiThere;
	return `${vendorName} answered ${status}, which does not tell whether the API key is good. Check Base URL, or try again later`;
}
