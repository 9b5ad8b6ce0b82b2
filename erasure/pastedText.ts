import type { Meaning } from './accident';
import { Likeness } from './likeness';
import { areOneNumber } from './pastedNumber';

/**
 * Cuts a text into the entries of a list: commas, semicolons, tabs and line breaks separate them; the
 * blanks and one pair of quotes around an entry, empty entries at the end of a line, and empty lines
 * are taken off.
 *
 * @param text what was pasted
 * @param meaning whether it is of numbers to dial, whose notations differ
 * @returns the entries, at least one; or why the text cannot be taken for a list, as the end of a
 *   sentence that starts with the parameter's name, and what kind of reason that is
 */
export function cutText(
	text: string,
	{ isNumber }: Pick<Meaning, 'isNumber'>,
): readonly string[] | NoList {
	const rows = cutIntoRows(text);
	const cells = rows.flatMap(({ filled }) => filled);
	if (cells.length === 0) return [''];
	const at = (index: number) => (cells.length === 1 ? '' : ` at position ${index + 1}`);
	const quoted = cells.findIndex(({ holdsSeparator }) => holdsSeparator);
	if (quoted !== -1) {
		return { problem: `holds a separator inside quotes${at(quoted)}`, reason: 'guess' };
	}
	const numbers = findNumberWithCommas(cells);
	if (numbers !== undefined) {
		const position = cells.length === numbers.count ? '' : at(numbers.index);
		return {
			problem: `looks like one number with thousands or decimal separators${position}`,
			reason: 'commas',
		};
	}
	const columns = countColumns(rows, isNumber);
	if (columns > 1) {
		return { problem: `looks like a table of ${columns} columns`, reason: 'pastedList' };
	}
	return cells.map((cell) => cell.text);
}

/** Why a text is not taken for a list. */
interface NoList {
	readonly problem: string;
	readonly reason: 'guess' | 'pastedList' | 'commas';
}

/** One line of a pasted text, cut at its commas, semicolons and tabs. */
interface Row {
	/** What is between its cells. */
	readonly separators: string;
	/** Those that are filled in, and the empty ones before and between them. */
	readonly filled: readonly Cell[];
}

interface Cell {
	readonly text: string;
	/** The comma before it is part of one word with it and the cell before: `71,627`. */
	readonly isGlued: boolean;
	readonly holdsSeparator: boolean;
}

/**
 * How many columns a table has, or 1 for a list. A list may be wrapped, so that its lines hold several
 * entries; in a table all lines hold as many, or what is beside the first column is something else.
 */
function countColumns(rows: readonly Row[], isNumber: boolean): number {
	const most = rows.reduce((columns, { filled }) => Math.max(columns, filled.length), 1);
	if (rows.length === 1 || most === 1) return 1;
	const [first] = rows;
	if (rows.every(({ separators }) => separators === first?.separators)) {
		return (first?.separators.length ?? 0) + 1;
	}
	// A spreadsheet gives its cells with tabs, and nobody wraps a list after one.
	if (rows.some(({ separators }) => separators.includes('\t'))) return most;
	const ids = rows.flatMap(({ filled }) => filled.slice(0, 1).map(({ text }) => text));
	const beside = rows.flatMap(({ filled }) => filled.slice(1).map(({ text }) => text));
	const isList = areOfOneKind(
		ids,
		beside.filter((text) => text !== ''),
		isNumber,
	);
	return isList ? 1 : most;
}

/** Numbers to dial are written in many ways, but not some in letters and some in digits. */
function areOfOneKind(
	ids: readonly string[],
	texts: readonly string[],
	isNumber: boolean,
): boolean {
	if (isNumber) return ids.some(isInLetters) || !texts.some(isInLetters);
	const likeness = new Likeness(ids);
	return texts.every((text) => likeness.covers(text));
}

function isInLetters(text: string): boolean {
	return /\p{L}/u.test(text);
}

