import type { INodeProperties } from 'n8n-workflow';

/** The option for a vendor whose IDs look like accidents: see erasure/accident.ts. */
export const idsAsWritten = {
	displayName: 'IDs as Written',
	name: 'idsAsWritten',
	type: 'boolean',
	default: false,
	description:
		'Whether to take a text as one ID, whatever it looks like. Without it, a text is read as a list, and what looks like an accident, such as a web address, is turned down.',
} as const satisfies INodeProperties;

/** The way out where the option would make one ID of a list. */
export const asArray =
	'if each is really meant, write them as an array, such as ["first", "second"]';

/** The way out where commas may be those of one number. */
export const blanksAfterCommas =
	'if it is a list, put a blank after each comma; if it is one ID, add the option IDs as Written';

/** The options of an operation that reads records by their IDs. */
export const readingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [idsAsWritten],
};
