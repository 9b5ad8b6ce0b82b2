/** Text that is safe to stand in HTML, in an attribute as well. */
export class Html {
	constructor(readonly text: string) {}
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/**
 * Makes HTML of a template: what is filled in is escaped, unless it is HTML already. A list is joined.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Filling[]): Html {
	const text = parts.map((part, index) => part + toText(values[index])).join('');
	return new Html(text);
}

type Filling = string | number | Html | readonly Html[] | undefined;

function toText(value: Filling): string {
	if (value === undefined) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'object') return value.map(({ text }) => text).join('');
	return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
