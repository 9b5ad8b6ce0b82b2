import type {
	IAdditionalCredentialOptions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { boundDepth } from '../../../erasure/bounds';
import { asRecord, type Answer, type Reply } from '../../../erasure/reply';
import { identifyAccount } from './accountIdentity';
import { useAccount } from './accountPace';
import { inTime } from './inTime';
import { proxyWantsSignIn, readNeverSent } from './neverSent';
import { discardBody, largestReply, readBody, type ReplyBody } from './replyBody';
import { secretsOf } from '../secrets/secrets';

/** Where requests are sent from: a node that runs, or a field of the editor that lists records. */
export type SendingContext = IExecuteFunctions | ILoadOptionsFunctions;

/** As much of either as sending takes, so that a credential's test can send the same way. */
export interface Sender {
	readonly helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
	/** Only what runs can be cancelled. */
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/** A credential that is the same for a whole run. */
export interface KeyCredential {
	readonly name: string;
	readonly data: ICredentialDataDecryptedObject;
}

/**
 * Reads a key for a whole run. Left to itself, n8n's helper reads and decrypts the credential from
 * the database for every request, which costs more than the request (docs/architecture.md); and a
 * credential that is changed in the middle of a run would send the new key to the old address.
 */
export async function readKey(context: SendingContext, name: string): Promise<KeyCredential> {
	const data = await context.getCredentials(name);
	// At once: what cannot be used may be complained about before anything is sent.
	secretsOf(context).holdCredential(data);
	useAccount(context, name, data);
	identifyAccount(context, data);
	return { name, data };
}

export interface VendorRequest {
	readonly method: IHttpRequestMethods;
	/** The whole address, identifiers already encoded. */
	readonly url: string;
	readonly qs?: IDataObject;
	readonly headers?: IDataObject;
	/** Bytes where something is said of exactly them, such as a signature. */
	readonly body?: IDataObject | Buffer;
	/**
	 * The answer holds a token, perhaps one that is known: nothing is taken out of it before it is
	 * read. Whoever reads it puts the token among the run's secrets, and quotes nothing with them in it.
	 */
	readonly asksForToken?: true;
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
 * @param timeout milliseconds until a reply that has not ended counts as lost
 */
export async function send(
	context: Sender,
	credential: KeyCredential,
	request: VendorRequest,
	timeout: number,
): Promise<Reply> {
	const secrets = secretsOf(context);
	secrets.holdCredential(credential.data);
	const reply = await putOnWire(context, credential, request, timeout);
	if (reply.kind !== 'answered') return reply;
	const body = boundDepth(reply.body);
	const isWhole = request.asksForToken === true;
	return { ...reply, body: isWhole ? body : secrets.outOfReply(body) };
}

async function putOnWire(
	context: Sender,
	credential: KeyCredential,
	request: VendorRequest,
	timeout: number,
): Promise<Reply> {
	const { asksForToken: _, ...wire } = request;
	const options: IHttpRequestOptions = {
		...wire,
		encoding: 'stream',
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: { ignore: true, except: [] },
		timeout,
	};
	try {
		const reply = await inTime(context, timeout, async (bounded) => {
			const response = (await context.helpers.httpRequestWithAuthentication.call(
				bounded as IExecuteFunctions,
				credential.name,
				options,
				withKey(credential),
			)) as FullResponse;
			const body = await readBody(response.body, bounded.getExecutionCancelSignal?.());
			return toReply(response, body);
		});
		if (reply !== undefined && reply.kind !== 'lost') return reply;
		const isCancelled = context.getExecutionCancelSignal?.()?.aborted === true;
		if (isCancelled) return { kind: 'cancelled' };
		return reply ?? { kind: 'lost', cause: timeRanOut };
	} catch (error) {
		if (context.getExecutionCancelSignal?.()?.aborted === true) return { kind: 'cancelled' };
		return readFailure(error, request.url);
	}
}

/** n8n's own way of handing its helper a credential that has been read; it needs no ID for that. */
function withKey({ name, data }: KeyCredential): IAdditionalCredentialOptions {
	return { credentialsDecrypted: { id: '', name, type: name, data } };
}

function toReply({ statusCode, headers }: FullResponse, body: ReplyBody): Reply {
	if (statusCode === 407) return proxyWantsSignIn;
	if (body.kind === 'whole') return toAnswer(statusCode, headers, body.text);
	if (body.kind === 'unreadable' || !saysItInItsBody(statusCode)) {
		return toAnswer(statusCode, headers, '');
	}
	return body.kind === 'tooLarge'
		? { kind: 'tooLarge', status: statusCode, limit: largestReply }
		: { kind: 'lost', cause: 'the reply broke off' };
}

function toAnswer(status: number, headers: unknown, body: string): Answer {
	const lowerCase = Object.entries(asRecord(headers) ?? {}).map(
		([name, value]) => [name.toLowerCase(), String(value)] as const,
	);
	return {
		kind: 'answered',
		status,
		headers: Object.fromEntries(lowerCase),
		body,
	};
}

type Thrown = Readonly<Record<string, unknown>>;

/**
 * What n8n's helper throws: a NodeApiError. In 2.x its chain of causes holds what really happened;
 * in 1.x the chain is lost, and `httpCode` and `messages` are what is left of it.
 */
function readFailure(error: unknown, url: string): Reply {
	const chain = causes(error);
	const http = chain.find((thrown) => thrown.isAxiosError === true);
	const answer = readThrownAnswer(http, chain);
	if (answer !== undefined) return answer;

	const codes = chain.flatMap(({ code: own, httpCode }) => [own, httpCode]).filter(isNetworkCode);
	const neverSent = readNeverSent(wordsOf(chain), codes, url);
	if (neverSent !== undefined) return neverSent;
	const [code] = codes;
	const undelivered = describeUndelivered(code ?? '', chain);
	if (undelivered !== undefined) return { kind: 'notDelivered', cause: undelivered };
	if (code === undefined && http === undefined) {
		return { kind: 'lost', cause: 'n8n reported no details' };
	}
	return { kind: 'lost', cause: describeLost(code ?? '') };
}

/** An answer whose status n8n takes for something to throw. */
function readThrownAnswer(http: Thrown | undefined, chain: readonly Thrown[]): Answer | undefined {
	const response = asRecord(http?.response);
	if (response !== undefined) {
		return toAnswer(Number(response.status), response.headers, discardBody(response.data));
	}
	const status = Number(chain[0]?.httpCode ?? Number.NaN);
	return Number.isInteger(status) ? toAnswer(status, {}, '') : undefined;
}

/** All messages: n8n puts its own in place of what was thrown, and keeps that in a list beside it. */
function wordsOf(chain: readonly Thrown[]): string[] {
	return chain.flatMap(({ message, messages }) => [message, messages].flat().map(String));
}

/** A request to wait and a breakdown are what they are without a body; a 401 is not, at Kaleyra. */
function saysItInItsBody(status: number): boolean {
	return status < 500 && status !== 429;
}

function isNetworkCode(value: unknown): value is string {
	return typeof value === 'string' && /^[A-Z][A-Z_]+$/.test(value);
}

function causes(error: unknown): Thrown[] {
	const chain: Thrown[] = [];
	let current = asRecord(error);
	while (current !== undefined && chain.length < 10) {
		chain.push(current);
		// n8n keeps what was thrown as the cause if it is an Error, and as errorResponse if it is not.
		current = asRecord(current.cause) ?? asRecord(current.errorResponse);
	}
	return chain;
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

function describeUndelivered(code: string, chain: readonly Thrown[]): string | undefined {
	const known = undeliveredCodes[code];
	if (known !== undefined) return known;
	if (/^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code)) return 'no secure connection could be made';
	// A connection that never came about; the same codes without this mark may come after sending.
	const neverConnected = wordsOf(chain).some(
		(text) =>
			/^connect [A-Z]+ /.test(text) ||
			text.includes('before secure TLS connection was established'),
	);
	return neverConnected ? 'no connection could be made' : undefined;
}

export const timeRanOut = 'the time for it ran out';

function describeLost(code: string): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return timeRanOut;
	if (code === 'ECONNRESET') return 'the connection was reset';
	return 'the connection broke';
}
