/** An entity, a tag or an escape: it may stand for a blank, and its own digits are no one's number. */
const markup = String.raw`&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,6});|<\/?[a-z][^<>]{0,40}>|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[nrt]`;

/**
 * A run of at least seven digits of any script, with what people and programs put between the digits
 * of a phone number: signs, and what stands for them in addresses, HTML and JSON. An underscore joins
 * the parts of identifiers and dates, a comma those of lists, so that they count only after a plus.
 */
const between = String.raw`(?:[\s()./\p{Pd}\p{Cf}\u2212\u00B7\u2022\u2024\u2027\u2219\u22C5\uFF08\uFF09\uFF0E\uFF0F]|%20|%28|%29|%2[DEF]|%A0|%C2%A0|${markup})`;
const afterPlus = String.raw`[,;:|*=~#'’]`;
const plus = String.raw`(?:[+\uFF0B]|%2B|&plus;|&#43;|&#x2b;|\\u002b|\\x2b)`;
const phoneNumber = new RegExp(
	String.raw`${plus}\p{Nd}(?:(?:${afterPlus}|(?:_|${between}){0,4})\p{Nd}){6,}|\p{Nd}(?:${between}{0,3}\p{Nd}){6,}`,
	'giu',
);
const codes = new RegExp(String.raw`%[\da-f]{2}|${markup}`, 'gi');

/** Shows the last two digits and hides the rest: `+15125551234` becomes `*********34`. */
export function maskPhoneNumber(phone: string): string {
	const digits = phone.replace(codes, ' ').match(/\p{Nd}/gu) ?? [];
	return digits.length <= 4 ? '****' : '*'.repeat(digits.length - 2) + digits.slice(-2).join('');
}

const longestQuote = 200;

/** What comes after so much cannot be among what is shown: a mask is a 200th as long at the least. */
const mostRead = 200 * longestQuote;

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
