import { told, type Reading, type Sighting } from '../../../erasure/reading';
import type { Finder, Finding } from '../../../erasure/find';
import { previewOf } from '../../../erasure/look';
import { maskPhoneNumber, quoteVendor } from '../../../erasure/mask';
import { notErased, type Verdict } from '../../../erasure/outcome';
import type { Answer } from '../../../erasure/reply';
import type { Selector, Target } from '../../../erasure/target';
import { notThere, there, type Shown } from '../../shared/vendor/recordKind';
import type { IdentifyBy } from './conversationFields';
import { isSameNumber, partyFields } from './partyNumber';
import { saying, type VerbaApi } from '../verbaApi';
import { isSameId, readConversations, readReply, type Conversation } from '../verbaReply';
import { actions } from '../verbaRequest';

/** One conversation by its own ID, which is how it is deleted, with what a look before has shown. */
export interface ConversationTarget extends Target<'callID'> {
	/**
	 * A deletion that Verba confirms is then done; of others it only marks them. Missing where nobody
	 * has looked.
	 */
	readonly finished?: boolean;
}

/** What an answer to GetCallInformation says of a selector. */
export type Information =
	| { readonly kind: 'found'; readonly conversation: Conversation }
	| { readonly kind: 'notFound' }
	/** Why no single conversation can be named, as a sentence. Holds no phone number. */
	| { readonly kind: 'refused'; readonly why: string }
	| Unsettled;

/** No answer for good: it may be another one a moment later, or it contradicts itself. */
interface Unsettled {
	readonly kind: 'putOff' | 'contradiction';
	readonly why: string;
}

/** @returns undefined where the answer is not as documented */
export function readInformation(answer: Answer, selector: Selector): Information | undefined {
	const reply = readReply(answer, actions.getCallInformation);
	if (reply === undefined) return undefined;
	if (reply.kind === 'notFound') return { kind: 'notFound' };
	if (reply.kind === 'contradiction') {
		return { kind: 'contradiction', why: `${describeContradiction(answer)}. Try again later` };
	}
	if (reply.kind === 'refusal') {
		const kind = isPutOff(reply.words) ? 'putOff' : 'refused';
		return { kind, why: describeRefusal(reply.code, reply.words, selector) };
	}
	const conversations = readConversations(reply.root);
	const [conversation, ...others] = conversations ?? [];
	if (conversation === undefined) return undefined;
	if (others.length > 0) {
		return {
			kind: 'refused',
			why: `Verba found ${others.length + 1} conversations, not one. Identify it by Call ID`,
		};
	}
	const difference = findDifference(conversation, selector);
	if (difference === undefined) return { kind: 'found', conversation };
	// An answer about another ID than the one that was asked for does not count.
	if ('callID' in selector.identifiers) return undefined;
	return {
		kind: 'refused',
		why: `Verba found a conversation with another ${difference}. If it is meant, identify it by Call ID`,
	};
}

/** What an answer to a look that settles nothing means. */
export function readUnsettled({ kind, why }: Unsettled): Reading<never> {
	return kind === 'putOff'
		? { kind: 'again', otherwise: notErased('failed', 'vendorError', why) }
		: { kind: 'refused', why: notErased('failed', 'notUnderstood', why) };
}

// Not published, as nearly all of the vendor's words.
const wordsOfDelay =
	/\btry\b.{0,40}\b(?:again|later)\b|\bretry (?:again|later|after|in)\b|\btemporarily\b|\bbusy\b|\boverloaded\b|\btoo many requests\b|\bunavailable\b/i;

/** Whether a refusal says that the same request may be carried out a moment later. */
export function isPutOff(words: string): boolean {
	return wordsOfDelay.test(words);
}

export function describeContradiction({ status }: Answer): string {
	return `Verba's answer (HTTP ${status}) contradicts itself`;
}

/** `Verba answered with code 2 and said: "…"`, with the number that was asked for masked. */
export function describeRefusal(code: string, words: string, { identifiers }: Selector): string {
	const { extension } = identifiers;
	const masked =
		extension === undefined ? words : words.replaceAll(extension, maskPhoneNumber(extension));
	return `Verba answered with code ${code}${saying(quoteVendor(masked, Object.values(identifiers)))}`;
}

const fieldOf: Readonly<Record<string, { readonly field: string; readonly label: string }>> = {
	nativeID: { field: 'native_id', label: 'Native ID' },
	platformCallID: { field: 'platform_call_id', label: 'Platform Call ID' },
	meetingID: { field: 'meeting_id', label: 'Meeting ID' },
};

/**
 * What is found gets deleted, so it is held against what was asked for. A field that the reply
 * leaves out cannot be.
 *
 * @returns the name of what differs
 */
