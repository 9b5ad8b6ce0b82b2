import type { INodeProperties } from 'n8n-workflow';

/** An option of every deletion: by this a receipt can be told from others, whatever its target shows. */
export const itemReference: INodeProperties = {
	displayName: 'Item Reference',
	name: 'itemReference',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.ticket }}',
	description:
		'A value of the input item that its receipts carry along in itemReference, such as the number of a ticket. It goes to no vendor and is in no plan.',
};
