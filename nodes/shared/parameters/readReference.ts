import { itemReference } from './itemReference';
import { BadInput, type ItemFields, type ItemParameters } from './itemParameters';

/** In characters: long enough for a ticket's number, a link or a hash, and no place for a whole text. */
const longestReference = 256;

const path = `options.${itemReference.name}`;

/** Whether the user chose to carry anything along. */
export function carriesReference(fields: ItemFields): boolean {
	return fields.isSet(path);
}

/**
 * What the receipts of an item carry along. An item without the field has none: nothing is left
 * undeleted for want of a ticket.
 *
 * @throws BadInput for what is neither text nor a number, or is too long
 */
export function readReference(parameters: ItemParameters): string | undefined {
	const { displayName } = itemReference;
	const { itemIndex } = parameters;
	const value = parameters.read(path, displayName);
	if (value === undefined || value === null) return undefined;
	if (!isPlain(value)) {
		throw new BadInput(
			`${displayName} holds ${Array.isArray(value) ? 'a list' : 'an object'} in item ${itemIndex}. Choose a field with text or a number`,
			itemIndex,
		);
	}
	const text = String(value).trim();
	if (text.length > longestReference) {
		throw new BadInput(
			`${displayName} has ${text.length} characters in item ${itemIndex}, and at most ${longestReference} are carried along. Choose a shorter field`,
			itemIndex,
		);
	}
	return text === '' ? undefined : text;
}

function isPlain(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}
