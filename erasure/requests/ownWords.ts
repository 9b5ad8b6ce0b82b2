import type { RequestState } from './requestState';

/** How our own format says how far a request is. */
export interface OwnStatus {
	readonly status: 'pending' | 'in_progress' | 'completed' | 'action_required' | 'cancelled';
	/** Of what is completed: whether anything was there. */
	readonly result?: 'deleted' | 'no_match';
}

const statuses: Readonly<Record<RequestState, OwnStatus>> = {
	stored: { status: 'pending' },
	running: { status: 'in_progress' },
	accepted: { status: 'in_progress' },
	notErased: { status: 'action_required' },
	cancelled: { status: 'cancelled' },
	deleted: { status: 'completed', result: 'deleted' },
	notFound: { status: 'completed', result: 'no_match' },
};

export function ownStatus(state: RequestState): OwnStatus {
	return statuses[state];
}

/**
 * A message to the sender's callback, in the form that Standard Webhooks advises, but without a time:
 * each time this state is reported it is the same, byte for byte, as its ID says.
 */
export function ownStatusMessage(requestId: string, state: RequestState) {
	return { type: 'erasure.status', data: { requestId, ...statuses[state] } };
}

export function ownError(code: number, message: string) {
	return { error: { code, message } };
}
