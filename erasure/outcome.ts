import type { Target } from './target';

/**
 * What happened to a target, and how we know. The words and their meanings are a contract
 * with the workflows that read receipts: see docs/receipts.md.
 */

export const outcomes = [
	'deleted',
	'accepted',
	'notFound',
	'deprecated',
	'preview',
	'refused',
	'failed',
	'unknown',
	'skipped',
] as const;

export type Outcome = (typeof outcomes)[number];

/** How we know: not at all, taken on by the vendor, the vendor's own word, or we asked again. */
export type Evidence = 'none' | 'accepted' | 'confirmed' | 'rechecked';

export type ReasonCode =
	| 'alreadyDeprecated'
	| 'badCredentials'
	| 'badInput'
	| 'cancelled'
	| 'goneAfterRepeat'
	| 'goneAtLook'
	| 'notDelivered'
	| 'notMentioned'
	| 'notRechecked'
	| 'notStarted'
	| 'notUnderstood'
	| 'overLimit'
	| 'planChanged'
	| 'pushedBack'
	| 'refusedByVendor'
	| 'replyLost'
	| 'searchedAs'
	| 'stillThere'
	| 'vendorError';

export interface Reason {
	readonly code: ReasonCode;
	/** One sentence for a person. Holds no secret and no phone number. */
	readonly message: string;
}

export interface Preview {
	/** Whether the vendor has the record; null where the vendor offers no way to look. */
	readonly found: boolean | null;
	/** The outcome that a real run would most likely have. */
	readonly wouldBe: Exclude<Outcome, 'preview'>;
	readonly note?: string;
}

interface Replied {
	/** The vendor's reply about this target, as parsed. Leaves the node only if the user asks for it. */
	readonly vendorResponse?: unknown;
	/** Further identifiers of the record that the answer gives: by them it can be looked at later. */
	readonly named?: Readonly<Record<string, string>>;
}

interface Deleted extends Replied {
	readonly outcome: 'deleted';
	readonly evidence: 'confirmed' | 'rechecked';
}

interface Accepted extends Replied {
	readonly outcome: 'accepted';
	readonly evidence: 'accepted';
	/** The ID by which the vendor can be asked how far it is, if it gave one: see followUp.ts. */
	readonly followUpId?: string;
	/**
	 * Set where the vendor carried out a selector as it is, such as a phone number: the records
	 * that it named. Each has a receipt of its own, in place of one for the selector.
	 */
	readonly records?: readonly SettledRecord[];
}

export interface SettledRecord {
	readonly target: Target;
	readonly verdict: Verdict;
}

interface Deprecated extends Replied {
	readonly outcome: 'deprecated';
	readonly evidence: 'confirmed';
	/** Set where it was so before: this run changed nothing. */
	readonly reason?: Reason;
}

interface NotFound extends Replied {
	readonly outcome: 'notFound';
	readonly evidence: 'confirmed' | 'rechecked';
	/**
	 * Set where "not there" may be our own doing, as after a request whose reply was lost, and where it
	 * was searched for in a way that may have missed it.
	 */
	readonly reason?: Reason;
}

interface Previewed extends Replied {
	readonly outcome: 'preview';
	readonly evidence: 'none';
	readonly preview: Preview;
}

export interface NotErased extends Replied {
	readonly outcome: 'refused' | 'failed' | 'unknown' | 'skipped';
	readonly evidence: 'none';
	readonly reason: Reason;
}

/** One target's outcome with all that belongs to it, so that no half-filled receipt can be made. */
export type Verdict = Deleted | Accepted | Deprecated | NotFound | Previewed | NotErased;

/** Builds the verdict for a target that was not erased. */
export function notErased(
	outcome: NotErased['outcome'],
	code: ReasonCode,
	message: string,
	vendorResponse?: unknown,
): NotErased {
	const verdict: NotErased = { outcome, evidence: 'none', reason: { code, message } };
	return vendorResponse === undefined ? verdict : { ...verdict, vendorResponse };
}

/**
 * Whether the outcome counts as success for the workflow.
 *
 * @param notFoundIsSuccess the user's choice in "If Not Found"
 */
export function isSuccess(outcome: Outcome, notFoundIsSuccess: boolean): boolean {
	switch (outcome) {
		case 'deleted':
		case 'accepted':
		case 'deprecated':
		case 'preview':
			return true;
		case 'notFound':
			return notFoundIsSuccess;
		case 'refused':
		case 'failed':
		case 'unknown':
		case 'skipped':
			return false;
	}
}
