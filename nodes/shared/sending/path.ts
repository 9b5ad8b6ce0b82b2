declare const encoded: unique symbol;

/** A path in which whatever was put in is encoded. Only the functions of this file make one. */
export type Path = string & { readonly [encoded]: true };

/**
 * Makes a path of a text and what is in its braces: path`/calls/${callId}/notes/${noteId}`. Each
 * travels encoded, so that no ID can ever reach another path. (`.` and `..`, which encoding leaves
 * as they are, are no IDs: erasure/identifier.ts.)
 */
export function path(texts: TemplateStringsArray, ...values: readonly string[]): Path {
	return String.raw({ raw: texts }, ...values.map((value) => encodeURIComponent(value))) as Path;
}

/**
 * The same for a path that somebody has described, and that was checked
 * (nodes/EraseByHttp/description/pathTemplate.ts).
 *
 * @param encodings how often the ID is encoded: twice for a vendor that decodes it twice
 */
export function pathAround(before: string, id: string, after: string, encodings: 1 | 2): Path {
	const once = encodeURIComponent(id);
	return `${before}${encodings === 1 ? once : encodeURIComponent(once)}${after}` as Path;
}

/** A described path in which no ID goes, checked as well. */
export function pathWithout(text: string): Path {
	return text as Path;
}

/** What follows the `?`: in the address and not in n8n's `qs`, which leaves some characters as they are. */
export function withQuery(
	address: string,
	query: Readonly<Record<string, string | number>> = {},
): string {
	const parameters = Object.entries(query).map(
		([name, value]) => `${name}=${encodeURIComponent(value)}`,
	);
	return parameters.length === 0 ? address : `${address}?${parameters.join('&')}`;
}
