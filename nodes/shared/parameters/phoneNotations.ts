/** How a phone number can be written. */
export type Notation = 'asWritten' | 'plusAndDigits' | 'digitsAlone' | 'doubleZero' | 'national';

/** A number in one notation. */
export interface WrittenNumber {
	readonly notation: Notation;
	readonly text: string;
}

/** What the user says of the notations that stand for the same line in the vendor's data. */
export interface OtherNotations {
	/** `15125551234` for `+15125551234` */
	readonly digitsAlone: boolean;
	/** `0015125551234` for `+15125551234` */
	readonly doubleZero: boolean;
	/** The code of the country whose numbers are also written without it: "1", "44", "49". */
	readonly nationalOf: string | undefined;
}

/** As receipts and messages say it. */
export const notationInWords: Readonly<Record<Notation, string>> = {
	asWritten: 'as written',
	plusAndDigits: 'as plus and digits',
	digitsAlone: 'as digits alone',
	doubleZero: 'with 00',
	national: 'in national form',
};

/** "as written and as plus and digits" */
export function describeNotations(numbers: readonly WrittenNumber[]): string {
	const words = [...new Set(numbers.map(({ notation }) => notationInWords[notation]))];
	const last = words.pop() ?? '';
	return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/**
 * The notations in which a number is searched for: as written, and with a plus as plus and digits,
 * which is the same line everywhere. All others may be somebody else's in another country
 * (`15125551234` is a German mobile number without its zero), so the user has to name them; then a
 * number that is given in one of them is searched for in the others too.
 *
 * @param number a whole phone number: see findNumberProblem
 * @returns each text once
 */
export function notationsOf(number: string, others: OtherNotations): WrittenNumber[] {
	const digits = number.replace(/\D/g, '');
	const international = readInternational(number, digits, others);
	const written: WrittenNumber[] = [{ notation: 'asWritten', text: number }];
	if (international !== undefined) {
		written.push({ notation: 'plusAndDigits', text: `+${international}` });
	}
	if (others.digitsAlone) {
		written.push({ notation: 'digitsAlone', text: international ?? digits });
	}
	if (others.doubleZero && international !== undefined) {
		written.push({ notation: 'doubleZero', text: `00${international}` });
	}
	if (others.nationalOf !== undefined && international?.startsWith(others.nationalOf) === true) {
		const subscriber = international.slice(others.nationalOf.length);
		for (const text of nationalForms(others.nationalOf, subscriber)) {
			written.push({ notation: 'national', text });
		}
	}
	return written.filter(
		({ text }, index) => written.findIndex((other) => other.text === text) === index,
	);
}

/** The digits with the country's code, where the number or the user says which that is. */
function readInternational(
	number: string,
	digits: string,
	{ doubleZero, nationalOf }: OtherNotations,
): string | undefined {
	if (number.startsWith('+')) return digits;
	if (digits.startsWith('00')) return doubleZero ? digits.slice(2) : undefined;
	if (nationalOf === undefined) return undefined;
	const prefix = nationalPrefixOf(nationalOf);
	if (!digits.startsWith(prefix)) return undefined;
	const subscriber = digits.slice(prefix.length);
	// North America's numbers have ten digits; with the country's code in front it is not this form.
	if (nationalOf === '1' && subscriber.length !== 10) return undefined;
	return `${nationalOf}${subscriber}`;
}

function nationalForms(country: string, subscriber: string): string[] {
	const prefix = nationalPrefixOf(country);
	const [, area, exchange, line] = /^(\d{3})(\d{3})(\d{4})$/.exec(subscriber) ?? [];
	// Who writes +44 020 … has left the zero in that is dialled at home, where nobody dials a second one.
	if (prefix.startsWith('0') && subscriber.startsWith(prefix)) return [subscriber];
	if (country !== '1' || area === undefined) return [`${prefix}${subscriber}`];
	// The notations of North America; the vendor's own samples hold `444-555-9876`.
	return [subscriber, `${area}-${exchange}-${line}`, `(${area}) ${exchange}-${line}`];
}

/**
 * What is dialled before a number within its country, and left out after the country's code: ITU-T
 * E.164, "national (trunk) prefix", of the ITU's list of dialling procedures.
 */
function nationalPrefixOf(country: string): string {
	if (country === '7') return '8';
	if (country === '36') return '06';
	return withoutPrefix.has(country) ? '' : '0';
}

/** Countries whose numbers are dialled within them as they are abroad, without the code. */
const withoutPrefix: ReadonlySet<string> = new Set(
	'1 30 34 39 45 47 48 52 65 351 352 354 356 371 372 377 378 420 852 853'.split(' '),
);
