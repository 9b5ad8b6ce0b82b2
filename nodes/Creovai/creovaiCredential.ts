import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { clock } from '../shared/sending/clock';
import { describeNoAnswer } from '../shared/sending/credentialTest';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import { toOwnAddress } from '../shared/sending/ownAddress';
import { Token } from '../shared/sending/tokenSource';
import { withoutCredential } from '../shared/sending/withoutCredential';
import { digestOf, readAccount, type CreovaiAccount } from './creovaiAccount';
import { tokensOf } from './creovaiToken';

/**
 * The hidden fields in which a token is handed to `authenticateRequest`: by n8n, which keeps there
 * what `fetchForOtherNodes` gives, or by this package's node, which keeps its tokens to itself.
 */
export const tokenFields = {
	token: 'accessToken',
	/** Milliseconds since the epoch. */
	goodUntil: 'goodUntil',
	/** The digest of what the token was fetched with: fields that are changed later need another. */
	account: 'goodFor',
} as const;

/** The credential of a run, with the run's token. Whether it is still good is the run's to know. */
export function holding(account: CreovaiAccount, token: Token): ICredentialDataDecryptedObject {
	const { address, tokenAddress, clientId, clientSecret } = account;
	return {
		baseUrl: address,
		tokenBaseUrl: tokenAddress,
		clientId,
		clientSecret,
		...fieldsOf(account, token.text, Number.MAX_SAFE_INTEGER),
	};
}

/**
 * Authenticates a request with the token that the credential holds.
 *
 * A token that is no longer good is not sent: n8n then fetches another before it sends anything.
 * Left to be turned down by Creovai, it would go out with requests that n8n sends a second time.
 *
 * @throws UserError if an address cannot be used, the request goes to another host, or there is no
 *   good token
 */
export async function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const account = readAccount(credentials);
	const own = toOwnAddress(request, account.address);
	if (!holdsGoodToken(credentials, account)) throw new NoGoodToken();
	const token = credentials[tokenFields.token] as string;
	const headers = { ...own.headers, Authorization: `Bearer ${token}` };
	return await Promise.resolve({ ...own, headers });
}

/**
 * Fetches a token for other nodes that use the credential, such as n8n's HTTP Request. n8n calls it
 * after whatever went wrong with a request, and sends the request again if it gets a token: it gets
 * none as long as the one that it has is good.
 *
 * @throws UserError if there is no token
 */
export async function fetchForOtherNodes(
	this: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const account = readAccount(credentials);
	if (holdsGoodToken(credentials, account)) return {};
	const fetched = await tokensOf(account).current(withoutCredential(this), defaultTimeoutMs);
	if (fetched instanceof Token) return fieldsOf(account, fetched.text, fetched.goodUntil);
	throw new UserError(describeNoAnswer(fetched, 'Creovai', 'Token Base URL'));
}

function fieldsOf(account: CreovaiAccount, token: string, goodUntil: number) {
	return {
		[tokenFields.token]: token,
		[tokenFields.goodUntil]: goodUntil,
		[tokenFields.account]: digestOf(account),
	};
}

function holdsGoodToken(
	credentials: ICredentialDataDecryptedObject,
	account: CreovaiAccount,
): boolean {
	return (
		typeof credentials[tokenFields.token] === 'string' &&
		credentials[tokenFields.token] !== '' &&
		credentials[tokenFields.account] === digestOf(account) &&
		clock.now() < Number(credentials[tokenFields.goodUntil])
	);
}

/** n8n fetches a new token after an answer of 401, and finds the status in `response`. */
class NoGoodToken extends UserError {
	readonly response = { status: 401 };

	constructor() {
		super('The token for Creovai has expired. Run the workflow again');
	}
}
