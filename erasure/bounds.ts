import { nesting } from './json';
import { parseJson } from './reply';

/**
 * How much of a vendor's reply goes on. n8n writes, copies and compares what a node gives by functions
 * that call themselves for each level, and a reply that is nested deep enough ends a run in the middle
 * of that, when everything is deleted and no receipt is out.
 */
export const deepestReply = 50;

/** Of one record's reply: names and entries, and characters of one text. */
export const mostReplyValues = 10_000;
export const longestReplyText = 20_000;

export const tooDeep = `Cut off here: nested deeper than ${deepestReply} levels`;
export const tooMuch = '…';

/**
 * The value as a receipt can hold it. What is cut off leaves a mark: a text where something was nested
 * too deep, and `…` at the end of a text, a list or an object that is too long.
 */
export function boundReply(value: unknown): unknown {
	return cut(value, { values: mostReplyValues, characters: longestReplyText });
}

/** The body as it came, unless it is JSON that is nested too deep. */
export function boundDepth(body: string): string {
	if (nesting(body) <= deepestReply) return body;
	const parsed = parseJson(body);
	const unlimited = { values: Infinity, characters: Infinity };
	return parsed === undefined ? body : JSON.stringify(cut(parsed, unlimited));
}

interface Left {
	values: number;
	readonly characters: number;
}

function cut(value: unknown, left: Left, depth = 0): unknown {
	if (typeof value === 'string') return cutText(value, left.characters);
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= deepestReply) return tooDeep;
	if (Array.isArray(value)) {
		const entries: unknown[] = [];
		for (const entry of value as unknown[]) {
			if (left.values-- <= 0) return [...entries, tooMuch];
			entries.push(cut(entry, left, depth + 1));
		}
		return entries;
	}
	const fields: Array<[string, unknown]> = [];
	for (const [name, field] of Object.entries(value)) {
		if (left.values-- <= 0) {
			fields.push([tooMuch, tooMuch]);
			break;
		}
		fields.push([cutText(name, left.characters), cut(field, left, depth + 1)]);
	}
	// Unlike an assignment, this makes a field of the name `__proto__` a field as well.
	return Object.fromEntries(fields);
}

function cutText(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most - 1)}${tooMuch}` : text;
}
