import type { INodeProperties } from 'n8n-workflow';

import type { IdentifierForm } from '../parameters/itemParameters';
import type { RecordKind } from './recordKind';

/** What is pasted into a field of one line loses its line breaks, which separate IDs. */
export const severalLines = { rows: 2 } as const;

/** A field that takes one ID, several, or an array, and can be filled in from a list. */
export interface RecordField<Name extends string> {
	/** The field's name, and the identifier's in receipts: `callId`. */
	readonly name: Name;
	/** "Call ID" */
	readonly displayName: string;
	readonly example: string;
	readonly description?: string;
	/** What fills the list From List; without it, the ID has to be given. */
	readonly list?: RecordList;
}

export interface RecordList {
	/** The node's method that lists the records. */
	readonly method: string;
	/** Whether it takes words to search for, and whether it needs them. */
	readonly search?: 'possible' | 'required';
	readonly hint?: string;
}

/** Makes the field for n8n. */
export function recordField<Name extends string>(
	field: RecordField<Name>,
): INodeProperties & { name: Name } {
	const { name, displayName, example, list } = field;
	const common = {
		displayName,
		name,
		required: true,
		description:
			field.description ?? 'One ID, several separated by commas, or an array from an expression',
	} as const;
	const text = { type: 'string', placeholder: `e.g. ${example}` } as const;
	if (list === undefined) return { ...common, ...text, typeOptions: severalLines, default: '' };
	return {
		...common,
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [
			{ displayName: 'By ID', name: 'id', ...text },
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				...(list.hint === undefined ? {} : { hint: list.hint }),
				typeOptions: {
					searchListMethod: list.method,
					...(list.search === undefined ? {} : { searchable: true }),
					...(list.search === 'required' ? { searchFilterRequired: true } : {}),
				},
			},
		],
	};
}

/**
 * Records that are named by the ID in one field, and by nothing else.
 *
 * @param form the form of the IDs, where the vendor states one
 */
export function namedBy<Name extends string>(
	field: INodeProperties & { readonly name: Name },
	form: IdentifierForm = {},
): Pick<RecordKind<Name>, 'fields' | 'identifiers' | 'select'> {
	return {
		fields: [field],
		identifiers: [field.name],
		select: (parameters) =>
			parameters
				.identifiers(field.name, field.displayName, form)
				.map((id) => ({ identifiers: { [field.name]: id } as Record<Name, string> })),
	};
}
