/**
 * What accidents look like: what people paste, and what spreadsheets, expressions and web pages make
 * of an ID. Each of these would come back as "not found", which counts as a success, so it is
 * turned down before anything is sent. They are guesses: an ID of some vendor may look like one, and
 * then the user can switch them off.
 */

import { isAddress, isEmail, isFileName, isPath } from './address';
import { isAssignment, isHeader, isLabelled } from './columnName';
import { isPairWithSign, isPartOfUuid } from './listInOne';
import { isDate } from './pastedDate';
import {
	isAmount,
	isNegative,
	isNumberWithDots,
	isNumberWithSeparators,
	isScientific,
} from './pastedNumber';
import { findLeftover, findLeftoverInWords, isAllZeros, isStandIn, nameOf } from './placeholder';

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
	/** Words that a user searches for would never hold it either. */
	readonly isNoWord?: true;
}

/** @returns the end of a sentence that starts with the parameter's name, if it looks like one */
export function findAccident(text: string, meaning: Meaning): string | undefined {
	const seen = () => accidents.find(({ isSeen }) => isSeen(text, meaning))?.problem;
	return describeLeftover(findLeftover(text)) ?? seen();
}

/**
 * The same for words to search for, such as a customer's name: only what a search would never be for.
 *
 * @returns the end of a sentence that starts with the parameter's name, if it looks like one
 */
export function findAccidentInWords(text: string): string | undefined {
	const words: Meaning = { names: [], isNumber: true, isChosen: true };
	const isSearchedFor = ({ isNoWord, isSeen }: Accident) =>
		isNoWord === true && isSeen(text, words);
	return describeLeftover(findLeftoverInWords(text)) ?? accidents.find(isSearchedFor)?.problem;
}

function describeLeftover(leftover: string | undefined): string | undefined {
	return leftover && `holds "${leftover}" (a placeholder for a missing value)`;
}

