// A run of at least seven digits, with what people put between the digits of a phone number.
const phoneNumber = /\+?\d(?:[\s()./\p{Pd}]{0,3}\d){6,}/gu;

/** Shows the last two digits and hides the rest: `+15125551234` becomes `*********34`. */
export function maskPhoneNumber(phone: string): string {
	const digits = phone.replace(/\D/g, '');
	return digits.length <= 4 ? '****' : '*'.repeat(digits.length - 2) + digits.slice(-2);
}

/**
 * A vendor's own words, fit to stand in a receipt: one line, short, and with everything that looks
 * like a phone number masked, except the target's own identifiers, which the receipt shows anyway.
 */
export function quoteVendor(text: string, identifiers: readonly string[] = []): string {
	const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
	const masked = line.replace(phoneNumber, (match) =>
		identifiers.includes(match) ? match : maskPhoneNumber(match),
	);
	return masked.length > 200 ? `${masked.slice(0, 199)}…` : masked;
}
