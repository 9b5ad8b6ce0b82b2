import { UserError } from 'n8n-workflow';

import { findUnclearDigits } from './phoneNumberForm';

/**
 * A parameter's value that cannot be used. What reads a value does not know which item it is in:
 * `inItem` says it with the item.
 */
export class UnusableValue extends UserError {
	/**
	 * @param displayName the parameter's name as the user sees it
	 * @param complaint how the sentence goes on, for example "is empty"
	 * @param wayOut missing where the complaint says it
	 */
	constructor(
		private readonly displayName: string,
		private readonly complaint: string,
		private readonly wayOut?: string,
	) {
		super(sentences(`${displayName} ${complaint}`, wayOut));
		this.name = 'UnusableValue';
	}

	inItem(itemIndex: number): string {
		const { displayName, complaint, wayOut } = this;
		return sentences(`${displayName} in item ${itemIndex} ${complaint}`, wayOut);
	}
}

function sentences(complaint: string, wayOut: string | undefined): string {
	return wayOut === undefined ? complaint : `${complaint}. ${wayOut}`;
}

/** A filter that resolved to nothing must not turn into "all". */
export function emptyFilter(displayName: string): UnusableValue {
	return new UnusableValue(displayName, 'is empty', 'Fill it in or remove the filter');
}

/**
 * Looks at the number in a filter: under a mask, or several numbers in one, nothing would be found, and
 * what is not found looks as if it were gone.
 *
 * @throws UnusableValue without a digit of the number
 */
export function checkNumberFilter(displayName: string, text: string): void {
	const problem = findUnclearDigits(text);
	if (problem === undefined) return;
	throw new UnusableValue(displayName, problem, 'Fill it in or remove the filter');
}
