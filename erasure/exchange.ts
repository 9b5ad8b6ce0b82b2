import type { Reading, Sighting } from './reading';
import type { Answer, Reply } from './reply';
import type { Target } from './target';

/** One kind of change at a vendor, as a run sees it: targets in, an outcome for each out. */
export interface Exchange<T extends Target = Target> {
	/** The vendor's name as a person writes it, for messages. */
	readonly vendorName: string;
	readonly targetsPerRequest: number;
	/**
	 * Which targets may share a request: those of one group. Missing where all may. Needed where
	 * the vendor has an endpoint for each kind of identifier.
	 */
	groupOf?(target: T): string;
	/**
	 * Whether sending the request again can only ever concern the same records. False for a
	 * selector such as a phone number, which may stand for other records a moment later.
	 */
	readonly repeatable: boolean;
	/** Puts one request for these targets on the wire. Never rejects. */
	send(targets: readonly T[]): Promise<Reply>;
	read(answer: Answer, targets: readonly T[]): Reading;
}

/** How a vendor is asked for one record without changing it. */
export interface Look<T extends Target = Target> {
	send(target: T): Promise<Reply>;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, target: T): Reading<Sighting> | undefined;
}

/** An exchange in which every record has a request of its own, by its exact identifiers. */
export interface RecordExchange<T extends Target = Target> {
	readonly vendorName: string;
	send(target: T): Promise<Reply>;
	read(answer: Answer, target: T): Reading;
}

/** The exchange of a vendor that takes one record in a request. */
export function recordByRecord<T extends Target>(exchange: RecordExchange<T>): Exchange<T> {
	return {
		vendorName: exchange.vendorName,
		targetsPerRequest: 1,
		repeatable: true,
		send: async (targets) => await exchange.send(single(targets)),
		read: (answer, targets) => exchange.read(answer, single(targets)),
	};
}

/** The one target of a request that carries exactly one. */
export function single<T extends Target>(targets: readonly T[]): T {
	const [target, ...others] = targets;
	if (target === undefined || others.length > 0) {
		throw new TypeError(`A request for one record was given ${targets.length}`);
	}
	return target;
}
