/** Lists whose entries nothing separates that a list may be separated by. */

import { formOf } from './likeness';

/** Two IDs of one form or length with a sign between them: `call_15/call_16`, `71627389&71627390`. */
export function isPairWithSign(text: string): boolean {
	// Base64 has signs of its own.
	if (text.endsWith('=')) return false;
	return (
		areAlike(text.split(/[/\\&+:~·•→>#]|--/)) ||
		isRange(text.split(/-|\.\./)) ||
		isShortened(text) ||
		isRepeated(text)
	);
}

function areAlike(parts: readonly string[]): boolean {
	const [first = ''] = parts;
	if (parts.length < 2 || first === '') return false;
	const isOfOneLength = parts.every(({ length }) => length === first.length);
	if (isOfOneLength && first.length > 5) return true;
	const form = formOf(first);
	const isOfOneForm = parts.every((part) => formOf(part) === form);
	return isOfOneForm && (/\p{L}/u.test(form) || (isOfOneLength && first.length > 3));
}

/** `call_1-call_5`, `71627389-71627395`. One ID may hold a hyphen, so both parts have to be whole IDs. */
function isRange(parts: readonly string[]): boolean {
	const [first = '', last = ''] = parts;
	if (parts.length !== 2 || !/\d/.test(first) || !/\d/.test(last)) return false;
	const areNumbers = /^\d{6,}$/.test(first) && /^\d{6,}$/.test(last);
	if (areNumbers) return first.length === last.length;
	const form = formOf(first);
	return form === formOf(last) && /\p{L}{2}/u.test(form);
}

/**
 * A range or a pair of which the second is written by its last digits: `71627389-95`, `call_123/124`,
 * `call_[1-5]`. One digit after a plain number is a part of it, as in Cisco's `16777985-1`.
 */
function isShortened(text: string): boolean {
	if (/\[\d+(?:-|\.\.)\d+\]/.test(text)) return true;
	const [, prefix, first = '', last = ''] = /^(\p{L}{2,}_|)(\d+)[-/](\d+)$/u.exec(text) ?? [];
	if (first === '' || last.length > first.length) return false;
	if (prefix === '' && (first.length < 8 || last.length < 2)) return false;
	return last > first.slice(-last.length);
}

const uuid = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const repeated = [
	// call_123call_124, TRS26140192TRS26140193
	/^(\p{L}{2,}[_-])\d+(?:\1\d+)+$/u,
	/^((?=\p{L}*[g-z])\p{L}{2,})\d{4,}(?:\1\d{4,})+$/iu,
	new RegExp(`^(?:${uuid}){2,}$`, 'i'),
];

/** Lines that were pasted without their breaks. */
function isRepeated(text: string): boolean {
	return repeated.some((form) => form.test(text));
}

/** The beginning of a UUID, or what is left of one: the rest is in the next cell or on the next line. */
export function isPartOfUuid(text: string): boolean {
	return (
		/^[\da-f]{8}(?:-[\da-f]{4}){2,3}(?:-[\da-f]{0,11})?$/i.test(text) ||
		/^[\da-f]{8}-(?:[\da-f]{4}-)?$/i.test(text) ||
		/^-?[\da-f]{1,8}(?:-[\da-f]{4}){1,3}-[\da-f]{12}$/i.test(
			text.replace(new RegExp(`^${uuid}$`, 'i'), ''),
		)
	);
}
