import type { JsonObject } from '../json';
import { addressAt, headersAt, identityAt, listAt, nameAt, objectAt } from './members';
import { malformed, mostCallbacks, mostIdentities, type RequestContent } from './requestContent';
import type { RequestState } from './requestState';

/** The wire format of Ketch's forwarder for erasures, its `dsr/v1`. */

const apiVersion = 'dsr/v1';

export function isKetch(body: JsonObject): boolean {
	return body.apiVersion !== undefined || body.kind !== undefined;
}

/** Whose request it is, as every answer and callback repeats it. */
export interface KetchMetadata {
	readonly uid: string;
	readonly tenant: string;
}

const identityMembers = {
	type: 'identitySpace',
	value: 'identityValue',
	format: 'identityFormat',
};

/**
 * Reads Ketch's DeleteRequest. What it says of the person (`subject`, `context`) is not handed on:
 * only identities are.
 *
 * @throws Refused
 */
export function readKetchBody(body: JsonObject): RequestContent {
	if (body.apiVersion !== apiVersion) throw malformed('apiVersion', `has to be ${apiVersion}`);
	if (body.kind !== 'DeleteRequest') throw malformed('kind', 'has to be DeleteRequest');
	const metadata = objectAt(body.metadata, 'metadata');
	const request = objectAt(body.request, 'request');
	const identities = listAt(request.identities, 'request.identities', mostIdentities).map(
		(entry, index) => identityAt(entry, `request.identities[${index}]`, identityMembers),
	);
	if (identities.length === 0) {
		throw malformed('request.identities', 'is empty, so there is nothing to erase');
	}
	const callbacks = listAt(request.callbacks, 'request.callbacks', mostCallbacks).map(
		(entry, index) => {
			const member = `request.callbacks[${index}]`;
			const { url, headers } = objectAt(entry, member);
			const read = headersAt(headers, `${member}.headers`);
			return {
				url: addressAt(url, `${member}.url`),
				...(read === undefined ? {} : { headers: read }),
			};
		},
	);
	return {
		format: 'ketch',
		requestId: nameAt(metadata.uid, 'metadata.uid'),
		tenant: nameAt(metadata.tenant, 'metadata.tenant'),
		test: false,
		records: {},
		identities,
		callbacks,
	};
}

interface KetchStatus {
	readonly status: 'pending' | 'in_progress' | 'completed';
	readonly reason?: 'executed' | 'no_match';
}

/** Ketch has no word for a request that was given up, and nothing counts after `completed`. */
const statuses: Readonly<Record<RequestState, KetchStatus>> = {
	stored: { status: 'pending' },
	running: { status: 'in_progress' },
	accepted: { status: 'in_progress' },
	notErased: { status: 'in_progress' },
	cancelled: { status: 'in_progress' },
	deleted: { status: 'completed', reason: 'executed' },
	notFound: { status: 'completed', reason: 'no_match' },
};

/** The answer to a DeleteRequest. */
export function ketchResponse(metadata: KetchMetadata, state: RequestState, ourId: string) {
	const response = { ...statuses[state], requestID: ourId };
	return { apiVersion, kind: 'DeleteResponse', metadata, response };
}

/** What is sent to a callback. */
export function ketchEvent(metadata: KetchMetadata, state: RequestState, ourId: string) {
	const event = { ...statuses[state], requestID: ourId };
	return { apiVersion, kind: 'DeleteStatusEvent', metadata, event };
}

const words: Readonly<Record<number, string>> = {
	400: 'invalid',
	401: 'forbidden',
	404: 'not_found',
	409: 'conflict',
	413: 'invalid',
	500: 'configuration',
};

export function ketchError(metadata: KetchMetadata | undefined, code: number, message: string) {
	const error = { code, status: words[code] ?? 'internal', message };
	return { apiVersion, kind: 'Error', ...(metadata === undefined ? {} : { metadata }), error };
}
