import { findAccident, findAccidentInWords } from '../../../erasure/accident';
import { findDefect, readIdentifiers } from '../../../erasure/identifier';
import { asArray, blanksAfterCommas, idsAsWritten } from './idsAsWritten';
import { findNumberAmongWords, findNumberProblem, findUnclearDigits } from './phoneNumberForm';
import { isPhoneNumber } from './phoneNumbers';
import { UnusableValue } from './unusableValue';

/** A filter of a list, as the user sees it and as it is called in the workflow. */
export interface FilterField {
	readonly name: string;
	readonly displayName: string;
}

const refill = 'Fill it in or remove the filter';
const correct = 'Correct it or remove the filter';

const option = [`if IDs really look like that, add the option ${idsAsWritten.displayName}`];

/** What helps beside that, if the user knows better. */
const waysOut = {
	defect: [],
	form: [],
	guess: option,
	severalInOne: option,
	pastedList: [asArray],
	commas: [blanksAfterCommas],
} as const;

/** A filter that resolved to nothing must not turn into "all". */
export function emptyFilter(displayName: string): UnusableValue {
	return new UnusableValue(displayName, 'is empty', refill);
}

/**
 * Reads a filter that takes IDs, as the fields do that select records: under what is none, nothing
 * would be found, and what is not found looks as if it were gone.
 *
 * @param asWritten what the option IDs as Written says
 * @throws UnusableValue
 */
export function readIdsFilter(
	{ name, displayName }: FilterField,
	value: unknown,
	asWritten: boolean,
): readonly string[] {
	const check = readIdentifiers(value, { names: [name, displayName], asWritten });
	if (check.valid) return check.identifiers;
	if (check.problem === 'is empty') throw emptyFilter(displayName);
	throw new UnusableValue(
		displayName,
		check.problem,
		[correct, ...waysOut[check.reason]].join('; '),
	);
}

/** The same for exactly one ID. @throws UnusableValue */
export function readIdFilter(field: FilterField, value: unknown, asWritten: boolean): string {
	const [id = '', ...others] = readIdsFilter(field, value, asWritten);
	if (others.length === 0) return id;
	const problem = `holds ${others.length + 1} IDs, where one is expected`;
	throw new UnusableValue(field.displayName, problem, 'Give one ID or remove the filter');
}

/**
 * Looks at the number in a filter: under a mask, or several numbers in one, nothing would be found, and
 * what is not found looks as if it were gone.
 *
 * @param text a phone number, an extension or the name of an account
 * @throws UnusableValue without a digit of the number
 */
export function checkNumberFilter(displayName: string, text: string): void {
	const meaning = { names: [displayName], isNumber: true, isChosen: false };
	const findProblem = isPhoneNumber(text) ? findNumberProblem : findUnclearDigits;
	const problem = findDefect(text) ?? findProblem(text) ?? findAccident(text, meaning);
	if (problem !== undefined) throw new UnusableValue(displayName, problem, refill);
}

/**
 * The same for words to search for, among which a phone number may be.
 *
 * @throws UnusableValue
 */
export function checkWordsFilter(displayName: string, text: string): void {
	if (isPhoneNumber(text)) return checkNumberFilter(displayName, text);
	const problem = findDefect(text) ?? findAccidentInWords(text) ?? findNumberAmongWords(text);
	if (problem !== undefined) throw new UnusableValue(displayName, problem, correct);
}
