const strange = 'holds a character that no phone number has';

const fewestDigits = 5;

/** E.164 allows 15 for a number with its country's code, and national ones have no more. */
const mostDigits = 15;

/** What is dialled for another country before its code, where a number is not written with a plus. */
const dialledAbroad = /^(?:00|011|0011|810)/;

const mostDialledAbroad = 18;

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
	if (!/^[+\d(][\d\s().\-/]*$/.test(text)) return strange;
	const digits = text.replace(/\D/g, '');
	if (digits.length < fewestDigits) return `holds fewer than ${fewestDigits} digits`;
	const isAbroad = !text.startsWith('+') && dialledAbroad.test(digits);
	const most = isAbroad ? mostDialledAbroad : mostDigits;
	if (digits.length > most) return `holds more than ${most} digits`;
	return findMisdialled(text, digits);
}

/** North America's numbers have ten digits after the country's code. */
const northAmericanDigits = 11;

/** Countries in which a zero is dialled before a number at home and never from abroad (ITU-T E.164). */
const zeroAtHome = /^(?:27|3[123]|4[13469]|6[14]|81|9[01])0/;

/** A number that can be dialled nowhere as it is written, whoever it was meant for. */
function findMisdialled(text: string, digits: string): string | undefined {
	if (/^(\d)\1*$/.test(digits)) return 'holds the same digit over and over';
	const isInternational = text.startsWith('+');
	const withCode = isInternational ? digits : (/^00(\d+)/.exec(digits)?.[1] ?? '');
	if (zeroAtHome.test(withCode)) {
		return 'holds a zero after the country code, which is dialled within its country only';
	}
	if (!isInternational) return undefined;
	if (digits.startsWith('0')) return 'holds a zero after the plus, where a country code belongs';
	const isNorthAmerican = digits.startsWith('1') && digits.length !== northAmericanDigits;
	return isNorthAmerican ? 'has not the 11 digits of a number with +1' : undefined;
}

/** The same of a text that may also be an extension or the name of an account. */
export function findUnclearDigits(text: string): string | undefined {
	if (/\p{L}/u.test(text)) {
		return /\s/.test(text) ? 'looks like several IDs or words in one' : undefined;
	}
	if (/[*#•_?]|-{2}|\.{2}/.test(text)) return 'holds a masked number';
	if (/^[-./)]/.test(text)) return strange;
	if (/\d\s*[-./]$/.test(text)) return 'ends with a sign, as if digits were missing';
	if (/\(\s*0\s*\)/.test(text)) return 'holds "(0)", which is dialled within its country only';
	if (/\d{5}\.0+$/.test(text)) return 'holds a number with decimals, as a spreadsheet writes it';
	if (isSeveralNumbers(text)) return 'holds several numbers in one';
	if (hasExtension(text)) return 'holds what looks like a number with an extension';
	if (isCountedOn(text)) return 'holds several numbers in one';
	return undefined;
}

/** With so many digits before it, a slash ends a number: no area code has as many. */
const longestAreaCode = 6;

/** A part of so many digits is a number of its own. */
const wholeNumber = 7;

function isSeveralNumbers(text: string): boolean {
	if (/.\+|\d\s*[&|\\,;]/.test(text)) return true;
	const parts = text.split('/').map(countDigits);
	if (parts.slice(0, -1).some((digits) => digits > longestAreaCode)) return true;
	if (parts.length > 1 && !/^[0+(]/.test(text) && parts.every((digits) => digits > 3)) return true;
	return hasTwoParts(text) || startsAgain(text);
}

/** Numbers this near to each other are two of one series, such as extensions of one office. */
const nearest = 100;

/** `8856 8857`, `555-1234-1235`, and the last digits of another: `5551234-35`. */
function isCountedOn(text: string): boolean {
	if (/^[0+(]/.test(text)) return false;
	const groups = text.match(/\d+/g) ?? [];
	const isNext = (group: string, index: number) => {
		const before = groups[index - 1];
		if (before?.length !== group.length || group.length < 4) return false;
		return Math.abs(Number(group) - Number(before)) < nearest;
	};
	return groups.some(isNext) || /^\d{7,8}[\s-]\d{1,2}$/.test(text);
}

/** `5551234-5551235`, `512-555-1234 555-1235` */
function hasTwoParts(text: string): boolean {
	const groups = text.match(/\d+/g) ?? [];
	const words = text.trim().split(/\s+/).map(countDigits);
	const areLong = (counts: readonly number[]) =>
		counts.filter((digits) => digits >= wholeNumber).length > 1;
	if (areLong(words) || areLong(groups.map(({ length }) => length))) return true;
	const areHalves = groups.length === 2 && groups.every(({ length }) => length >= wholeNumber - 1);
	return areHalves && !/^[0+(]/.test(text);
}

/** Numbers that are dialled with an area code: `030 12345 030 12346`, `555 1234 555 1235`. */
function startsAgain(text: string): boolean {
	const groups = text.match(/\d+/g) ?? [];
	const [first = ''] = groups;
	if (text.startsWith('+') || first.length < 2) return false;
	return groups.some((group, index) => {
		const [before, from] = [groups.slice(0, index), groups.slice(index)].map(
			(some) => some.join('').length,
		);
		if (index === 0 || (before ?? 0) < 6 || (from ?? 0) < 6) return false;
		const isSameCode = group === first && group.length > 2;
		return isSameCode || (/^0[1-9]/.test(first) && /^0[1-9]/.test(group));
	});
}

/** A number that is whole, and then some digits: `+15125551234-567`, `512-555-1234 567`. */
function hasExtension(text: string): boolean {
	return (
		/\d{9,}[\s./-]+\d{1,6}$/.test(text) ||
		/^(?:\+?1[\s.-]?)?\(?[2-9]\d{2}\)?[\s.-]{0,2}[2-9]\d{2}[\s.-]\d{4}[\s./-]+\d+$/.test(text)
	);
}

function countDigits(text: string): number {
	return text.replace(/\D/g, '').length;
}

/** What stands before a number, or after it, and is no part of it. */
const calledNumber =
	/^\W*(?:tel|telephone|telefon|phone|mobile|mobil|mob|cell|handy|fax|sms|whatsapp|callto|sips?)[\s:.]*$/iu;
const afterNumber = /^(?:@.*|\s*(?:x|ext|extension|nst)[\s.]*\d{1,6})$/iu;

/**
 * A phone number among words to search for: nothing would be found under `tel:+15125551234`, nor under
 * two numbers with "or" between them.
 *
 * @returns the end of a sentence that starts with the parameter's name
 */
export function findNumberAmongWords(text: string): string | undefined {
	const [number, ...others] = numbersAmongWords(text);
	if (number === undefined) return undefined;
	if (others.length > 0) {
		return /\s(?:and|or|und|oder|et|ou|y|o|e)\s/iu.test(text)
			? 'holds several numbers in one'
			: undefined;
	}
	const at = text.indexOf(number);
	const isCalled = calledNumber.test(text.slice(0, at));
	const goesOn = at === 0 && afterNumber.test(text.slice(number.length));
	return isCalled || goesOn ? 'holds letters beside a phone number' : undefined;
}

/** @returns what may be a phone number in a text with words, as it is written there */
export function numbersAmongWords(text: string): string[] {
	const found = text.match(/\+?\d(?:[\s().\-/]{0,3}\d)+/g) ?? [];
	return found.filter((number) => countDigits(number) >= wholeNumber);
}
