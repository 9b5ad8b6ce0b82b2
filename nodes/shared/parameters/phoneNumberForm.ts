const fewestDigits = 5;

/** E.164 allows 15; the rest is for what people dial before a number. Two numbers do not fit. */
const mostDigits = 18;

/** E.164's own limit, for a number that is written with its country's code. */
const mostInternationalDigits = 15;

/**
 * What keeps a text from being one whole phone number. What is found under it may be deleted, and a
 * vendor that compares texts finds nothing under what is not one.
 *
 * @returns the end of a sentence that starts with the parameter's name and repeats no digit
 */
export function findNumberProblem(text: string): string | undefined {
	if (/\p{L}/u.test(text)) return 'holds letters';
	const unclear = findUnclearDigits(text);
	if (unclear !== undefined) return unclear;
	if (!/^[+\d(][\d\s().\-/]*$/.test(text)) return 'holds a character that no phone number has';
	const count = text.replace(/\D/g, '').length;
	if (count < fewestDigits) return `holds fewer than ${fewestDigits} digits`;
	const most = text.startsWith('+') ? mostInternationalDigits : mostDigits;
	if (count > most) return `holds more than ${most} digits`;
	return undefined;
}

/** The same of a text that may also be an extension or the name of an account. */
export function findUnclearDigits(text: string): string | undefined {
	if (/\p{L}/u.test(text)) {
		return /\s/.test(text) ? 'looks like several IDs or words in one' : undefined;
	}
	if (/[*#•_?]/.test(text)) return 'holds a masked number';
	if (/\(\s*0\s*\)/.test(text)) return 'holds "(0)", which is dialled within its country only';
	if (/\d{5}\.0+$/.test(text)) return 'holds a number with decimals, as a spreadsheet writes it';
	if (isSeveralNumbers(text)) return 'holds several numbers in one';
	return undefined;
}

/** With so many digits before it, a slash ends a number: no area code has as many. */
const longestAreaCode = 6;

function isSeveralNumbers(text: string): boolean {
	if (/.\+|\d\s*[&|\\]/.test(text)) return true;
	const parts = text.split('/').map((part) => part.replace(/\D/g, '').length);
	if (parts.slice(0, -1).some((digits) => digits > longestAreaCode)) return true;
	if (parts.length > 1 && !/^[0+(]/.test(text) && parts.every((digits) => digits > 3)) return true;
	return /^\+?\d{7,}\s+\d{7,}/.test(text);
}
