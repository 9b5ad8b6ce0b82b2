import type { NotErased, Preview, Verdict } from './outcome';
import type { Answer, Reply } from './reply';
import type { Target } from './target';

/** What a vendor's own reader makes of an answer. */
export type Reading =
	/** As documented. A target that the answer does not mention is missing from the map. */
	| { readonly kind: 'understood'; readonly verdicts: ReadonlyMap<Target, Verdict> }
	/** The vendor says in its own way that the credentials are not good. */
	| { readonly kind: 'badCredentials'; readonly message: string }
	/**
	 * The vendor says that it did not do it, or does not tell, and may do it later; `otherwise` if it
	 * never does: `unknown` where it may have done it already.
	 */
	| { readonly kind: 'again'; readonly otherwise: NotErased }
	/** Not one of the documented answers; the rules for all vendors apply (judgement.ts). */
	| { readonly kind: 'notDocumented' };

export const notDocumented: Reading = { kind: 'notDocumented' };

/** A reading of an answer that speaks of one target. */
export function understood(target: Target, verdict: Verdict): Reading {
	return { kind: 'understood', verdicts: new Map([[target, verdict]]) };
}

/** One kind of request to a vendor, as a run sees it: targets in, an outcome for each out. */
export interface Exchange<T extends Target = Target> {
	/** The vendor's name as a person writes it, for messages. */
	readonly vendorName: string;
	readonly targetsPerRequest: number;
	/**
	 * Which targets may share a request: those of one group. Missing where all may. Needed where
	 * the vendor has an endpoint for each kind of identifier.
	 */
	groupOf?(target: T): string;
	/** Changes nothing at the vendor: then no outcome is ever in doubt. */
	readonly harmless: boolean;
	/**
	 * Whether sending the request again can only ever concern the same records. False for a
	 * selector such as a phone number, which may stand for other records a moment later.
	 */
	readonly repeatable: boolean;
	/** Puts one request for these targets on the wire. Never rejects. */
	send(targets: readonly T[]): Promise<Reply>;
	read(answer: Answer, targets: readonly T[]): Reading;
}

/** What a look at one record shows. */
export type Sighting =
	{ readonly found: false } | ({ readonly found: true } & Pick<Preview, 'wouldBe' | 'note'>);

/** How a vendor is asked for one record without changing it. */
export interface Look<T extends Target = Target> {
	send(target: T): Promise<Reply>;
	/**
	 * A reading instead where the vendor says why it shows nothing: bad credentials, or a refusal;
	 * undefined where the answer is not as documented.
	 */
	read(answer: Answer, target: T): Sighting | Reading | undefined;
}

/** An exchange in which every record has a request of its own, by its exact identifiers. */
export interface RecordExchange<T extends Target = Target> {
	readonly vendorName: string;
	/** See Exchange.harmless. */
	readonly harmless: boolean;
	send(target: T): Promise<Reply>;
	read(answer: Answer, target: T): Reading;
}

/** The exchange of a vendor that takes one record in a request. */
export function recordByRecord<T extends Target>(exchange: RecordExchange<T>): Exchange<T> {
	return {
		vendorName: exchange.vendorName,
		targetsPerRequest: 1,
		harmless: exchange.harmless,
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
