/**
 * What accidents look like: what people paste, and what spreadsheets, expressions and web pages make
 * of an ID. Each of these would come back as "not found", which counts as a success, so it is
 * turned down before anything is sent. They are guesses: an ID of some vendor may look like one, and
 * then the user can switch them off.
 */

/** What a text is meant to be. */
export interface Meaning {
	/** What the parameter is called: these stand at the top of a column, or before an ID. */
	readonly names: readonly string[];
	/** A number to dial, in which blanks, brackets and a plus are at home. */
	readonly isNumber: boolean;
	/** One ID for certain, whatever it contains: it was chosen from the vendor's own list. */
	readonly isChosen: boolean;
}

/** The end of the sentence for what looks like a list whose entries nothing separates. */
export const severalInOne = 'looks like several IDs or words in one';

interface Accident {
	/** The end of a sentence that starts with the parameter's name. */
	readonly problem: string;
	readonly isSeen: (text: string, meaning: Meaning) => boolean;
}

/** @returns the end of a sentence that starts with the parameter's name, if it looks like one */
export function findAccident(text: string, meaning: Meaning): string | undefined {
	const leftover = leftovers.get(text.toLowerCase());
	if (leftover !== undefined) {
		return `holds "${leftover}" (a placeholder for a missing value)`;
	}
	return accidents.find(({ isSeen }) => isSeen(text, meaning))?.problem;
}

/** What an expression, a database or a form gives for a value that is not there, as it is shown. */
const leftovers: ReadonlyMap<string, string> = new Map(
	[
		'undefined',
		'null',
		'NaN',
		'[object Object]',
		'(null)',
		'(undefined)',
		'(none)',
		'(empty)',
		'(blank)',
		'<null>',
		'\\N',
		'None',
		'nil',
		'n/a',
		'na',
		'unknown',
		'tbd',
	].map((text) => [text.toLowerCase(), text]),
);

