/** Fewer digits are an extension or something else. */
const fewestDigits = 7;

/** E.164 knows no longer number. */
const mostDigits = 15;

/** What people put between the digits of one number, once. */
const between = String.raw`(?: ?\(|\) ?[-.]?|[ ./_\p{Pd}]| ?\p{Pd} ?)?`;

/** Digits with what people put between those of one number. */
const writtenNumber = new RegExp(String.raw`\+?\(?\d(?:${between}\d)*`, 'gu');

/**
 * Digits with whatever signs between them that is no letter. A plus begins another number. What is
 * longer apart than this belongs to something else.
 */
const digitsWithSigns = /(?:\+[^\p{L}\p{N}+]{0,3})?\d(?:[^\p{L}\p{N}+]{0,20}\d)*/gu;

interface PhoneNumber {
	readonly digits: string;
	/** Written with a plus, so that the digits begin with a country's code. */
	readonly isInternational: boolean;
}

/** Whether somebody who wrote this means a phone number, and not another text. */
export function isPhoneNumber(text: string): boolean {
	return !/\p{L}/u.test(text) && countDigits(text) >= fewestDigits;
}

/**
 * Whether a number is in any text of a value. What is found may be deleted, so only the same number
 * counts: the same digits, both with a plus or both without, whatever stands between them. That is
 * what a number is searched for as unless the user names other notations (see notationsOf): the
 * digits without the plus, with 00 or in national form may be somebody else's in another country.
 * `15125551234` is a German mobile number without its zero, and `5551234` is a number in every town.
 *
 * @param value what the vendor tells of a record
 * @param number what the user searches for
 */
export function holdsNumber(value: unknown, number: string): boolean {
	const wanted = readNumber(number);
	const isThere = (text: string) =>
		text.length >= wanted.digits.length &&
		separateNumbers(text).some((found) => isSame(wanted, readNumber(found)));
	return textsIn(value).some((text) =>
		(text.normalize('NFKC').match(digitsWithSigns) ?? []).flatMap(cutAtSigns).some(isThere),
	);
}

/**
 * Signs that stand in no number separate numbers, if each is whole. Otherwise they stand in one after
 * all (`030 / 5551234`), and its end is not a number of its own.
 */
function cutAtSigns(text: string): readonly string[] {
	const parts = text.match(writtenNumber) ?? [];
	return parts.every((part) => countDigits(part) >= fewestDigits) ? parts : [text];
}

/** Numbers beside each other: more digits than one has, and enough in each part. */
function separateNumbers(text: string): string[] {
	const parts = text.split(' ');
	const areWhole = parts.every((part) => countDigits(part) >= fewestDigits);
	return areWhole && countDigits(text) > mostDigits ? parts : [text];
}

function countDigits(text: string): number {
	return text.replace(/\D/g, '').length;
}

function readNumber(text: string): PhoneNumber {
	// "(0)" is dialled within the country only.
	const written = text.replace(/(\+.*)\(0\)/, '$1').replace(/[^\d+]/g, '');
	return { digits: written.replace(/\D/g, ''), isInternational: written.startsWith('+') };
}

function isSame(wanted: PhoneNumber, found: PhoneNumber): boolean {
	return wanted.isInternational === found.isInternational && wanted.digits === found.digits;
}

/** All texts and numbers in a value, however deep: what came may be nested deeper than a call may go. */
function textsIn(value: unknown): string[] {
	const texts: string[] = [];
	const open: unknown[] = [value];
	while (open.length > 0) {
		const next = open.pop();
		if (typeof next === 'string') texts.push(next);
		else if (typeof next === 'number') texts.push(String(next));
		else if (typeof next === 'object' && next !== null) {
			for (const part of Object.values(next) as unknown[]) open.push(part);
		}
	}
	return texts;
}
