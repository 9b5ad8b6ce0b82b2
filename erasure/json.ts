export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of JSON, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What JSON text comes to, or why it is not read. */
export type Inspected =
	{ readonly value: unknown } | { readonly complaint: 'notJson' | 'tooDeep' | 'namedTwice' };

/**
 * Reads JSON text that somebody handed in. What is nested so deep that a function which calls itself
 * for each level would break is not read, and neither is what names a member twice: programs differ in
 * which of the two they take, so that what was checked need not be what was meant.
 *
 * @param deepest how many levels of lists and objects may be inside each other
 */
export function inspectJson(text: string, deepest: number): Inspected {
	if (nesting(text) > deepest) return { complaint: 'tooDeep' };
	try {
		const value: unknown = JSON.parse(text);
		return memberNamedTwice(text) === undefined ? { value } : { complaint: 'namedTwice' };
	} catch {
		return { complaint: 'notJson' };
	}
}

/** The same, where nobody asks why: undefined, which no JSON comes to, for what is not read. */
export function readJson(text: string, deepest: number): unknown {
	const inspected = inspectJson(text, deepest);
	return 'value' in inspected ? inspected.value : undefined;
}

/** Whether a text is JSON in which an object names a member twice: nobody can say which is meant. */
export function namesMemberTwice(text: string): boolean {
	if (!/^\s*[[{]/.test(text)) return false;
	try {
		return memberNamedTwice(text) !== undefined;
	} catch {
		return false;
	}
}

/** How deep the brackets of a JSON text go, without those inside its texts. */
export function nesting(text: string): number {
	let depth = 0;
	let most = 0;
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (sign === '"') at = endOfText(text, at);
		else if (sign === '[' || sign === '{') most = Math.max(most, (depth += 1));
		else if (sign === ']' || sign === '}') depth -= 1;
	}
	return most;
}

/**
 * The first member that an object in a JSON text names a second time, however it is spelt: `"a"` and
 * `"\u0061"` are the same.
 *
 * @param text valid JSON: of any other the answer means nothing
 * @throws SyntaxError for a name that JSON does not know
 */
function memberNamedTwice(text: string): string | undefined {
	const open: Array<Set<string>> = [];
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (sign === '[' || sign === '{') open.push(new Set());
		else if (sign === ']' || sign === '}') open.pop();
		else if (sign === '"') {
			const end = endOfText(text, at);
			if (isFollowedByColon(text, end)) {
				const name = JSON.parse(text.slice(at, end + 1)) as string;
				const names = open.at(-1);
				if (names?.has(name) === true) return name;
				names?.add(name);
			}
			at = end;
		}
	}
	return undefined;
}

/** Where the text ends that starts here: the place of its second quote, or of the last character. */
function endOfText(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		const sign = text.charAt(at);
		if (sign === '"') return at;
		if (sign === '\\') at += 1;
	}
	return text.length - 1;
}

/** Only the name of a member is. */
function isFollowedByColon(text: string, end: number): boolean {
	let at = end + 1;
	while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
	return text.charAt(at) === ':';
}