/** Whether a text is, or holds, an expression of n8n's or of another program that was not computed. */
export function isExpression(text: string): boolean {
	return /\{\{|\}\}|\$\{|^=?\$(?:json|input|node|item|items|now|vars|env|execution|workflow|fromAI)\b|^=?\$\(/.test(
		text,
	);
}

/** Whether digits with commas are one number: `71,627,389`, `5125551234,0`, `1,12E+17`, `1.234,56`. */
export function isNumberWithCommas(text: string): boolean {
	const digits = text.replace(/^[-+\p{Sc}]\s?/u, '');
	if (digits.length > 40) return false;
	return [
		/^[1-9]\d{0,2}(?:,\d{2,3}){0,5},\d{3}(?:\.\d+)?$/,
		/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/,
		/^\d+,0+$/,
		/^\d{4,},\d{1,2}$/,
		/^\d+,\d+e[+-]?\d{1,3}$/i,
	].some((form) => form.test(digits));
}

/** Letter case, blanks and signs do not count: `Call_ID` is `callId`. */
function nameOf(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Whether a text is what a column of IDs is called: the parameter's name, alone or in the plural. */
export function isHeader(text: string, { names }: Pick<Meaning, 'names'>): boolean {
	// Only short texts can be one.
	if (text.length > 40 || names.length === 0) return false;
	const name = nameOf(text).replace(/s$/, '');
	return name === 'id' || names.some((own) => nameOf(own).replace(/s$/, '') === name);
}

/** `ID:call_1`, `callId=call_1` */
function isLabelled(text: string, meaning: Meaning): boolean {
	const [label, ...value] = text.split(/\s*[:=]\s*/);
	return label !== undefined && value.join('') !== '' && isHeader(label, meaning);
}

const spreadsheetWords: ReadonlySet<string> = new Set([
	...['true', 'false', 'wahr', 'falsch', 'yes', 'no'],
	...['total', 'totals', 'subtotal', 'grandtotal', 'sum', 'count', 'average', 'gesamt', 'summe'],
]);

const month =
	'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mai|okt|dez';

const dates = [
	new RegExp(`^\\d{1,2}-(?:${month})(?:-\\d{2,4})?$`, 'i'),
	new RegExp(`^(?:${month})-\\d{1,4}$`, 'i'),
	/^(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d(?:[T ].*)?$/,
	/^[0-3]?\d([./])[01]?\d\1(?:19|20)\d\d$/,
	/^[01]?\d\/[0-3]?\d\/(?:(?:19|20)\d\d|\d\d)$/,
	/^\d{1,2}:\d\d(?::\d\d)?$/,
];

/** Two IDs of one form or length with a sign between them: `call_15/call_16`, `71627389&71627390`. */
function isPairWithSign(text: string): boolean {
	const parts = text.split(/[/\\&+]/);
	const [first = ''] = parts;
	if (parts.length < 2 || first === '') return false;
	const isOfOneLength = parts.every(({ length }) => length === first.length);
	if (isOfOneLength && first.length > 5) return true;
	const form = formOf(first);
	const isOfOneForm = parts.every((part) => formOf(part) === form);
	return isOfOneForm && (/\p{L}/u.test(form) || (isOfOneLength && first.length > 3));
}

/** What stays the same from one ID of a vendor's to the next. */
function formOf(text: string): string {
	return text.replace(/[\da-f]*\d[\da-f]*/gi, '9');
}

/** The most particular first: the sentence says the first that is seen. */
const accidents: readonly Accident[] = [
	{
		problem: 'holds an expression in a field that is set to Fixed',
		isSeen: isExpression,
	},
	{
		problem: 'looks like the JSON text of an object',
		isSeen: (text) => text.startsWith('{'),
	},
	{
		problem: 'looks like a web address',
		isSeen: (text) =>
			/^[a-z][a-z\d+.-]*:\/\/|^www\.|^mailto:/i.test(text) ||
			/^(?:[a-z\d-]+\.)+[a-z]{2,}\/./i.test(text),
	},
	{
		problem: 'looks like what a spreadsheet shows in place of a value',
		isSeen: (text) => text.startsWith('#'),
	},
	{
		problem: 'looks like a formula of a spreadsheet',
		isSeen: (text) => text.startsWith('='),
	},
	{
		problem: 'holds a number in scientific notation, whose digits are lost',
		isSeen: (text) => /^[+-]?\d{1,17}(?:[.,]\d+)?e(?:[+-]\d{1,3}|\d{1,2})$/i.test(text),
	},
	{
		problem: 'holds a number with decimals, as a spreadsheet writes it',
		isSeen: (text) => /^[+-]?\d+[.,]0+$/.test(text),
	},
	{
		problem: 'looks like one number with thousands or decimal separators',
		isSeen: (text, { isNumber }) =>
			isNumberWithCommas(text) ||
			/^[1-9]\d{0,2}(?:['’_]\d{3})+$/.test(text) ||
			(!isNumber && /^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(text)),
	},
	{
		problem: 'looks like an amount',
		isSeen: (text, { isNumber }) =>
			/^\p{Sc}|\p{Sc}$|^\d+(?:[.,]\d+)?\s?%$/u.test(text) || (!isNumber && /^-\d+$/.test(text)),
	},
	{
		problem: 'looks like a date or a time',
		isSeen: (text) => dates.some((date) => date.test(text)),
	},
	{
		problem: 'looks like the header of a column',
		isSeen: isHeader,
	},
	{
		problem: 'looks like a word of a spreadsheet, such as "Total" or "TRUE"',
		isSeen: (text) => text.length < 20 && spreadsheetWords.has(nameOf(text)),
	},
	{
		problem: 'holds a label before the value',
		isSeen: isLabelled,
	},
	{
		problem: 'holds codes for characters, as in web pages or programs',
		isSeen: (text) =>
			/[<>]|&(?:nbsp|amp|quot|apos|lt|gt|#\d{1,6}|#x[\da-f]{1,6})\b|\\[nrt"]|%(?:2[02c]|3b|0[ad])/i.test(
				text,
			),
	},
	{
		problem: 'is in brackets',
		isSeen: (text, { isNumber }) => /^[([]/.test(text) && !(isNumber && text.startsWith('(')),
	},
	{
		problem: 'holds an unpaired quotation mark, or one in the middle',
		isSeen: (text) => /["`“”„‟‘‚‛«»‹›]|^['’]|['’]$/.test(text),
	},
	{
		problem: 'looks masked or shortened',
		isSeen: (text) => /[*•]{2}|\dx{3,}$|^x{3,}\d|…|\.\.\./i.test(text),
	},
	{
		problem: 'starts like a line of a list, or ends like a sentence',
		isSeen: (text, { isNumber }) =>
			/^(?:[•‣▪●◦∙·*–—>]|[-+]\s|\d{1,3}[.)]\s)|[.:!]$/.test(text) ||
			(!isNumber && /^\(\d{1,3}\)/.test(text)),
	},
	{
		problem: 'looks like a phone number',
		isSeen: (text, { isNumber }) => !isNumber && /^\+\d{7,15}$/.test(text),
	},
	{
		problem: severalInOne,
		isSeen: (text, { isNumber, isChosen }) =>
			!isChosen &&
			(/[|¦│;，；、،؛｜]/.test(text) ||
				/\s(?:and|or|und|et|y|e|o|oder|ou)\s/i.test(text) ||
				(!isNumber && (/[\s,]/.test(text) || isPairWithSign(text)))),
	},
	{
		problem: 'holds a character that only looks like another',
		isSeen: (text) =>
			/[\u2010-\u2015\u2212]/.test(text) ||
			text.normalize('NFKC') !== text.normalize('NFC') ||
			(/\p{Script=Latin}/u.test(text) && /\p{Script=Cyrillic}|\p{Script=Greek}/u.test(text)),
	},
	{
		problem: 'holds neither a letter nor a digit',
		isSeen: (text) => !/[\p{L}\p{N}]/u.test(text),
	},
];
