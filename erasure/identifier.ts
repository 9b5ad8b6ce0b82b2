import { findAccident, isExpression, severalInOne, type Meaning } from './accident';
import { indexOfWord } from './likeness';
import { cutText } from './pastedText';
import { indexOfUnlike, indexOfUnlikeNumber } from './unlike';

/** No ID that a vendor is known to document comes near this many characters. */
export const maximumIdentifierLength = 256;

/** How a value is to be read, where that is more than its type says. */
export interface Manner extends Meaning {
	/** Text is one ID, and nothing is guessed: some vendor's IDs may look like accidents. */
	readonly asWritten: boolean;
	/**
	 * The form that the vendor states for its IDs.
	 *
	 * @returns the end of a sentence that starts with the parameter's name, for one of another form
	 */
	readonly formOf?: (identifier: string) => string | undefined;
}

export type IdentifierCheck =
	| { readonly valid: true; readonly identifiers: readonly string[] }
	| {
			readonly valid: false;
			/** The end of a sentence that starts with the parameter's name: "is empty at position 2". */
			readonly problem: string;
			readonly reason: Objection['reason'];
	  };

interface Objection {
	/** The end of a sentence that starts with the parameter's name. */
	readonly problem: string;
	/**
	 * It cannot be sent, has another form than the vendor states, or only looks wrong, perhaps like
	 * several IDs in one, or like a list that holds something else too, or like one number with commas:
	 * then the user may know better.
	 */
	readonly reason: 'defect' | 'form' | 'guess' | 'severalInOne' | 'pastedList' | 'commas';
}

const plain: Manner = { names: [], isNumber: false, isChosen: false, asWritten: false };

/**
 * Reads what a user or an expression gives where IDs belong. Text is a list as people paste it;
 * an array holds one ID in each entry, exactly as it is, and so does what was chosen from a list.
 *
 * @returns the IDs in the order given, without the blanks around them
 */
export function readIdentifiers(value: unknown, given: Partial<Manner> = {}): IdentifierCheck {
	const manner = { ...plain, ...given };
	const entries = entriesOf(value, manner);
	if ('problem' in entries) return { valid: false, ...entries };
	if (entries.length === 0) return { valid: false, ...defect('is an empty list') };

	const identifiers: string[] = [];
	for (const [index, entry] of entries.entries()) {
		const identifier = asText(entry)?.trim();
		const objection =
			identifier === undefined ? defect(describeNonText(entry)) : objectionTo(identifier, manner);
		if (objection !== undefined) {
			const position = entries.length === 1 ? '' : ` at position ${index + 1}`;
			return { valid: false, ...objection, problem: `${objection.problem}${position}` };
		}
		identifiers.push(identifier as string);
	}
	const stranger = findStranger(identifiers, manner, value);
	return stranger === undefined ? { valid: true, identifiers } : { valid: false, ...stranger };
}

/** What is no accident by itself, but stands among IDs that look otherwise. */
function findStranger(
	identifiers: readonly string[],
	manner: Manner,
	value: unknown,
): Objection | undefined {
	if (!isGuessing(manner)) return undefined;
	if (manner.isNumber) {
		const other = isGluedList(value) ? indexOfUnlikeNumber(identifiers) : -1;
		const problem = `holds numbers of different kinds at position ${other + 1}`;
		return other === -1 ? undefined : { problem, reason: 'pastedList' };
	}
	const isPasted = isPastedList(value);
	const reason = isPasted ? 'pastedList' : 'guess';
	const word = indexOfWord(identifiers);
	if (word !== -1) {
		return { problem: `holds a word or a name among IDs at position ${word + 1}`, reason };
	}
	// In an array somebody has said where each ID begins and ends.
	const unlike = isPasted ? indexOfUnlike(identifiers) : -1;
	if (unlike === -1) return undefined;
	return { problem: `holds something unlike the other IDs at position ${unlike + 1}`, reason };
}

