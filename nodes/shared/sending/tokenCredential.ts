import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

import type { Authenticate } from './account';
import { tokensOf } from './accountTokens';
import { clock } from './clock';
import { describeNoAnswer } from './credentialTest';
import { toOwnAddress } from './ownAddress';
import { defaultTimeoutMs } from './timeouts';
import type { TokenGrant } from './tokenGrant';
import { Token } from './tokenSource';
import { withoutCredential } from './withoutCredential';

/** An account whose requests carry a token. */
export interface TokenAccount {
	/** The only address that tokens are sent to. */
	readonly address: string;
	readonly grant: TokenGrant;
}

/** A credential whose requests carry a token. */
export interface TokenCredential {
	/** Begins a sentence for the user: "Creovai". */
	readonly vendorName: string;
	/** What is said where the token has run out and another node got no other. */
	readonly expired: string;
	/** Reads what a credential holds. Throws UserError naming the field that cannot be used. */
	read(credential: ICredentialDataDecryptedObject): TokenAccount;
}

/**
 * The hidden fields in which a token is handed to a credential's `authenticate`: by n8n, which keeps
 * there what `fetchForOtherNodes` gives, or by this package's node, which keeps its tokens to itself.
 */
export const heldFields = {
	token: 'accessToken',
	/** Milliseconds since the epoch. */
	goodUntil: 'goodUntil',
	/** The digest of what the token was fetched with: fields that are changed later need another. */
	account: 'goodFor',
} as const;

/** Those fields, for the credential: n8n keeps a token in them for other nodes; ours reads none of it. */
export const heldProperties: INodeProperties[] = [
	{
		displayName: 'Access Token',
		name: heldFields.token,
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{ displayName: 'Good Until', name: heldFields.goodUntil, type: 'hidden', default: '' },
	{ displayName: 'Good For', name: heldFields.account, type: 'hidden', default: '' },
];

/** The credential of a run, with the run's token. Whether it is still good is the run's to know. */
export function holding(
	data: ICredentialDataDecryptedObject,
	{ grant }: TokenAccount,
	token: Token,
): ICredentialDataDecryptedObject {
	return { ...data, ...fieldsOf(grant, token.text, Number.MAX_SAFE_INTEGER) };
}

/**
 * Makes the function that authenticates a request with the token that the credential holds.
 *
 * A token that is no longer good is not sent: n8n then fetches another before it sends anything.
 * Left to be turned down by the vendor, it would go out with requests that n8n sends a second time.
 *
 * @returns what throws a UserError if an address cannot be used, the request goes to another host,
 *   or there is no good token
 */
export function authenticateWithToken(held: TokenCredential): Authenticate {
	return async (credential, request) => {
		const { address, grant } = held.read(credential);
		const own = toOwnAddress(request, address);
		if (!holdsGoodToken(credential, grant)) throw new NoGoodToken(held.expired);
		return await Promise.resolve(withToken(own, credential[heldFields.token] as string));
	};
}

function withToken(request: IHttpRequestOptions, token: string): IHttpRequestOptions {
	return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
}

/** Gives n8n the hidden fields of a credential before it authenticates with them. */
export type PreAuthenticate = (
	this: IHttpRequestHelper,
	credential: ICredentialDataDecryptedObject,
) => Promise<IDataObject>;

/**
 * Makes the function that fetches a token for other nodes that use the credential, such as n8n's
 * HTTP Request. n8n calls it after whatever went wrong with a request, and sends the request again
 * if it gets a token: it gets none as long as the one that it has is good.
 *
 * @returns what throws a UserError if there is no token
 */
export function fetchForOtherNodes(held: TokenCredential): PreAuthenticate {
	return async function (credential) {
		const { grant } = held.read(credential);
		if (holdsGoodToken(credential, grant)) return {};
		const fetched = await tokensOf(grant).current(withoutCredential(this), defaultTimeoutMs);
		if (fetched instanceof Token) return fieldsOf(grant, fetched.text, fetched.goodUntil);
		throw new UserError(describeNoAnswer(fetched, held.vendorName, grant.addressField));
	};
}

function fieldsOf(grant: TokenGrant, token: string, goodUntil: number) {
	return {
		[heldFields.token]: token,
		[heldFields.goodUntil]: goodUntil,
		[heldFields.account]: grant.digest,
	};
}

function holdsGoodToken(credential: ICredentialDataDecryptedObject, grant: TokenGrant): boolean {
	return (
		typeof credential[heldFields.token] === 'string' &&
		credential[heldFields.token] !== '' &&
		credential[heldFields.account] === grant.digest &&
		clock.now() < Number(credential[heldFields.goodUntil])
	);
}

/** n8n fetches a new token after an answer of 401, and finds the status in `response`. */
class NoGoodToken extends UserError {
	readonly response = { status: 401 };
}
