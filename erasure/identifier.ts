/**
 * Checks what a user or an expression gives as an ID, before anything is sent. The checks are
 * about accidents that delete the wrong thing or report a wrong "not found": an expression that
 * resolved to nothing, a whole object, a path, an invisible character from a copied cell.
 */

/** No ID that the five vendors document comes near this many characters. */
export const maximumIdentifierLength = 256;

/** What an empty or failed expression turns into when it is put into text. */
const expressionLeftovers = new Set(['undefined', 'null', 'nan', '[object object]']);

// Control, format (zero-width, byte order mark), unassigned surrogate halves, line separators.
const invisibleCharacter = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export type IdentifierCheck =
	| { readonly valid: true; readonly identifiers: readonly string[] }
	| { readonly valid: false; readonly problem: string };

/**
 * Reads one ID, a comma-separated list, an array, or the JSON text of an array.
 *
 * @returns the IDs in the order given, trimmed; or what is wrong, as the end of a sentence that
 *   starts with the parameter's name ("is empty").
 */
export function readIdentifiers(value: unknown): IdentifierCheck {
	const entries = splitEntries(value);
	if (entries === undefined) return invalid('is not a valid JSON list');
	if (entries.length === 0) return invalid('is an empty list');

	const identifiers: string[] = [];
	for (const [index, entry] of entries.entries()) {
		const text = asText(entry);
		const problem = text === undefined ? describeNonText(entry) : findProblem(text.trim());
		if (problem !== undefined) {
			return invalid(entries.length === 1 ? problem : `${problem} at position ${index + 1}`);
		}
		identifiers.push((text as string).trim());
	}
	return { valid: true, identifiers };
}

function invalid(problem: string): IdentifierCheck {
	return { valid: false, problem };
}

function splitEntries(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value];
	const text = value.trim();
	// An array that was put into text: its brackets and quotes are no part of any ID.
	if (text.startsWith('[') && text !== '[object Object]') return parseJsonList(text);
	return text.split(',');
}

function parseJsonList(text: string): unknown[] | undefined {
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? (parsed as unknown[]) : undefined;
	} catch {
		return undefined;
	}
}

function asText(entry: unknown): string | undefined {
	if (typeof entry === 'string') return entry;
	// Beyond 2^53 a JavaScript number no longer holds the digits that the vendor gave.
	if (typeof entry === 'number' && Number.isSafeInteger(entry) && entry >= 0) return String(entry);
	return undefined;
}

function describeNonText(entry: unknown): string {
	if (entry === undefined || entry === null) return 'is empty';
	if (typeof entry === 'number') return 'holds a number that is no exact ID (pass it as text)';
	if (Array.isArray(entry)) return 'holds a list inside a list';
	return `holds ${typeof entry === 'object' ? 'an object' : `a ${typeof entry}`} instead of an ID`;
}

function findProblem(text: string): string | undefined {
	if (text === '') return 'is empty';
	if (expressionLeftovers.has(text.toLowerCase())) {
		return `holds "${text}" (what an expression gives when it finds no value)`;
	}
	if (text === '.' || text === '..') return `holds "${text}" (a path, and no ID)`;
	if (invisibleCharacter.test(text)) return 'holds an invisible or control character';
	if (text.length > maximumIdentifierLength) {
		return `holds an ID of more than ${maximumIdentifierLength} characters`;
	}
	return undefined;
}
