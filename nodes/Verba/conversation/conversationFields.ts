import type { INodeProperties } from 'n8n-workflow';

import { maskPhoneNumber } from '../../../erasure/mask';
import type { Selector } from '../../../erasure/target';
import {
	BadInput,
	type IdentifierForm,
	type ItemParameters,
} from '../../shared/parameters/itemParameters';
import { findUnclearDigits } from '../../shared/parameters/phoneNumberForm';
import { severalLines } from '../../shared/vendor/recordField';

export const conversationNoun = { one: 'conversation', many: 'conversations' } as const;

const selectors = [
	{
		name: 'Call ID',
		value: 'callID',
		description: "Verba's own ID of the conversation: the only one that is always exact",
	},
	{
		name: 'Extension',
		value: 'extension',
		description: 'The last or the ongoing conversation of a phone number',
	},
	{
		name: 'Meeting ID',
		value: 'meetingID',
		description: 'The ID of a Lync meeting',
	},
	{
		name: 'Native ID',
		value: 'nativeID',
		description: 'What Verba shows as Technical Call Identifier',
	},
	{
		name: 'Platform Call ID',
		value: 'platformCallID',
		description: 'What the telephone system calls the conversation',
	},
] as const;

const statuses = [
	{ name: 'Last', value: 'last', description: 'The last finished conversation' },
	{ name: 'Ongoing', value: 'ongoing', description: 'A conversation that is still going on' },
	{
		// Verba takes several values with commas between them. Of the combinations its page lists
		// only `ongoing,next` could be read: that there is this one, and that it prefers the ongoing
		// conversation, is inferred.
		name: 'Ongoing, Otherwise Last',
		value: 'ongoing,last',
		description: 'A conversation that is still going on, or the last finished one if there is none',
	},
] as const;

export const identifyBy = { name: 'identifyBy', displayName: 'Identify By' } as const;
const identifier = { name: 'identifier', displayName: 'Identifier' } as const;
const status = { name: 'status', displayName: 'Status' } as const;

/** One parameter, with an example of what is meant. */
function identifierField(
	example: Pick<INodeProperties, 'placeholder' | 'displayOptions'>,
): INodeProperties {
	return {
		displayName: identifier.displayName,
		name: identifier.name,
		type: 'string',
		typeOptions: severalLines,
		required: true,
		default: '',
		description: 'One ID or number, several separated by commas, or an array from an expression',
		...example,
	};
}

/** The fields that say which conversations are meant. */
export const selectionFields: readonly INodeProperties[] = [
	{
		displayName: identifyBy.displayName,
		name: identifyBy.name,
		type: 'options',
		noDataExpression: true,
		default: 'callID',
		description: 'What the Identifier is',
		options: [...selectors],
	},
	identifierField({
		placeholder: 'e.g. a8343631-9f35-4a3a-83f0-9e81592339fb',
		displayOptions: { hide: { [identifyBy.name]: ['extension'] } },
	}),
	identifierField({
		placeholder: 'e.g. 8856',
		displayOptions: { show: { [identifyBy.name]: ['extension'] } },
	}),
	{
		displayName: status.displayName,
		name: status.name,
		type: 'options',
		default: 'last',
		displayOptions: { show: { [identifyBy.name]: ['extension'] } },
		description: 'Which conversation of that number is meant',
		options: [...statuses],
	},
];

export type IdentifyBy = (typeof selectors)[number]['value'];

/** What a receipt's target may hold: the Call ID, and beside it what it was found by. */
export const shownIdentifiers = [...selectors.map(({ value }) => value), status.name];

/** What one item selects. @throws BadInput */
export function readSelectors(parameters: ItemParameters): Selector[] {
	const by = readChoice(parameters, identifyBy, selectors);
	const identifiers = parameters.identifiers(identifier.name, identifier.displayName, formOf(by));
	if (by !== 'extension') return identifiers.map((id) => ({ identifiers: { [by]: id } }));
	const which = readChoice(parameters, status, statuses);
	return identifiers.map((extension) => ({
		identifiers: { extension, status: which },
		shown: { extension: maskPhoneNumber(extension) },
	}));
}

/** An extension may be a number, a part of one or the name of a SIP account; all others are IDs. */
function formOf(by: IdentifyBy): IdentifierForm {
	const { name, value } = selectors.find((selector) => selector.value === by) ?? selectors[0];
	const names = [name, value];
	return by === 'extension' ? { names, isNumber: true, formOf: findUnclearDigits } : { names };
}

function readChoice<T extends string>(
	parameters: ItemParameters,
	{ name, displayName }: { readonly name: string; readonly displayName: string },
	choices: ReadonlyArray<{ readonly value: T }>,
): T {
	const given = parameters.read(name, displayName);
	const choice = choices.find(({ value }) => value === given);
	if (choice !== undefined) return choice.value;
	const values = choices.map(({ value }) => value).join('; ');
	throw new BadInput(
		`${displayName} is not one of ${values} in item ${parameters.itemIndex}. Choose it again`,
		parameters.itemIndex,
	);
}
