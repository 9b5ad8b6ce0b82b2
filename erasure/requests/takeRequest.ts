import type { Arrival } from './arrival';
import { authenticate, type Intake, type RequestProtocol } from './intake';
import { malformed, Refused, type RequestContent, type RequestFormat } from './requestContent';
import { ketchError, isKetch, type KetchMetadata } from './ketch';
import { ownError } from './ownWords';
import { readBody } from './readBody';
import { bodyHashOf, readStatusToken, requestKeyOf } from './requestMarks';
import { sealCallback } from './sealedCallback';
import type { JsonObject } from '../json';

/** A request whose sender is known: nothing that is not checked, and nothing that is secret. */
export interface TakenRequest extends Pick<RequestContent, 'records' | 'identities'> {
	readonly event: 'requested';
	readonly protocol: RequestProtocol;
	readonly format: RequestFormat;
	/** The same in all its repeats: 64 hexadecimal digits. */
	readonly requestKey: string;
	/** The sender's own name for it. */
	readonly requestId: string;
	readonly tenant?: string;
	/** What tells another body under the same name: an HMAC under the secret. */
	readonly bodyHash: string;
	/** The same under the previous secret, as long as there is one. */
	readonly bodyHashBefore?: string;
	/** ISO 8601 in UTC. */
	readonly received: string;
	readonly test: boolean;
	/** Sealed; missing where the sender wants no callback. */
	readonly callback?: string;
	/** Where that goes, for whoever lists the hosts that may be called. */
	readonly callbackHosts: readonly string[];
}

/** Somebody with a request's own address asks how far it is, or takes it back. */
export interface StatusCall {
	readonly event: 'statusAsked' | 'cancelAsked';
	readonly protocol: RequestProtocol;
	readonly requestKey: string;
	readonly received: string;
}

/** What a call is answered with that is not taken: in the words of whoever called. */
export interface Refusal {
	readonly status: number;
	readonly body: object;
}

export type Taken<What> = { readonly taken: What } | { readonly refusal: Refusal };

/** @param vendors records of which this workflow can erase, by name */
export function takeRequest(
	arrival: Arrival,
	intake: Intake,
	vendors: readonly string[],
): Taken<TakenRequest> {
	let body: JsonObject | undefined;
	try {
		const authentic = authenticate(arrival, intake);
		body = readBody(arrival);
		const content = intake.read(body);
		refuseOtherVendors(content, vendors);
		const requestId = content.requestId ?? authentic.requestId;
		if (requestId === undefined) throw malformed('data.requestId', 'is missing');
		return { taken: describe(arrival, intake, content, requestId) };
	} catch (error) {
		return { refusal: refusalOf(error, intake, body) };
	}
}

/** @throws whatever is not a refusal: a defect of ours */
function refusalOf(error: unknown, { protocol }: Intake, body: JsonObject | undefined): Refusal {
	if (!(error instanceof Refused)) throw error;
	const { status, message } = error;
	const isTheirs = protocol === 'fixedHeader' && body !== undefined && isKetch(body);
	return {
		status,
		body: isTheirs ? ketchError(metadataOf(body), status, message) : ownError(status, message),
	};
}

/** Of a body that may be no good, as far as it can be said back. */
function metadataOf({ metadata }: JsonObject): KetchMetadata | undefined {
	const { uid, tenant } = (metadata ?? {}) as Partial<Record<string, unknown>>;
	return typeof uid === 'string' && typeof tenant === 'string' ? { uid, tenant } : undefined;
}

/** What no node of the workflow erases would be left in place while all else is reported as done. */
function refuseOtherVendors({ records }: RequestContent, vendors: readonly string[]): void {
	const other = Object.keys(records).find((vendor) => !vendors.includes(vendor));
	if (other === undefined) return;
	throw malformed(
		'data.records',
		`names "${other}", whose records are not erased here. Known are ${vendors.join(', ')}`,
	);
}

function describe(
	{ body, at }: Arrival,
	{ protocol, sender, keys }: Intake,
	{ format, tenant, test, records, identities, callbacks }: RequestContent,
	requestId: string,
): TakenRequest {
	const requestKey = requestKeyOf({ protocol, sender, tenant, requestId });
	const [current, before] = keys;
	const ofTenant = tenant === undefined ? {} : { tenant };
	const back = { format, requestId, ...ofTenant, callbacks };
	return {
		event: 'requested',
		protocol,
		format,
		requestKey,
		requestId,
		...ofTenant,
		bodyHash: bodyHashOf(body, current),
		...(before === undefined ? {} : { bodyHashBefore: bodyHashOf(body, before) }),
		received: new Date(at).toISOString(),
		test,
		records,
		identities,
		...(callbacks.length === 0 ? {} : { callback: sealCallback(back, requestKey, current) }),
		callbackHosts: [...new Set(callbacks.map(({ url }) => new URL(url).host))],
	};
}

/** A guess is answered like the address of a request that was never there. */
export function takeStatusCall(
	token: string,
	event: StatusCall['event'],
	at: number,
	{ protocol, keys }: Intake,
): Taken<StatusCall> {
	const requestKey = readStatusToken(token, keys);
	if (requestKey === undefined) return { refusal: { status: 404, body: notThere } };
	return { taken: { event, protocol, requestKey, received: new Date(at).toISOString() } };
}

const notThere = ownError(404, 'There is no request at this address');
