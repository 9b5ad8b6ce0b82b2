import type { IDataObject } from 'n8n-workflow';

import { readIdentifiers } from '../../erasure/identifier';
import type { Answer } from '../../erasure/reply';
import { descendants, parseXml, type XmlElement } from './xml';

/**
 * What Verba's XML replies say. Together with verbaApi.ts, which sends the requests, the only file
 * that knows the vendor's bodies. The replies of DeleteCall and SearchCalls could not be read in
 * the vendor's pages; they are inferred from their siblings:
 * https://kanasoftware.jira.com/wiki/spaces/docs/pages/4387800506/Get+Call+ID,
 * https://verbalabs.atlassian.net/wiki/spaces/v99/pages/215330689/Get+Call+Information.
 */
export type VerbaReply =
	| {
			readonly kind: 'success';
			readonly root: XmlElement;
			readonly response: XmlElement;
			readonly wellFormed: boolean;
	  }
	/** The vendor says that it did not do it. `words` may be empty. */
	| { readonly kind: 'refusal'; readonly code: string; readonly words: string }
	| { readonly kind: 'notFound'; readonly code: string; readonly words: string }
	/** It says that it was done, and its status or another part of it says that it was not; or so. */
	| { readonly kind: 'contradiction'; readonly code: string };

/** A conversation as GetCallInformation and SearchCalls describe it. */
export interface Conversation {
	readonly callId: string;
	/** `state` 1; anything else counts as still going on. */
	readonly finished: boolean;
	readonly doNotDelete: boolean;
	/** All fields, in the vendor's names. */
	readonly fields: IDataObject;
}

/** "Unable to retrieve the call identifier, because the call cannot be found.", "Call cannot be found." */
const notFoundWords =
	/^(?:unable to [a-z ]+, because the )?(?:call|conversation) cannot be found\.?$/i;

/**
 * Reads `<VerbaApi><Response code type/></VerbaApi>`. Success is code 0 for the action that was
 * asked for, with HTTP 200 and without an ErrorMessage. Errors may come with HTTP 200 or another
 * status, and have their ErrorMessage inside Response or beside it.
 *
 * @returns undefined for anything else, such as a sign-in page, half a reply, or two Responses
 */
export function readReply(answer: Answer, action: string): VerbaReply | undefined {
	const { status, body } = answer;
	const document = parseXml(body);
	if (document?.root.name !== 'VerbaApi') return undefined;
	const { root, wellFormed } = document;
	const [response, ...others] = descendants(root, 'Response');
	if (response === undefined || others.length > 0 || !root.children.includes(response)) {
		return undefined;
	}
	const code = response.attributes.get('code') ?? '';
	const type = response.attributes.get('type');
	if (code === '0') {
		if (type !== action) return undefined;
		if (status >= 400 || denies(root)) return { kind: 'contradiction', code };
		return status === 200 ? { kind: 'success', root, response, wellFormed } : undefined;
	}
	// An answer to something else does not count. Which action an error names where no
	// action was looked at, for want of a token perhaps, is not known.
	const isForAnother = type !== undefined && type !== '' && type !== action;
	if (!/^-?[1-9]\d{0,8}$/.test(code) || isForAnother || !mayBeRefusal(answer)) return undefined;
	const words = descendants(root, 'ErrorMessage')
		.map((message) => message.text.trim())
		.filter((message) => message !== '')
		.join(' ');
	const isNotFound = type === action && code === '2' && notFoundWords.test(words);
	if (!isNotFound) return { kind: 'refusal', code, words };
	return status === 401 || status === 403 || descendants(root, 'verbacdr').length > 0
		? { kind: 'contradiction', code }
		: { kind: 'notFound', code, words };
}
/** These come from something other than the API, or it has not dealt with the request yet. */
const notOfTheApi: ReadonlySet<number> = new Set([407, 408, 421, 425, 429]);

function mayBeRefusal({ status, headers }: Answer): boolean {
	if (status === 200) return true;
	const asksToWait = headers['retry-after'] !== undefined;
	return status >= 400 && status < 500 && !notOfTheApi.has(status) && !asksToWait;
}

const namesOfTrouble = /error|exception|fault|fail|warning/i;
const wordsOfTrouble = /\b(?:not|cannot|can't|unable|fail\w*|errors?|denied|refused|invalid)\b/i;

/** Whether a reply that says "done" says anywhere else that it was not; a conversation's own texts aside. */
function denies({ name, attributes, text, children }: XmlElement): boolean {
	if (name === 'verbacdr') return false;
	const names = [name, ...attributes.keys()];
	return (
		names.some((each) => namesOfTrouble.test(each)) ||
		wordsOfTrouble.test(text) ||
		children.some(denies)
	);
}

/** Whether a reply to a deletion that names a conversation names this one. */
export function namesOnly(root: XmlElement, callId: string): boolean {
	const named = ['CallID', 'callID', 'ccdr_id'].flatMap((name) => descendants(root, name));
	return named.every(({ text }) => isSameId(text.trim(), callId));
}

/** Verba's IDs are GUIDs, whose letter case does not count. */
export const isSameId = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/**
 * The token is in an attribute of Response.
 *
 * @returns undefined where the reply holds no token
 */
export function readToken(reply: VerbaReply | undefined): string | undefined {
	const token = reply?.kind === 'success' ? reply.response.attributes.get('token')?.trim() : '';
	return token === '' ? undefined : token;
}

/**
 * The conversations that a reply lists.
 *
 * @returns undefined where one of them cannot be made out
 */
export function readConversations(root: XmlElement): Conversation[] | undefined {
	const elements = descendants(root, 'verbacdr');
	const conversations = elements.map(readConversation);
	return conversations.every((conversation) => conversation !== undefined)
		? conversations
		: undefined;
}

function readConversation(element: XmlElement): Conversation | undefined {
	// One inside the other: a closing tag is missing, and fields cannot be told apart.
	if (descendants(element, 'verbacdr').length > 0) return undefined;
	const [callId, ...otherIds] = descendants(element, 'ccdr_id').map(({ text }) => text);
	const check = readIdentifiers([callId]);
	if (!check.valid || otherIds.length > 0) return undefined;
	const state = element.attributes.get('state') ?? '';
	const marks = descendants(element, 'do_not_delete').map(({ text }) => text.trim());
	return {
		callId: check.identifiers[0] ?? '',
		finished: state === '1',
		doNotDelete: marks.some((mark) => mark !== '0' && mark !== ''),
		fields: { state, ...readFields(element) },
	};
}

/** Every field by its name, as text; a list where a name comes more than once. */
function readFields(element: XmlElement): IDataObject {
	const fields = new Map<string, string[]>();
	const collect = ({ children }: XmlElement) => {
		for (const child of children) {
			const text = child.text.trim();
			// An element around others has no text of its own.
			if (text !== '' || child.children.length === 0) {
				const texts = fields.get(child.name);
				if (texts === undefined) fields.set(child.name, [text]);
				else texts.push(text);
			}
			collect(child);
		}
	};
	collect(element);
	return Object.fromEntries(
		[...fields].map(([name, [first = '', ...others]]) => [
			name,
			others.length === 0 ? first : [first, ...others],
		]),
	);
}
