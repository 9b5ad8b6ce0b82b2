/** An element with its own text, decoded; text of elements inside it is theirs. */
export interface XmlElement {
	readonly name: string;
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: XmlElement[];
	text: string;
}

export interface XmlDocument {
	readonly root: XmlElement;
	/** False where tags did not match and the reader had to guess which was meant. */
	readonly wellFormed: boolean;
}

/** Deeper than any reply; keeps the search for a tag's partner short, whatever is sent. */
const maximumDepth = 64;

const openingTag = /<([A-Za-z_][\w.:-]*)/y;
const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;
const closingTag = /<\/([A-Za-z_][\w.:-]*)\s*>/y;

/**
 * Reads XML as Verba's documentation shows it, tags that are missing or misspelt included. There is
 * no guessing about the whole: text that was cut off, that holds a DOCTYPE (so any HTML page, and
 * any entity of its own) or that has anything but blanks and comments around its one root is
 * turned down.
 *
 * @returns undefined for what is turned down. Never throws; takes time in proportion to the text
 */
export function parseXml(text: string): XmlDocument | undefined {
	return new XmlReader(text.replace(/^\uFEFF/, '')).read();
}

/** All elements of that name inside an element, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
	return element.children.flatMap((child) => [
		...(child.name === name ? [child] : []),
		...descendants(child, name),
	]);
}

class XmlReader {
	private position = 0;

	private readonly open: XmlElement[] = [];

	private root: XmlElement | undefined;

	private wellFormed = true;

	constructor(private readonly text: string) {}

	read(): XmlDocument | undefined {
		while (this.position < this.text.length) {
			if (!this.readNext()) return undefined;
		}
		if (this.root === undefined || this.open.length > 0) return undefined;
		return { root: this.root, wellFormed: this.wellFormed };
	}

	/** @returns false if what comes next is turned down */
	private readNext(): boolean {
		const { text, position } = this;
		if (text[position] !== '<') return this.readText();
		if (text.startsWith('<!--', position)) return this.skipTo('-->', 4);
		if (text.startsWith('<?', position)) return this.skipTo('?>', 2);
		if (text.startsWith('<![CDATA[', position)) return this.readLiteral();
		if (text.startsWith('</', position)) return this.readClosingTag();
		return this.readOpeningTag();
	}

	private readText(): boolean {
		const next = this.text.indexOf('<', this.position);
		const end = next === -1 ? this.text.length : next;
		const raw = this.text.slice(this.position, end);
		this.position = end;
		const element = this.open.at(-1);
		if (element === undefined) return raw.trim() === '';
		element.text += this.decode(raw);
		return true;
	}

	private readLiteral(): boolean {
		const start = this.position + '<![CDATA['.length;
		const element = this.open.at(-1);
		if (element === undefined || !this.skipTo(']]>', '<![CDATA['.length)) return false;
		element.text += this.text.slice(start, this.position - ']]>'.length);
		return true;
	}

	private skipTo(end: string, from: number): boolean {
		const found = this.text.indexOf(end, this.position + from);
		if (found === -1) return false;
		this.position = found + end.length;
		return true;
	}

	private readOpeningTag(): boolean {
		const name = this.match(openingTag)?.[1];
		const isSecondRoot = this.open.length === 0 && this.root !== undefined;
		if (name === undefined || isSecondRoot || this.open.length >= maximumDepth) return false;

		const attributes = new Map<string, string>();
		for (let found = this.match(attribute); found; found = this.match(attribute)) {
			const [, attributeName = '', inDouble, inSingle] = found;
			if (attributes.has(attributeName)) return false;
			attributes.set(attributeName, this.decode(inDouble ?? inSingle ?? ''));
		}
		const end = this.match(tagEnd);
		if (end === undefined) return false;

		const element: XmlElement = { name, attributes, children: [], text: '' };
		this.open.at(-1)?.children.push(element);
		this.root ??= element;
		if (end[1] === '') this.open.push(element);
		return true;
	}

	private readClosingTag(): boolean {
		const name = this.match(closingTag)?.[1];
		const element = this.open.at(-1);
		if (name === undefined || element === undefined) return false;
		if (element.name === name) {
			this.open.pop();
			return true;
		}
		this.wellFormed = false;
		const partner = this.open.findLastIndex((candidate) => candidate.name === name);
		// The tags in between were never closed.
		if (partner !== -1) this.open.length = partner;
		// No such tag is open: the one that holds nothing but text was meant, and misspelt.
		else if (element.children.length === 0 && this.open.length > 1) this.open.pop();
		return true;
	}

	private match(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.position;
		const found = pattern.exec(this.text);
		if (found === null) return undefined;
		this.position = pattern.lastIndex;
		return found;
	}

	/** The five entities that XML has by itself, and characters by number; others stay as they are. */
	private decode(raw: string): string {
		return raw.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));|&/gi, (whole, ...groups) => {
			const [hexadecimal, decimal, name] = groups as Array<string | undefined>;
			const known = name === undefined ? undefined : entities.get(name);
			if (known !== undefined) return known;
			const code = hexadecimal === undefined ? Number(decimal) : parseInt(hexadecimal, 16);
			if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
			this.wellFormed = false;
			return whole;
		});
	}
}

const entities: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['apos', "'"],
	['gt', '>'],
	['lt', '<'],
	['quot', '"'],
]);