/** Whether a separator in it may be a part of one number: with a blank or a line break it is of a list. */
function isGluedList(value: unknown): boolean {
	return isPastedList(value) && /[,;\t][^\s,;]/.test(value as string);
}

/** Whether separators made a list of a text, and not the brackets of an array. */
function isPastedList(value: unknown): boolean {
	return typeof value === 'string' && !value.trim().startsWith('[');
}

/** Whether text may be a list, and an ID an accident. */
function isGuessing({ asWritten, isChosen }: Manner): boolean {
	return !asWritten && !isChosen;
}

function objectionTo(text: string, manner: Manner): Objection | undefined {
	const unfit = findDefect(text);
	if (unfit !== undefined) return defect(unfit);
	const accident = manner.asWritten ? undefined : findAccident(text, manner);
	if (accident !== undefined) {
		const reason = accident === severalInOne ? 'severalInOne' : 'guess';
		return { problem: accident, reason };
	}
	const form = manner.formOf?.(text);
	return form === undefined ? undefined : { problem: form, reason: 'form' };
}

function defect(problem: string): Objection {
	return { problem, reason: 'defect' };
}

/**
 * Control, format (zero-width, byte order mark), unassigned surrogate halves, line separators, and what
 * fonts show as nothing: variation selectors, fillers of Hangul (which are letters), blank Braille.
 */
const invisibleCharacter =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1d159}]/u;

/**
 * What makes a text unfit to be sent as an ID, whatever a vendor's IDs look like: it would reach
 * another path, or cannot be told from another ID by eye.
 *
 * @returns the end of a sentence that starts with the parameter's name ("is empty")
 */
export function findDefect(text: string): string | undefined {
	if (text === '') return 'is empty';
	if (text === '.' || text === '..') return `holds "${text}" (a path, not an ID)`;
	if (invisibleCharacter.test(text)) return 'holds an invisible or control character';
	if (text.length > maximumIdentifierLength) {
		return `holds an ID of more than ${maximumIdentifierLength} characters`;
	}
	return undefined;
}

function asText(entry: unknown): string | undefined {
	if (typeof entry === 'string') return entry;
	// Beyond 2^53 a JavaScript number no longer holds the digits that the vendor gave.
	if (typeof entry === 'number' && Number.isSafeInteger(entry)) return String(entry);
	return undefined;
}

function describeNonText(entry: unknown): string {
	if (entry === undefined || entry === null) return 'is empty';
	if (typeof entry === 'number') return 'holds a number that is not an exact ID (pass it as text)';
	if (Array.isArray(entry)) return 'holds a list inside a list';
	return `holds ${typeof entry === 'object' ? 'an object' : `a ${typeof entry}`} instead of an ID`;
}

/** The entries, or what is wrong with the value as a whole. */
type Entries = readonly unknown[] | Objection;

function entriesOf(value: unknown, manner: Manner): Entries {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string' || !isGuessing(manner)) return [value];
	const text = value.trim();
	// What is one thing of another kind is not a list, whatever separators it holds.
	if (isExpression(text) || /^[{=]/.test(text)) {
		const problem = findAccident(text.slice(0, maximumIdentifierLength), manner);
		if (problem !== undefined) return { problem, reason: 'guess' };
	}
	// An array that was put into text: its brackets and quotes are not part of any ID.
	if (text.startsWith('[') && text !== '[object Object]') return readJsonList(text);
	const cut = cutText(text, manner);
	return cut;
}

function readJsonList(text: string): Entries {
	const entries = parseList(text);
	if (entries === undefined) return defect('is not a valid JSON list');
	// Parsed, `1.12E+17` would be a whole number like any other.
	const outsideTexts = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
	return /\d[.e]/i.test(outsideTexts)
		? defect('is a JSON list with a number that is not an exact ID (pass it as text)')
		: entries;
}

function parseList(text: string): unknown[] | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? (parsed as unknown[]) : undefined;
	} catch {
		return undefined;
	}
}
