import { UserError } from 'n8n-workflow';

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
