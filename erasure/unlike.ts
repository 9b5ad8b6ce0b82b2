/** What stands among the IDs of a list and is none: another column's value, a page number, a count. */

import { formOf, isDigits, shortestTellingLength, spreadOf } from './likeness';

/** Texts so long are of one length only if they are of one kind, whatever they begin with. */
const surelyOneKind = 16;

/**
 * Looks for what is not like the others in a list as people paste it: a number beside IDs that have
 * letters, another prefix, a number with many more or fewer digits.
 *
 * @param texts what the list holds, in its order
 * @returns the index of the first that differs from most, or -1 if all may be IDs of one vendor's
 */
export function indexOfUnlike(texts: readonly string[]): number {
	if (texts.length < 2) return -1;
	const numbers = texts.filter(isDigits);
	if (numbers.length === texts.length) return indexOfOtherLength(texts);
	const others = texts.filter((text) => !isDigits(text));
	// Hexadecimal digits happen to be all decimal.
	const lengths = new Set(
		others.filter((text) => prefixOf(text) === '').map(({ length }) => length),
	);
	const isCounted = (text: string) =>
		isDigits(text) && !(text.length >= shortestTellingLength && lengths.has(text.length));
	const counted = texts.findIndex(isCounted);
	if (counted === -1) return indexOfOtherForm(texts);
	const few = numbers.length <= others.length || others.some((text) => prefixOf(text) !== '');
	return few ? counted : texts.findIndex((text) => !isDigits(text));
}

/**
 * Numbers that are counted up get longer, by one digit at a time. What has fewer than all others is how
 * long a call was, or how many there were; what has more is a phone number.
 */
function indexOfOtherLength(numbers: readonly string[]): number {
	const lengths = [...new Set(numbers.map(({ length }) => length))].sort((a, b) => a - b);
	const gap = lengths.findIndex(
		(length, index) => length - (lengths[index - 1] ?? length) > spreadOf(length),
	);
	if (gap === -1) return -1;
	const longer = lengths[gap] as number;
	const shorter = numbers.filter(({ length }) => length < longer).length;
	const isOdd = ({ length }: string) =>
		shorter > numbers.length / 2 ? length >= longer : length < longer;
	return numbers.findIndex(isOdd);
}

/** Beside `call_1`: `agent_7`, `Q4`. Beside what has no prefix: what has another form and is far shorter. */
function indexOfOtherForm(texts: readonly string[]): number {
	const [usual, isOnly] = mostUsual(texts.map(prefixOf));
	const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
	const areOneKind = longest >= surelyOneKind && texts.every(({ length }) => length === longest);
	if (areOneKind) return -1;
	if (!isOnly) return texts.findIndex((text) => prefixOf(text) !== usual);
	const forms = new Set(texts.filter(({ length }) => length * 2 > longest).map(formOf));
	const isOther = (text: string) => text.length * 2 <= longest && !forms.has(formOf(text));
	return usual === '' ? texts.findIndex(isOther) : -1;
}

/** @returns the text that stands there most often, and whether it is the only one */
function mostUsual(texts: readonly string[]): readonly [text: string, isOnly: boolean] {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	const most = [...counts].reduce((best, next) => {
		if (next[1] !== best[1]) return next[1] > best[1] ? next : best;
		return best[0] === '' ? next : best;
	});
	return [most[0], counts.size === 1];
}

/** What a vendor puts before its IDs (`call_`, `TRS`), in small letters. Hexadecimal digits are none. */
function prefixOf(text: string): string {
	const prefix = /^\p{L}+(?=[_:-])/u.exec(text)?.[0].toLowerCase() ?? '';
	return /^[\da-f]*$/.test(prefix) ? '' : prefix;
}

/** Fewer digits are an extension, an area code or what is dialled after a number. */
const wholeNumber = 7;

/**
 * The same for numbers to dial, whose notations and lengths differ: an area code and a number as two
 * (`04321;567890`), and a number with what is dialled after it (`5551234,123`).
 *
 * @returns the index of one that is of another kind than the first, or -1
 */
export function indexOfUnlikeNumber(texts: readonly string[]): number {
	const digits = texts.map((text) =>
		/^[+\d(][\d\s().\-/]*$/.test(text) ? text.replace(/\D/g, '') : '',
	);
	const isShort = (text: string) => text !== '' && text.length < wholeNumber;
	// A number of a town may have a digit less than its neighbours.
	const shortestWhole = digits
		.map(({ length }) => length)
		.filter((length) => length >= wholeNumber)
		.reduce((least, length) => Math.min(least, length), Infinity);
	const isPart = (text: string) => isShort(text) && text.length < shortestWhole - 1;
	if (shortestWhole !== Infinity && digits.some(isPart)) return digits.findIndex(isPart);
	const hasAreaCode = digits.some((text) => isShort(text) && text.startsWith('0'));
	return hasAreaCode ? digits.findIndex((text) => isShort(text) && !text.startsWith('0')) : -1;
}
