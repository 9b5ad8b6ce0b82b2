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
	| { readonly kind: 'notFound'; readonly code: string; readonly words: string };

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
export function readReply({ status, body }: Answer, action: string): VerbaReply | undefined {
	const isReadable = status === 200 || (status >= 400 && status < 500 && status !== 429);
	const document = isReadable ? parseXml(body) : undefined;
	if (document?.root.name !== 'VerbaApi') return undefined;
	const { root, wellFormed } = document;
	const [response, ...others] = descendants(root, 'Response');
	if (response === undefined || others.length > 0 || !root.children.includes(response)) {
		return undefined;
	}
	const code = response.attributes.get('code') ?? '';
	const isOfAction = response.attributes.get('type') === action;
	const messages = descendants(root, 'ErrorMessage').map((message) => message.text.trim());
	if (code === '0') {
		const isSuccess = isOfAction && messages.length === 0 && status === 200;
		return isSuccess ? { kind: 'success', root, response, wellFormed } : undefined;
	}
	if (!/^-?\d{1,9}$/.test(code)) return undefined;
	const words = messages.join(' ');
	const isNotFound = isOfAction && code === '2' && notFoundWords.test(words);
	return { kind: isNotFound ? 'notFound' : 'refusal', code, words };
}

/**
 * The token stands in an attribute of Response.
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
