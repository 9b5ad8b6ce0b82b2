import type { Fault } from './faults/faults';

/** One request as the sandbox received it, and the status that it answered. */
export interface LoggedRequest {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly vendor: string;
	readonly method: string;
	/** Path and query as they stood on the wire, not decoded, without the vendor's prefix. */
	readonly url: string;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: string;
	/** Missing where no answer was sent. */
	status?: number;
	/** Missing while it is under way. Cut off: the connection was closed before the answer was out. */
	end?: 'answered' | 'cut off';
	/** Milliseconds until it ended. */
	ms?: number;
	/** What went wrong with it, if anything was made to. */
	fault?: Fault['kind'];
}
