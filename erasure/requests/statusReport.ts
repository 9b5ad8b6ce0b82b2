import type { Callback } from './requestContent';
import { ketchEvent } from './ketch';
import { ownStatusMessage } from './ownWords';
import type { RequestState } from './requestState';
import type { ReturnAddress } from './sealedCallback';

/** One message to one callback, before it is signed. */
export interface StatusReport {
	readonly callback: Callback;
	/** The JSON as it is sent, byte for byte: what is signed is this. */
	readonly body: string;
}

/** What is sent to the callbacks of a request: the same bytes each time. */
export function reportsOf(
	{ format, requestId, tenant = '', callbacks }: ReturnAddress,
	requestKey: string,
	state: RequestState,
): readonly StatusReport[] {
	const message =
		format === 'ketch'
			? ketchEvent({ uid: requestId, tenant }, state, requestKey)
			: ownStatusMessage(requestId, state);
	const body = JSON.stringify(message);
	return callbacks.map((callback) => ({ callback, body }));
}

/**
 * The ID of such a message: the same each time this state is reported to this address, so that a
 * receiver can tell a repeat.
 */
export function reportIdOf(requestKey: string, state: RequestState): string {
	return `status_${requestKey.slice(0, 32)}_${state}`;
}