/** Whether a text is, or holds, an expression of n8n's or of another program that was not computed. */
export function isExpression(text: string): boolean {
	return /\{\{|\}\}|\$\{|^=?\$(?:json|input|node|item|items|now|vars|env|execution|workflow|fromAI)\b|^=?\$\(/.test(
		text,
	);
}

const spreadsheetWords: ReadonlySet<string> = new Set([
	...[
		'true',
		'false',
		'wahr',
		'falsch',
		'yes',
		'no',
		'ja',
		'nein',
		'oui',
		'non',
		'si',
		'on',
		'off',
	],
	...['total', 'totals', 'subtotal', 'grandtotal', 'sum', 'count', 'average', 'gesamt', 'summe'],
	...['min', 'max', 'mean', 'gesamtergebnis', 'mittelwert', 'anzahl', 'page', 'seite'],
]);

/** `Anna`, `Müller-Lüdenscheidt`, `O'Brien`, `all`: no vendor's IDs are written like this. */
const word =
	/^(?:(?:Mc|Mac|De|Di|La|Le|Van|Von)?\p{Lu}\p{Ll}{2,}|\p{Lu}['’]\p{Lu}\p{Ll}+)(?:[-'’]\p{Lu}?\p{Ll}+)*$|^(?:all|any|every|everything|latest|newest|oldest)$/u;

/** The address of a telephone, where a number is meant. */
function isDialled(text: string, { isNumber }: Meaning): boolean {
	return isNumber && /^(?:sips?|tel):/i.test(text);
}

/** Struck out or in italics in Markdown, an ID as databases and programs write it, or a line that goes on. */
function isMarkup(text: string): boolean {
	return /^~~.*~~$|^_\p{L}+[_-]?\d+_$|^(?:ObjectId|NumberLong|NumberInt|Long|UUID|Symbol)\(|^\d{10,}n$|\\$/iu.test(
		text,
	);
}

/** Brackets that are opened and not closed, or the other way round. */
function isHalfInBrackets(text: string): boolean {
	const count = (bracket: string) => text.split(bracket).length;
	return ['()', '[]', '{}'].some(([open = '', close = '']) => count(open) !== count(close));
}

/** The most particular first: the sentence says the first that is seen. */
const accidents: readonly Accident[] = [
	{
		problem: 'holds an expression in a field that is set to Fixed',
		isSeen: isExpression,
		isNoWord: true,
	},
	{
		problem: 'looks like the JSON text of an object',
		isSeen: (text) => /^\{\s*(?:["'“”]|\}|[^{}]*:)/.test(text),
		isNoWord: true,
	},
	{
		problem: 'looks like a web address',
		isSeen: (text, meaning) => isAddress(text) && !isDialled(text, meaning),
	},
	{
		problem: 'looks like an e-mail address',
		isSeen: (text, { isNumber }) => !isNumber && isEmail(text),
	},
	{
		problem: 'looks like what a spreadsheet shows in place of a value',
		isSeen: (text) => text.startsWith('#'),
		isNoWord: true,
	},
	{
		problem: 'looks like a formula of a spreadsheet',
		isSeen: (text) => text.startsWith('='),
		isNoWord: true,
	},
	{
		problem: 'holds a number in scientific notation, whose digits are lost',
		isSeen: isScientific,
		isNoWord: true,
	},
	{
		problem: 'holds nothing but zeros',
		isSeen: isAllZeros,
		isNoWord: true,
	},
	{
		problem: 'holds a number with decimals, as a spreadsheet writes it',
		isSeen: (text) => /^[+-]?\d+[.,]0+$/.test(text),
	},
	{
		problem: 'looks like one number with thousands or decimal separators',
		isSeen: (text, { isNumber }) =>
			isNumberWithSeparators(text) || (!isNumber && isNumberWithDots(text)),
	},
	{
		problem: 'looks like an amount',
		isSeen: (text, { isNumber }) => isAmount(text) || (!isNumber && isNegative(text)),
	},
	{
		problem: 'looks like a date or a time',
		isSeen: isDate,
	},
	{
		problem: 'looks like the header of a column',
		isSeen: isHeader,
	},
	{
		problem: 'looks like a word of a spreadsheet, such as "Total" or "TRUE"',
		isSeen: (text) => text.length < 20 && !/\d/.test(text) && spreadsheetWords.has(nameOf(text)),
	},
	{
		problem: 'looks like a placeholder for an ID',
		isSeen: (text, { isNumber }) => !isNumber && isStandIn(text),
	},
	{
		problem: 'holds a label before the value',
		isSeen: (text, meaning) =>
			!isDialled(text, meaning) && (isLabelled(text, meaning) || isAssignment(text)),
	},
	{
		problem: 'holds codes for characters, as in web pages or programs',
		isSeen: (text) =>
			/[<>]|&(?:[a-z]{2,8}(?:;|$)|#\d|#x[\da-f])|&(?:nbsp|amp|quot|apos|lt|gt|[nm]dash|shy|hellip|[lr][sd]quo)\b|\\(?:[nrt"']|u[\da-f]{4}|x[\da-f]{2})|%[\da-f]{2}/i.test(
				text,
			) || isMarkup(text),
		isNoWord: true,
	},
	{
		problem: 'looks like a path, not an ID',
		isSeen: (text, { isNumber }) => !isNumber && isPath(text),
	},
	{
		problem: 'is in brackets, or has half a pair of them',
		isSeen: (text, { isNumber }) =>
			(/^[([{]/.test(text) && !(isNumber && text.startsWith('('))) || isHalfInBrackets(text),
	},
	{
		problem: 'holds an unpaired quotation mark, or one in the middle',
		isSeen: (text) => /["`´“”„‟‘‚‛«»‹›]|^['’]|['’]$/.test(text),
	},
	{
		problem: 'looks masked or shortened',
		isSeen: (text, { isNumber }) =>
			/[*•●█▪]{2}|\d(?:x{4,}|X{4,})(?:$|\d)|^(?:x{4,}|X{4,})\d|…|\.\./.test(text) ||
			(!isNumber && (/^\p{L}{1,12}[-_]+$|-{3,}$/u.test(text) || isPartOfUuid(text))),
		isNoWord: true,
	},
	{
		problem: 'holds neither a letter nor a digit',
		isSeen: (text) => !/[\p{L}\p{N}]/u.test(text),
		isNoWord: true,
	},
	{
		problem: 'starts like a line of a list, or ends like a sentence',
		isSeen: (text, { isNumber }) =>
			/^(?:[•‣▪●◦∙·*–—>\p{So}]|[-+]\s|\d{1,3}[.):]\s)|[.:!?]$/u.test(text) ||
			(!isNumber && /^\(\d{1,3}\)|^\d{1,3}[.)]\p{L}/u.test(text)),
	},
	{
		problem: 'looks like a phone number',
		isSeen: (text, { isNumber }) =>
			!isNumber &&
			(/^\+\d[\d\-.()/]{5,}$/.test(text) ||
				/^(?:1[-.]?)?\(?\d{3}\)?[-.]\d{3}[-.]\d{4}$/.test(text)),
	},
	{
		problem: 'looks like a file, not an ID',
		isSeen: (text) => isFileName(text),
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
		problem: 'looks like a word or a name, not an ID',
		isSeen: (text, { isNumber }) => !isNumber && word.test(text),
	},
	{
		problem: 'holds digits of another script',
		isSeen: (text) => !isAscii(text) && /(?![0-9])\p{N}/u.test(text),
	},
	{
		problem: 'holds a character that only looks like another',
		isSeen: (text) => !isAscii(text) && isLookalike(text),
	},
];

function isAscii(text: string): boolean {
	return /^[\x20-\x7e]*$/.test(text);
}

/** Also a character that a font or a code page has put in the place of another, and marks on a letter. */
function isLookalike(text: string): boolean {
	return (
		/[\u2010-\u2015\u2212\u0131\ufffc\ufffd\p{Co}]|[\p{Script=Latin}\p{N}]\p{M}/u.test(
			text.normalize('NFC'),
		) ||
		text.normalize('NFKC') !== text.normalize('NFC') ||
		(/\p{Script=Latin}/u.test(text) &&
			/\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}/u.test(text))
	);
}
