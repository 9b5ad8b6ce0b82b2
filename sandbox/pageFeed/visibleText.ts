import { createHash } from 'node:crypto';

const longest = 200;

// A lone half of a character outside the first plane is no character at all.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * Text from anywhere, fit for one line on a page: what cannot be seen, or turns the direction of what
 * follows, is spelt out (`\u202e`), and what is longer than 200 characters is cut.
 */
export function visibleText(text: string): string {
	const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
	return cut.replace(
		unseen,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** Short, and different for different texts, so that the page can tell cut ones apart. */
export function shortKey(text: string): string {
	const isShort = text.length < longest;
	return isShort ? text : createHash('sha256').update(text).digest('base64');
}
