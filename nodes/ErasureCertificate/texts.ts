import { UserError } from 'n8n-workflow';

import { parseJson } from '../../erasure/reply';

/** What a field holds texts of, and under which name an object has one. */
export type TextKind = 'certificate' | 'disclosure';

/** A field whose content cannot be read as texts: a sentence that names it. */
export class UnreadableTexts extends UserError {}

/** A list of items that hold lists, as JSON text, has fewer levels. */
const mostLevels = 8;

/**
 * Certificates or disclosures as people and expressions give them: a text in which blanks, commas or
 * line breaks part them; an array of such texts, of objects that hold them, or of n8n's items, which is
 * what `$('Node').all()` gives; or the JSON text of any of these. What is there and holds none is never
 * left out without a word.
 *
 * @param label the field's name, for sentences
 * @returns none for an empty field and an empty list
 * @throws UnreadableTexts
 */
export function textsIn(value: unknown, kind: TextKind, label: string): string[] {
	if (isEmpty(value)) return [];
	const given = typeof value === 'string' ? opened(value) : value;
	if (!Array.isArray(given)) {
		return textsOf(given, kind, 0) ?? unreadable(`${label} holds no ${kind}`, kind);
	}
	return given.flatMap((entry: unknown, index) => {
		const what = `${label} holds something at position ${index + 1} that is no ${kind}`;
		return textsOf(entry, kind, 0) ?? unreadable(what, kind);
	});
}

/**
 * The certificates of a field that is optional and decides what is made: one that is filled in and
 * gives nothing, such as an expression that found no row, is not taken for an empty one.
 *
 * @param raw what was entered, before expressions were computed
 * @throws UnreadableTexts
 */
export function certificatesIn(value: unknown, raw: unknown, label: string): string[] {
	const texts = textsIn(value, 'certificate', label);
	if (texts.length > 0 || (isEmpty(value) && isEmpty(raw))) return texts;
	throw new UnreadableTexts(
		`${label} is filled in and gives no certificate. Check its expression, or remove the option`,
	);
}

/**
 * For where what cannot be read is an answer, and stops nothing.
 *
 * @returns or why it cannot be read
 */
export function ifReadable<Content extends object>(
	read: () => Content,
): Content | { readonly reason: string } {
	try {
		return read();
	} catch (error) {
		return { reason: reasonOf(error) };
	}
}

function reasonOf(error: unknown): string {
	if (error instanceof UnreadableTexts) return error.message;
	throw error;
}

function unreadable(what: string, kind: TextKind): never {
	throw new UnreadableTexts(
		`${what}. Give each as text, or in items that have it in their field "${kind}"`,
	);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** The value of a text that is JSON, else the text: neither kind of text starts with a bracket. */
function opened(text: string): unknown {
	return /^\s*[[{]/.test(text) ? parseJson(text) : text;
}

/** @returns undefined where any part of it holds none */
function textsOf(value: unknown, kind: TextKind, level: number): string[] | undefined {
	if (isEmpty(value) || level > mostLevels) return undefined;
	if (typeof value === 'string') {
		const inside = opened(value);
		if (typeof inside !== 'string') return textsOf(inside, kind, level + 1);
		const parts = inside.split(kind === 'disclosure' ? /[\s,;~]+/ : /[\s,;]+/);
		const texts = parts.filter((part) => part !== '');
		return texts.length === 0 ? undefined : texts;
	}
	if (Array.isArray(value)) return textsOfAll(value, kind, level + 1);
	if (typeof value !== 'object' || value === null) return undefined;
	const fields = value as Readonly<Record<string, unknown>>;
	return textsOf(fields[kind] ?? fields.json, kind, level + 1);
}

function textsOfAll(
	values: readonly unknown[],
	kind: TextKind,
	level: number,
): string[] | undefined {
	const all: string[] = [];
	for (const value of values) {
		const texts = textsOf(value, kind, level);
		if (texts === undefined) return undefined;
		for (const text of texts) all.push(text);
	}
	return all.length === 0 ? undefined : all;
}
