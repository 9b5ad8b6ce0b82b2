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

/** The options of an operation that reads records by their IDs. */
export const readingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [idsAsWritten],
};
