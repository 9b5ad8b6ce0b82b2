import { ketchError, ketchResponse } from './ketch';
import type { RequestProtocol } from './intake';
import { ownError, ownStatus } from './ownWords';
import { isSameText } from '../sameText';
import type { RequestState } from './requestState';
import type { TakenRequest } from './takeRequest';

/** What is stored of a request. */
export interface StoredRequest {
	readonly state: RequestState;
	readonly bodyHash: string;
}

/** An answer to a sender: status and JSON. */
export interface Answer {
	readonly status: number;
	readonly body: object;
}

/** As much of a taken request as an answer needs. */
export type Answered = Pick<
	TakenRequest,
	'protocol' | 'format' | 'requestKey' | 'requestId' | 'tenant' | 'bodyHash' | 'bodyHashBefore'
>;

/** The first answer to a request: 202, or what its protocol has in its place. */
export function acceptedStatus(protocol: RequestProtocol): number {
	return protocol === 'standardWebhooks' ? 202 : 200;
}

/**
 * Answers a request.
 *
 * @param stored what was there before this call; undefined for one that is new
 * @param statusUrl where the sender may ask how far it is
 */
export function answerRequest(
	request: Answered,
	stored: StoredRequest | undefined,
	statusUrl: string,
): Answer {
	const { protocol, requestId } = request;
	if (stored !== undefined && !isSameBody(request, stored)) return conflict(request);
	const state = stored?.state ?? 'stored';
	const status = stored === undefined ? acceptedStatus(protocol) : 200;
	const metadata = metadataOf(request);
	return {
		status,
		body:
			metadata === undefined
				? { requestId, ...ownStatus(state), statusUrl }
				: ketchResponse(metadata, state, request.requestKey),
	};
}

/** While a secret is changed for another one, the stored hash may be under either. */
function isSameBody(
	{ bodyHash, bodyHashBefore }: Answered,
	{ bodyHash: known }: StoredRequest,
): boolean {
	return (
		isSameText(known, bodyHash) ||
		(bodyHashBefore !== undefined && isSameText(known, bodyHashBefore))
	);
}

const otherBody = 'This ID was used for another request. Send the new one with an ID of its own';

function conflict(request: Answered): Answer {
	const metadata = metadataOf(request);
	const body =
		metadata === undefined ? ownError(409, otherBody) : ketchError(metadata, 409, otherBody);
	return { status: 409, body };
}

function metadataOf({ format, requestId, tenant }: Answered) {
	return format === 'ketch' && tenant !== undefined ? { uid: requestId, tenant } : undefined;
}

const notThere = 'There is no request at this address';

/** @param state undefined where nothing is stored */
export function answerStatus(state: RequestState | undefined): Answer {
	if (state === undefined) return { status: 404, body: ownError(404, notThere) };
	return { status: 200, body: ownStatus(state) };
}

const begun = 'The request can no longer be cancelled: it is being carried out, or it is over';

/** @param state after the workflow has tried to cancel it; undefined where nothing is stored */
export function answerCancel(state: RequestState | undefined): Answer {
	if (state === undefined || state === 'cancelled') return answerStatus(state);
	return { status: 409, body: { ...ownError(409, begun), ...ownStatus(state) } };
}
