/** What stays the same from one ID of a vendor's to the next: `call_9` and `call_123` have one form. */
export function formOf(text: string): string {
	return text.replace(/[\da-f]*\d[\da-f]*/gi, '9');
}

const letter = /\p{L}/u;

/** Shorter texts have one length by chance. */
export const shortestTellingLength = 6;

/**
 * What other texts can be held against: whether they may be IDs of the same vendor's. A name beside an
 * ID is not; an ID whose hexadecimal digits happen to be all letters, or none, is.
 */
export class Likeness {
	private readonly keys: ReadonlySet<string>;

	constructor(texts: readonly string[]) {
		this.keys = new Set(texts.flatMap(keysOf));
	}

	covers(text: string): boolean {
		return lookupsOf(text).some((key) => this.keys.has(key));
	}
}

function keysOf(text: string): string[] {
	if (!isDigits(text)) {
		const { length } = text;
		return [...formsOf(text), withLetters(length), withLetters(length, kindOf(text))];
	}
	return [withDigits(text.length)];
}

function lookupsOf(text: string): string[] {
	const { length } = text;
	const isTelling = length >= shortestTellingLength;
	if (isDigits(text)) {
		const spread = spreadOf(length);
		const counted = Array.from({ length: 2 * spread + 1 }, (_, index) =>
			withDigits(length - spread + index),
		);
		return isTelling ? [...counted, withLetters(length)] : counted;
	}
	const found = [...formsOf(text), ...(isTelling ? sameLengthOf(text) : [])];
	return /\d/.test(text) ? [...found, withDigits(length)] : found;
}

/** No name is so long. */
const longestName = 15;

/** A text without a digit may be an ID by chance, or a name: then it has to look like the others. */
function sameLengthOf(text: string): string[] {
	const { length } = text;
	if (/\d/.test(text) || length > longestName) return [withLetters(length)];
	return isWord(text) ? [] : [withLetters(length, kindOf(text))];
}

/**
 * Numbers that are counted up get longer. Beside them may stand a phone number or how long a call was;
 * what is longer than any phone number is an ID, whose digits may be random.
 *
 * @returns by how many digits the next length may differ
 */
export function spreadOf(length: number): number {
	return length > 12 ? 3 : 1;
}

export function isDigits(text: string): boolean {
	return /^\d+$/.test(text);
}

/** What a vendor's IDs have in common: all of it but the digits, and what they all begin with (`call_`). */
function formsOf(text: string): string[] {
	const start = /^\p{L}+[_:-]/u.exec(text);
	return [`form:${formOf(text)}`, ...(start === null ? [] : [`start:${start[0]}`])];
}

function withLetters(length: number, kind = ''): string {
	return `letters:${length}:${kind}`;
}

/** `inbound`, `Margaret`, but not `deadbeef`. */
function isWord(text: string): boolean {
	return /^\p{L}\p{Ll}*$/u.test(text) && !/^[\da-f]+$/.test(text);
}

/** Which of capitals, small letters and signs it holds. */
function kindOf(text: string): string {
	return [/\p{Lu}/u, /\p{Ll}/u, /[^\p{L}\p{N}]/u].map((part) => Number(part.test(text))).join('');
}

function withDigits(length: number): string {
	return `digits:${length}`;
}

/**
 * A name or a word among IDs: a text without a digit in a list whose other entries have some.
 *
 * @returns its index, or -1
 */
export function indexOfWord(texts: readonly string[]): number {
	const ids = texts.filter((text) => /\d/.test(text));
	if (ids.length === 0 || ids.length === texts.length) return -1;
	const likeness = new Likeness(ids);
	return texts.findIndex((text) => letter.test(text) && !/\d/.test(text) && !likeness.covers(text));
}