function findDifference(
	{ callId, fields }: Conversation,
	{ identifiers }: Selector,
): string | undefined {
	const { callID, extension } = identifiers;
	if (callID !== undefined) return isSameId(callId, callID) ? undefined : 'Call ID';
	if (extension !== undefined) {
		const numbers = partyFields.flatMap((field) => allOf(fields[field]));
		const isParty = numbers.some((number) => isSameNumber(number, extension));
		return numbers.length === 0 || isParty ? undefined : 'number on both sides';
	}
	for (const [name, { field, label }] of Object.entries(fieldOf)) {
		const asked = identifiers[name];
		const found = allOf(fields[field]);
		if (asked === undefined || found.length === 0) continue;
		if (!found.some((id) => isSameId(id, asked))) return label;
	}
	return undefined;
}

/** What a field holds, which is a list where a reply has it more than once. */
function allOf(field: unknown): string[] {
	return [field]
		.flat()
		.filter((value): value is string => typeof value === 'string' && value !== '');
}

/**
 * Finds out by GetCallInformation which conversation a selector selects. (GetCallID would also
 * name it, but knows fewer selectors and says neither whether the conversation is still going on nor
 * whether it is marked "do not delete".) A call ID selects itself whatever is found, so that a
 * plan over call IDs stays the same.
 *
 * @param by what all selectors of the run are
 * @param preview whether what cannot be deleted is said of a preview
 */
export function conversationFinder(
	api: VerbaApi,
	by: IdentifyBy,
	preview: boolean,
): Finder<Selector, ConversationTarget> {
	return {
		selectorsNameRecords: by === 'callID',
		send: async ({ identifiers }) => await api.getCallInformation(identifiers),
		read: (answer, selector): Reading<Finding<ConversationTarget>> | undefined => {
			const information = readInformation(answer, selector);
			if (information === undefined) return undefined;
			if (information.kind === 'found') {
				const target = toTarget(information.conversation, selector);
				// A preview looks at the conversation itself, and says the same.
				return information.conversation.doNotDelete && !preview
					? told({ kind: 'settledTarget', target, verdict: protectedConversation })
					: told({ kind: 'targets', targets: [target] });
			}
			const { callID } = selector.identifiers;
			if (information.kind === 'notFound' && callID !== undefined) {
				return told({ kind: 'targets', targets: [{ identifiers: { callID } }] });
			}
			return isUnsettled(information)
				? readUnsettled(information)
				: told({ kind: 'settled', verdict: toVerdict(information, preview) });
		},
	};
}

function isUnsettled(information: Information): information is Unsettled {
	return information.kind === 'putOff' || information.kind === 'contradiction';
}

function toTarget(
	{ callId, finished }: Conversation,
	{ identifiers, shown }: Selector,
): ConversationTarget {
	return {
		// As the user wrote it: two spellings of one ID must not become two records of a plan.
		identifiers: { callID: identifiers.callID ?? callId },
		shown: 'callID' in identifiers ? {} : { ...identifiers, ...shown },
		finished,
	};
}

function toVerdict(
	information: Exclude<Information, Unsettled | { readonly kind: 'found' }>,
	preview: boolean,
): Verdict {
	if (information.kind === 'notFound') {
		return preview ? previewOf({ found: false }) : { outcome: 'notFound', evidence: 'confirmed' };
	}
	const { why } = information;
	if (preview) return previewOf({ found: null, wouldBe: 'refused', note: why });
	return notErased('refused', 'refusedByVendor', why);
}

const protectedNote = 'It is marked "do not delete" in Verba. Remove that mark there to delete it';

const protectedConversation = notErased('refused', 'refusedByVendor', protectedNote);

/** What a look at one conversation shows, and what deleting it would come to. */
export function readSighting(
	answer: Answer,
	target: ConversationTarget,
): Reading<Sighting> | undefined {
	const information = readInformation(answer, target);
	switch (information?.kind) {
		case undefined:
			return undefined;
		case 'notFound':
			return told({ found: false });
		case 'refused':
			return told({ found: null, wouldBe: 'refused', note: information.why });
		case 'putOff':
		case 'contradiction':
			return readUnsettled(information);
		case 'found':
			return told(sightingOf(information.conversation));
	}
}

/** What the answer to a look shows of a conversation itself. */
export function readShown(answer: Answer, selector: Selector): Reading<Shown> | undefined {
	const information = readInformation(answer, selector);
	switch (information?.kind) {
		case undefined:
			return undefined;
		case 'notFound':
			return notThere;
		case 'refused':
			return { kind: 'refused', why: notErased('failed', 'vendorError', information.why) };
		case 'putOff':
		case 'contradiction':
			return readUnsettled(information);
		case 'found':
			return there(information.conversation.fields);
	}
}

function sightingOf({ finished, doNotDelete }: Conversation): Sighting {
	if (doNotDelete) return { found: true, wouldBe: 'refused', note: protectedNote };
	if (finished) return { found: true, wouldBe: 'deleted' };
	return {
		found: true,
		wouldBe: 'accepted',
		note: 'It is still going on: Verba marks it and deletes it once it is over',
	};
}
