import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { asRecord, type Answer, type Reply } from '../../erasure/reply';

/** The credential that authenticates a vendor's requests. */
export interface SendingCredential {
	readonly name: string;
	/** The token can run out and be fetched anew (OAuth2), so one 401 is no verdict yet. */
	readonly renewable: boolean;
}

export interface VendorRequest {
	readonly method: IHttpRequestMethods;
	/** The whole address, identifiers already encoded. */
	readonly url: string;
	readonly qs?: IDataObject;
	readonly headers?: IDataObject;
	readonly body?: IDataObject;
}

/** As much of a node's context as sending takes, so that a credential's test can send the same way. */
export interface SendingContext {
	readonly helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/** What n8n's helper answers with `returnFullResponse`. */
interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * The one function that puts requests on the wire, always through n8n's own helper, which knows
 * about proxies, blocked addresses, cancelling and the stored credential. Never rejects.
 *
 * Statuses come back in band, because the helper otherwise sends again by itself after a 401, even
 * for a plain API key. Redirects are not followed: credentials go to the address they belong to
 * and nowhere else.
 *
 * @param timeout milliseconds until a reply counts as lost
 */
export async function send(
	context: SendingContext,
	credential: SendingCredential,
	request: VendorRequest,
	timeout: number,
): Promise<Reply> {
	const inBand = { ignore: true, except: credential.renewable ? [401] : [] } as const;
	const reply = await sendOnce(context, credential, request, timeout, inBand);
	// n8n 1.x knows no exceptions and hands over the 401: a second request, without in-band
	// statuses, makes it fetch a new token and send again.
	if (credential.renewable && reply.kind === 'answered' && reply.status === 401) {
		return await sendOnce(context, credential, request, timeout, false);
	}
	return reply;
}

async function sendOnce(
	context: SendingContext,
	credential: SendingCredential,
	request: VendorRequest,
	timeout: number,
	inBand: { readonly ignore: true; readonly except: readonly number[] } | false,
): Promise<Reply> {
	const options: IHttpRequestOptions = {
		...request,
		encoding: 'text',
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: inBand && { ...inBand, except: [...inBand.except] },
		timeout,
	};
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context as IExecuteFunctions,
			credential.name,
			options,
		)) as FullResponse;
		return toAnswer(response.statusCode, response.headers, response.body);
	} catch (error) {
		if (context.getExecutionCancelSignal()?.aborted === true) return { kind: 'cancelled' };
		return readFailure(error, credential.renewable ? request.url : undefined);
	}
}

function toAnswer(status: number, headers: unknown, body: unknown): Answer {
	const lowerCase = Object.entries(asRecord(headers) ?? {}).map(
		([name, value]) => [name.toLowerCase(), String(value)] as const,
	);
	return {
		kind: 'answered',
		status,
		headers: Object.fromEntries(lowerCase),
		body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
	};
}

/**
 * What n8n's helper throws: a NodeApiError whose chain of causes holds what really happened.
 *
 * @param url given where the helper may have gone for a token first: what failed at another
 *   address was never this request. Otherwise another address is this request's own, with the key
 *   put into its query by the credential.
 */
function readFailure(error: unknown, url: string | undefined): Reply {
	const chain = causes(error);
	const tokenRefusal = chain.find(isTokenRefusal);
	if (tokenRefusal !== undefined) return { kind: 'badCredentials', cause: badToken };

	const http = chain.find((cause) => cause.isAxiosError === true);
	if (http === undefined) return readUnsent(chain);

	const forToken = url !== undefined && asRecord(http.config)?.url !== url;
	const response = asRecord(http.response);
	if (response !== undefined && !forToken) {
		return toAnswer(Number(response.status), response.headers, response.data);
	}
	const code = chain.map((cause) => cause.code).find((value) => typeof value === 'string');
	const undelivered = describeUndelivered(String(code ?? ''), chain);
	if (undelivered !== undefined) return { kind: 'notDelivered', cause: undelivered };
	if (forToken) return { kind: 'notDelivered', cause: 'no token could be fetched' };
	return { kind: 'lost', cause: describeLost(String(code ?? '')) };
}

const badToken =
	'The vendor did not give a token for these credentials. Check client ID, client secret and addresses in n8n under Credentials';

function causes(error: unknown): Array<Readonly<Record<string, unknown>>> {
	const chain: Array<Readonly<Record<string, unknown>>> = [];
	let current = asRecord(error);
	while (current !== undefined && chain.length < 10) {
		chain.push(current);
		current = asRecord(current.cause);
	}
	return chain;
}

/** n8n's OAuth2 client throws this for any answer of the token address that holds no token. */
function isTokenRefusal(cause: Readonly<Record<string, unknown>>): boolean {
	const constructorName = (cause as { constructor?: { name?: string } }).constructor?.name;
	return constructorName === 'AuthError' || constructorName === 'ResponseError';
}

/** No HTTP client in the chain: the credential or n8n itself stopped the request before it left. */
function readUnsent(chain: ReadonlyArray<Readonly<Record<string, unknown>>>): Reply {
	const innermost = chain.at(-1);
	const message = typeof innermost?.message === 'string' ? innermost.message : '';
	return /token|credential|oauth/i.test(message)
		? { kind: 'badCredentials', cause: badToken }
		: { kind: 'lost', cause: 'n8n reported no details' };
}

const undeliveredCodes: Readonly<Record<string, string>> = {
	EAI_AGAIN: 'its host name could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	EHOSTUNREACH: 'its host is unreachable',
	ENETUNREACH: 'its network is unreachable',
	ENOTFOUND: 'its host name was not found',
	EPROTO: 'no secure connection could be made',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};

function describeUndelivered(
	code: string,
	chain: ReadonlyArray<Readonly<Record<string, unknown>>>,
): string | undefined {
	const known = undeliveredCodes[code];
	if (known !== undefined) return known;
	if (/^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code)) return 'no secure connection could be made';
	// A connection that never came about; the same codes without this mark may come after sending.
	const connecting = chain.some((cause) => cause.syscall === 'connect');
	const inHandshake = chain.some((cause) =>
		String(cause.message).includes('before secure TLS connection was established'),
	);
	return connecting || inHandshake ? 'no connection could be made' : undefined;
}

function describeLost(code: string): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'the time for it ran out';
	if (code === 'ECONNRESET') return 'the connection was reset';
	return 'the connection broke';
}
