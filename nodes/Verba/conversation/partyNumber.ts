/** The fields of a conversation that hold the numbers of its two parties. */
export const partyFields = ['source_caller_id', 'destination_caller_id'] as const;

/**
 * Whether two texts are the same phone number, written differently: blanks, dots, dashes and
 * brackets, `sip:` and `tel:`, and a SIP domain on one side do not count. Everything else does: a
 * number that only ends in the same digits is somebody else's.
 */
export function isSameNumber(a: string, b: string): boolean {
	const [first, second] = [a, b].map(normalise) as [string, string];
	if (first === '' || second === '') return false;
	if (first.includes('@') === second.includes('@')) return first === second;
	return withoutDomain(first) === withoutDomain(second);
}

/** The number as it is searched for: digits without what people put between them. */
export function normalise(number: string): string {
	const bare = upTo(
		';',
		number
			.trim()
			.toLowerCase()
			.replace(/^(sips?|tel):/, ''),
	);
	return /^[+\d\s().-]+$/.test(bare) ? bare.replace(/[\s().-]/g, '') : bare;
}

function withoutDomain(number: string): string {
	return normalise(upTo('@', number));
}

/** No pattern such as `;.*$`: it would be tried at each of many semicolons, each time to the end of the line. */
function upTo(mark: string, text: string): string {
	const at = text.indexOf(mark);
	return at === -1 ? text : text.slice(0, at);
}
