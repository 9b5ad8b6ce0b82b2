/**
 * Names that go into a certificate for everybody to read, of a request and of who approved: of a form
 * that holds no sentence and no address, and without what could be somebody's phone number.
 */

const form = /^[A-Za-z0-9._:-]{1,64}$/;

/** Random, or a digest: their digits are not a phone number. */
const random =
	/^(?:[a-z]+[:._-])*(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=\d*[a-f])[\da-f]{32,64})$/i;

const date =
	/(?<!\d)(?:19|20)\d\d(?:[-._:]?(?:0[1-9]|1[0-2])(?:[-._:]?(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)/g;

/** As many digits as a phone number has, with a few signs or an x between each two. */
const number = /\d(?:(?:[-._:]{0,3}|x)\d){6,}/i;

/** @returns how a sentence goes on that starts with the field's name; undefined for one that is fit */
export function complaintAboutReference(text: string): string | undefined {
	if (!form.test(text)) {
		return 'has to be 1 to 64 letters, digits, ".", "_", ":" or "-"';
	}
	return looksLikePhoneNumber(text) ? 'looks like a phone number' : undefined;
}

/** Dates are not phone numbers: "DSR-2026-0017" names a request. */
function looksLikePhoneNumber(text: string): boolean {
	return !random.test(text) && number.test(text.replace(date, '|'));
}

/** For sentences of the issuer's own: what is not covered. */
export function complaintAboutSentence(text: string): string | undefined {
	if (text.length > 300) return 'holds a sentence of more than 300 characters';
	if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'holds a character that cannot be seen';
	if (/@/.test(text)) return 'seems to hold an e-mail address';
	return /\d(?:[-._:()/ ]{0,2}\d){6,}/.test(text.replace(date, '|'))
		? 'seems to hold a phone number'
		: undefined;
}
