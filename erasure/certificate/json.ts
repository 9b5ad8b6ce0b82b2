import { fromBase64url, utf8Of } from './base64url';

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of JSON, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep the JSON of a certificate may be nested: far more than any has. */
export const deepest = 32;

/**
 * The value of base64url that holds JSON. What is nested so deep that a function which calls itself
 * for each level would break is not read.
 *
 * @returns undefined for anything else
 */
export function readJson(text: string): { readonly value: unknown } | undefined {
	const bytes = fromBase64url(text);
	const json = bytes === undefined ? undefined : utf8Of(bytes);
	return json === undefined ? undefined : parse(json);
}

/** The same for JSON as it is. */
export function parse(json: string): { readonly value: unknown } | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return isTooDeep(value) ? undefined : { value };
	} catch {
		return undefined;
	}
}

function isTooDeep(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > deepest) return true;
		level = level.flatMap((part) =>
			typeof part === 'object' && part !== null ? (Object.values(part) as unknown[]) : [],
		);
	}
	return false;
}
