/** One record to erase: its ID, or its identifiers by name where it takes more than one. */
export type RequestedRecord = string | Readonly<Record<string, string>>;

/** By whom somebody may be found, in the sender's own words. */
export interface Identity {
	readonly type: string;
	readonly value: string;
	/** How the value is written, such as `raw` or `sha256`. */
	readonly format?: string;
}

/** Where the sender wants to hear what became of its request. */
export interface Callback {
	readonly url: string;
	/** What the sender wants to see on such a call: keys of its own, so they are secret. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** Whose words a request is written in: our own, or those of Ketch's forwarder. */
export type RequestFormat = 'erasure' | 'ketch';

/** What a request says, checked: whatever was in the body beside it is not here. */
export interface RequestContent {
	readonly format: RequestFormat;
	/** Missing where the protocol has it outside of the body. */
	readonly requestId?: string;
	readonly tenant?: string;
	/** The sender says that it only tries this out. */
	readonly test: boolean;
	/** By vendor, as receipts name it. */
	readonly records: Readonly<Record<string, readonly RequestedRecord[]>>;
	readonly identities: readonly Identity[];
	readonly callbacks: readonly Callback[];
}

/** What a sender gets to hear if its call is not taken. */
export class Refused extends Error {
	/** @param status of the answer @param message one sentence for whoever looks after the sender */
	constructor(
		readonly status: 400 | 401 | 404 | 409 | 413 | 500,
		message: string,
	) {
		super(message);
		this.name = 'Refused';
	}
}

/** @param member where it stands: `data.records.flyflow` */
export function malformed(member: string, complaint: string): Refused {
	return new Refused(400, `The member ${member} ${complaint}`);
}

export const mostBodyBytes = 1_000_000;
/** Levels of lists and objects: far more than any request has. */
export const deepestBody = 32;
export const mostRecords = 10_000;
export const mostIdentities = 1000;
export const mostCallbacks = 10;
