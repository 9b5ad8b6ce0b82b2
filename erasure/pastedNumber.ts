/** What people and spreadsheets make of one number, which is then no ID any more. */

/** Signs and a currency around a number: `$71,627,389`, `(71,627,389)`, `71,627,389-`, `EUR 71,627,389`, `71,627,389 calls`. */
const before = /^[^\p{L}\p{N}]*(?:[A-Z]{3}\s?)?[-+]?/u;
const after = /(?:\s?[A-Z]{3}|\s\p{L}{1,12})?[^\p{L}\p{N}]*$/u;

/**
 * Whether the parts between commas are those of one number: `71,627,389`, `5125551234,0`, `1,12E+17`,
 * `1.234,56`. However many groups of three there are: nobody counts a list in such steps.
 *
 * @param parts at least two
 */
export function areOneNumber(parts: readonly string[]): boolean {
	const first = (parts[0] ?? '').replace(before, '');
	const last = (parts.at(-1) ?? '').replace(after, '');
	const isGrouped =
		/^\d{1,3}$/.test(first) &&
		parts.slice(1, -1).every((part) => /^\d{2,3}$/.test(part)) &&
		/^\d{3}(?:\.\d+)?$/.test(last);
	if (isGrouped || parts.length !== 2) return isGrouped;
	return (
		(/^\d{1,3}(?:[.'’ ]\d{3})+$/.test(first) && /^\d{1,2}$/.test(last)) ||
		(/^\d+$/.test(first) && /^(?:\d{1,2}|0+)$/.test(last)) ||
		(/^\d+$/.test(first) && /^\d+e[+-]?\d{1,3}$/i.test(last))
	);
}

/** `71,627,389` in one text, and with other signs between the groups: `71'627'389`, `71٬627٬389`. */
export function isNumberWithSeparators(text: string): boolean {
	const parts = text.split(',');
	if (parts.length > 1) return areOneNumber(parts);
	return /^[1-9]\d{0,2}(?:['’´`_˙٬]\d{3})+$/u.test(text.replace(before, '').replace(after, ''));
}

/** `71.627.389`. With one dot it may be another number, or no number. */
export function isNumberWithDots(text: string): boolean {
	return /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(text.replace(before, '').replace(after, ''));
}

/** `€12`, `12.50 EUR`, `12%`, `3 min`: what is counted and not what is named. */
export function isAmount(text: string): boolean {
	return (
		/^[-+]?\s?\p{Sc}\s?\d|\d\s?\p{Sc}$|^[-+]?\d+(?:[.,]\d+)?\s?[%‰]$/u.test(text) ||
		/^[-+]?\d{1,9}[.,]\d{1,2}$/.test(text) ||
		/^\d+(?:[.,]\d{1,2})?\s?(?:EUR|USD|GBP|CHF|s|sec|secs|min|mins|MB|kB|GB)$/.test(text)
	);
}

/** A number below zero, also as accountants write it: `-12`, `12-`. */
export function isNegative(text: string): boolean {
	return /^[-−]\d+$|^\d+[-−]+$/u.test(text);
}

/** `1.12E+17`, `1.12E17`: no more digits are left than are shown. `82831e35` is hexadecimal. */
export function isScientific(text: string): boolean {
	return /^[+-]?(?:\d{1,17}(?:[.,]\d+)?e[+-]\d{1,3}|(?:\d{1,3}|\d[.,]\d+)e\d{1,2})$/i.test(text);
}
