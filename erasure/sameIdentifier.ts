/**
 * Whether the ID in an answer is the one that was asked for. A vendor may write it as a number, or
 * all in capitals or in small letters; where an ID has both, they may be what tells it from another.
 */
export function isSameIdentifier(answered: unknown, asked: string): boolean {
	const text = Number.isSafeInteger(answered) ? String(answered) : answered;
	if (typeof text !== 'string') return false;
	if (text === asked) return true;
	return hasOneCase(text) && hasOneCase(asked) && text.toLowerCase() === asked.toLowerCase();
}

function hasOneCase(text: string): boolean {
	return text === text.toLowerCase() || text === text.toUpperCase();
}
