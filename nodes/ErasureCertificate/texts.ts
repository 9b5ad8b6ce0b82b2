import { parseJson } from '../../erasure/reply';

/**
 * Certificates or disclosures as people and expressions give them: an array of them, of objects that
 * hold them, the JSON text of such an array, or a text in which blanks, commas or line breaks part
 * them.
 *
 * @param field the name under which an object holds one
 */
export function textsIn(value: unknown, field: 'certificate' | 'disclosure'): string[] {
	if (typeof value === 'string') {
		const text = value.trim();
		const list = text.startsWith('[') ? parseJson(text) : undefined;
		if (Array.isArray(list)) return textsIn(list, field);
		return text
			.split(field === 'disclosure' ? /[\s,;~]+/ : /[\s,;]+/)
			.filter((part) => part !== '');
	}
	if (Array.isArray(value)) return value.flatMap((entry: unknown) => textsIn(entry, field));
	if (typeof value !== 'object' || value === null) return [];
	const held = (value as Readonly<Record<string, unknown>>)[field];
	return typeof held === 'string' ? textsIn(held, field) : [];
}