/** Where commas stand in one number, in a run of cells that hang together. */
function findNumberWithCommas(
	cells: readonly Cell[],
): { readonly index: number; readonly count: number } | undefined {
	let index = 0;
	while (index < cells.length) {
		let end = index + 1;
		while (cells[end]?.isGlued === true) end += 1;
		const run = cells.slice(index, end).map(({ text }) => text);
		if (run.length > 1 && areOneNumber(run)) return { index, count: run.length };
		index = end;
	}
	return undefined;
}

/** Lines with nothing in them are layout; a missing ID between two commas is a missing ID. */
function cutIntoRows(text: string): Row[] {
	const rows: Row[] = [];
	let cells: Cell[] = [];
	let separators = '';
	const scanner = new Scanner(text);
	for (let cell = scanner.next(); cell !== undefined; cell = scanner.next()) {
		cells.push(cell);
		if (!scanner.isAtEndOfLine) {
			separators += scanner.separator;
			continue;
		}
		const filled = withoutEmptyEnd(cells);
		if (filled.length > 0) rows.push({ separators, filled });
		[cells, separators] = [[], ''];
	}
	return rows;
}

function withoutEmptyEnd(cells: readonly Cell[]): readonly Cell[] {
	let { length } = cells;
	while (length > 0 && cells[length - 1]?.text === '') length -= 1;
	return cells.slice(0, length);
}

const closingQuotes: Readonly<Record<string, string>> = {
	'"': '"',
	"'": "'",
	'`': '`',
	'“': '”',
	'”': '”',
	'„': '“”',
	'‘': '’',
	'’': '’',
	'‚': '‘’',
	'«': '»',
	'»': '«',
	'‹': '›',
	'›': '‹',
};

/** What is in quotes and is longer than any ID does not have to be found. */
const longestQuoted = 1000;

const separator = /[,;\t\r\n]/g;

const blank = /[^\S\t\r\n]*/y;

/** Goes through a text from cell to cell. */
class Scanner {
	/** Whether the cell that was given last is the last of its line. */
	isAtEndOfLine = false;

	private at = 0;

	private isOver = false;

	/** What comes after the cell that was given last; empty at the end. */
	separator = '';

	constructor(private readonly text: string) {}

	next(): Cell | undefined {
		if (this.isOver) return undefined;
		const isCommaBefore = this.separator === ',';
		const start = this.skipBlanks(this.at);
		const isGlued = isCommaBefore && start === this.at;
		const quoted = this.quotedAt(start);
		const end = quoted?.end ?? this.nextSeparator(start);
		const cell = quoted?.text ?? this.text.slice(start, end).trim();
		this.pass(end);
		return {
			text: cell,
			isGlued: isGlued && quoted === undefined,
			holdsSeparator: quoted !== undefined && /[,;\t\r\n]/.test(cell),
		};
	}

	private skipBlanks(from: number): number {
		blank.lastIndex = from;
		blank.exec(this.text);
		return Math.max(from, blank.lastIndex);
	}

	private nextSeparator(from: number): number {
		separator.lastIndex = from;
		return separator.exec(this.text)?.index ?? this.text.length;
	}

	/** A text in one pair of matching quotes that fills its cell. */
	private quotedAt(start: number): { readonly text: string; readonly end: number } | undefined {
		const closing = closingQuotes[this.text[start] ?? ''];
		if (closing === undefined) return undefined;
		const last = Math.min(this.text.length, start + longestQuoted);
		for (let at = start + 1; at < last; at++) {
			if (!closing.includes(this.text[at] as string)) continue;
			const end = this.skipBlanks(at + 1);
			if (end === this.text.length || /[,;\t\r\n]/.test(this.text[end] as string)) {
				return { text: this.text.slice(start + 1, at).trim(), end };
			}
		}
		return undefined;
	}

	/** Goes over the separator after a cell: a line break may be of two characters. */
	private pass(end: number): void {
		this.separator = this.text[end] ?? '';
		this.isOver = end >= this.text.length;
		this.isAtEndOfLine = this.isOver || this.separator === '\r' || this.separator === '\n';
		this.at = end + (this.separator === '\r' && this.text[end + 1] === '\n' ? 2 : 1);
	}
}
