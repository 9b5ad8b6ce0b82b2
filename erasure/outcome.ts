import type { Target } from './target';

/**
 * What happened to a target, and how we know. The words and their meanings are a contract
 * with the workflows that read receipts: see docs/receipts.md.
 */

/**
 * What a receipt may say together: for each outcome how it may be known, and for that, which reasons
 * there may be. What writes receipts is held to it by its types, and what reads them by itself.
 */
export const standings = {
	deleted: { confirmed: ['notRechecked'], rechecked: ['notRechecked'] },
	accepted: { accepted: ['notRechecked'] },
	notFound: {
		confirmed: ['goneAfterRepeat', 'notRechecked', 'searchedAs'],
		// "Erase in bulk" starts a chunk again whose earlier start may have deleted the record.
		rechecked: ['goneAtLook', 'goneAfterRepeat', 'notRechecked'],
	},
	deprecated: { confirmed: ['alreadyDeprecated', 'notRechecked'] },
	preview: { none: [] },
	refused: { none: ['notRechecked', 'refusedByVendor'] },
	failed: {
		none: [
			'badInput',
			'notDelivered',
			'notRechecked',
			'notUnderstood',
			'pushedBack',
			'replyLost',
			'stillThere',
			'vendorError',
		],
	},
	unknown: {
		none: [
			'cancelled',
			'notMentioned',
			'notRechecked',
			'notUnderstood',
			'replyLost',
			'stillThere',
			'vendorError',
		],
	},
	skipped: {
		none: ['badCredentials', 'cancelled', 'notRechecked', 'notStarted', 'overLimit', 'planChanged'],
	},
} as const;

type Standings = typeof standings;

export type Outcome = keyof Standings;

export const outcomes = Object.keys(standings) as readonly Outcome[];

/** How it may be known: not at all, taken on by the vendor, the vendor's own word, or we asked again. */
export type Evidence = { [O in Outcome]: keyof Standings[O] }[Outcome];

/** How that may be known which has one of these outcomes. */
type EvidenceOf<O extends Outcome> = O extends Outcome ? keyof Standings[O] : never;

/** The reasons that go with these outcomes, known in whatever way. */
type ReasonOf<O extends Outcome, E extends Evidence = Evidence> = O extends Outcome
	? {
			[K in keyof Standings[O]]: K extends E ? ElementOf<Standings[O][K]> : never;
		}[keyof Standings[O]]
	: never;

type ElementOf<List> = List extends readonly (infer Element)[] ? Element : never;

export type ReasonCode = ReasonOf<Outcome>;

/** @returns undefined where nothing can be known of it in that way */
export function reasonsFor(outcome: Outcome, evidence: string): readonly ReasonCode[] | undefined {
	const known: Readonly<Record<string, readonly ReasonCode[]>> = standings[outcome];
	return Object.hasOwn(known, evidence) ? known[evidence] : undefined;
}

/** All ways to know something, and all reasons, each once. */
export const evidences = [
	...new Set(outcomes.flatMap((outcome) => Object.keys(standings[outcome]) as Evidence[])),
];

export const reasonCodes = [
	...new Set(
		outcomes.flatMap((outcome) => Object.values<readonly ReasonCode[]>(standings[outcome]).flat()),
	),
];

export interface Reason<Code extends ReasonCode = ReasonCode> {
	readonly code: Code;
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
	readonly evidence: EvidenceOf<'deleted'>;
}

interface Accepted extends Replied {
	readonly outcome: 'accepted';
	readonly evidence: EvidenceOf<'accepted'>;
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
	readonly evidence: EvidenceOf<'deprecated'>;
	/** Set where it was so before: this run changed nothing. */
	readonly reason?: Reason<ReasonOf<'deprecated'>>;
}

/**
 * A reason is set where "not there" may be our own doing, as after a request whose reply was lost, and
 * where it was searched for in a way that may have missed it.
 */
type NotFound = {
	[E in EvidenceOf<'notFound'>]: Replied & {
		readonly outcome: 'notFound';
		readonly evidence: E;
		readonly reason?: Reason<ReasonOf<'notFound', E>>;
	};
}[EvidenceOf<'notFound'>];

interface Previewed extends Replied {
	readonly outcome: 'preview';
	readonly evidence: EvidenceOf<'preview'>;
	readonly preview: Preview;
}

type NotErasedOutcome = 'refused' | 'failed' | 'unknown' | 'skipped';

/** Of one of these outcomes, with a reason that goes with it. */
export type NotErased<
	Of extends NotErasedOutcome = NotErasedOutcome,
	Code extends ReasonCode = ReasonCode,
> = {
	[O in Of]: Replied & {
		readonly outcome: O;
		readonly evidence: EvidenceOf<O>;
		readonly reason: Reason<Extract<ReasonOf<O>, Code>>;
	};
}[Of];

/** What is unknown of a change and would have failed as a question, which does nothing. */
export type Uncertain = NotErased<'unknown', ReasonOf<'failed'>>;

/** One target's outcome with all that belongs to it, so that no half-filled receipt can be made. */
export type Verdict = Deleted | Accepted | Deprecated | NotFound | Previewed | NotErased;

/** Builds the verdict for a target that was not erased. */
export function notErased<O extends NotErasedOutcome, Code extends ReasonOf<O>>(
	outcome: O,
	code: Code,
	message: string,
	vendorResponse?: unknown,
): NotErased<O, Code> {
	const verdict = { outcome, evidence: 'none', reason: { code, message } } as NotErased<O, Code>;
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
