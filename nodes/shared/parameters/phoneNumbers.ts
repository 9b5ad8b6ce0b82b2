/** Fewer digits are an extension or something else. */
const fewestDigits = 7;

/** More digits are of several numbers: E.164 knows no longer one. */
const mostDigits = 15;

/** Digits with what people put between those of one number. */
const writtenNumber = /\+?\d(?:[ ()./_\p{Pd}]{0,3}\d)*/gu;

interface PhoneNumber {
	/** Without zeros at their start. */
	readonly digits: string;
	/** With its country's code, as it says itself. */
	readonly isInternational: boolean;
}

/** Whether somebody who wrote this means a phone number, and not another text. */
export function isPhoneNumber(text: string): boolean {
	return !/\p{L}/u.test(text) && text.replace(/\D/g, '').length >= fewestDigits;
}

/**
 * Whether a number is in any text of a value, however it is written there. One that only ends in
 * the same digits is somebody else's: only the country's code may be missing, on either side.
 */
export function holdsNumber(value: unknown, number: string): boolean {
	const wanted = readNumber(number);
	return textsIn(value).some((text) =>
		(text.normalize('NFKC').match(writtenNumber) ?? []).some((found) =>
			mayBeSame(wanted, readNumber(found)),
		),
	);
}

function readNumber(text: string): PhoneNumber {
	// "(0)" is dialled within the country only.
	const written = text.replace(/\(0\)/g, '').replace(/[^\d+]/g, '');
	return {
		digits: written.replace(/^\+/, '').replace(/^0+/, ''),
		isInternational: /^(\+|00)/.test(written),
	};
}

function mayBeSame(wanted: PhoneNumber, found: PhoneNumber): boolean {
	if (!wanted.isInternational || found.digits.length > mostDigits) {
		return found.digits.includes(wanted.digits);
	}
	if (found.digits === wanted.digits) return true;
	return !found.isInternational && isWithoutCountry(found.digits, wanted.digits);
}

/** Countries have codes of one digit (1 and 7), two or three. */
function isWithoutCountry(national: string, international: string): boolean {
	const left = international.length - national.length;
	const longestCode = /^[17]/.test(international) ? 1 : 3;
	return left > 0 && left <= longestCode && international.endsWith(national);
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
