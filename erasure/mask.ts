/**
 * A run of at least seven digits of any script, with what people and programs put between the digits
 * of a phone number. An underscore joins the parts of identifiers and dates, so that it counts after
 * a plus alone.
 */
const between = String.raw`(?:[\s()./\p{Pd}\p{Cf}\u2212\u00B7\u2022\u2024\u2027\u2219\u22C5\uFF08\uFF09\uFF0E\uFF0F]|%20|%28|%29|%2[DEF]|%A0|%C2%A0)`;
const phoneNumber = new RegExp(
	String.raw`(?:[+\uFF0B]|%2B)\p{Nd}(?:(?:_|${between}){0,4}\p{Nd}){6,}|\p{Nd}(?:${between}{0,3}\p{Nd}){6,}`,
	'giu',
);

/** Shows the last two digits and hides the rest: `+15125551234` becomes `*********34`. */
export function maskPhoneNumber(phone: string): string {
	const digits = phone.replace(/%[\da-f]{2}/gi, ' ').match(/\p{Nd}/gu) ?? [];
	return digits.length <= 4 ? '****' : '*'.repeat(digits.length - 2) + digits.slice(-2).join('');
}

const longestQuote = 200;

/** What comes after so much cannot be among what is shown: a mask is a fifth as long at the least. */
const mostRead = 20 * longestQuote;

/**
 * A vendor's own words, fit to stand in a receipt: one line, short, and with everything that looks
 * like a phone number masked, except the target's own identifiers, which the receipt shows anyway.
 */
export function quoteVendor(text: string, identifiers: readonly string[] = []): string {
	const line = text
		.slice(0, 10 * mostRead)
		.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
		.trim()
		.slice(0, mostRead);
	const own = stretchesOf(line, identifiers);
	const masked = line.replace(phoneNumber, (match, at: number) => {
		const isOwn = own.some(([start, end]) => start <= at && at + match.length <= end);
		return isOwn ? match : maskPhoneNumber(match);
	});
	return masked.length > longestQuote ? `${masked.slice(0, longestQuote - 1)}…` : masked;
}

/** Where the identifiers stand in a line, each as a whole. */
function stretchesOf(line: string, identifiers: readonly string[]): Array<[number, number]> {
	const stretches: Array<[number, number]> = [];
	for (const identifier of identifiers) {
		if (identifier === '') continue;
		for (
			let at = line.indexOf(identifier);
			at !== -1;
			at = line.indexOf(identifier, at + identifier.length)
		) {
			stretches.push([at, at + identifier.length]);
		}
	}
	return stretches;
}
