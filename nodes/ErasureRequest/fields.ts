import type { INodeProperties } from 'n8n-workflow';

export const request: INodeProperties = {
	displayName: 'Request',
	name: 'request',
	type: 'json',
	required: true,
	default: "={{ $('Erasure Request Trigger').first().json }}",
	description: 'What the trigger gave, whole',
};

export const storedState: INodeProperties = {
	displayName: 'Stored State',
	name: 'storedState',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.state }}',
	description:
		'How far the request is by what was stored before this call: stored, running, accepted, deleted, notFound, notErased or cancelled. Empty if nothing was.',
};

export const storedBodyHash: INodeProperties = {
	displayName: 'Stored Body Hash',
	name: 'storedBodyHash',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.bodyHash }}',
	description:
		'The bodyHash that was stored with it. Another request under the same ID is seen by it, and answered with 409.',
};

export const callback: INodeProperties = {
	displayName: 'Callback',
	name: 'callback',
	type: 'string',
	default: '={{ $json.callback }}',
	description: 'The callback as the trigger gave it: sealed. Empty if the sender wants none.',
};

export const requestKey: INodeProperties = {
	displayName: 'Request Key',
	name: 'requestKey',
	type: 'string',
	required: true,
	default: '={{ $json.requestKey }}',
	description: 'The requestKey that the trigger gave with it',
};

export const allowedHosts: INodeProperties = {
	displayName: 'Allowed Hosts',
	name: 'allowedHosts',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. shop.example.com',
	description:
		'The hosts that may be called, parted by commas, with a port where it is not the usual one. No other is ever called, whatever a request says.',
};

/** What only a person or the workflow can say; that all is erased, only receipts can. */
export const state: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	default: 'fromReceipts',
	options: [
		{
			name: 'Cancelled',
			value: 'cancelled',
			description: 'The sender took it back before anything was begun',
		},
		{
			name: 'From Receipts',
			value: 'fromReceipts',
			description: 'Completed only if nothing was refused, failed, is unknown or was skipped',
		},
		{
			name: 'Not Erased',
			value: 'notErased',
			description: 'Something is left, and somebody has to see to it',
		},
		{ name: 'Nothing Found', value: 'notFound', description: 'Nothing was there to erase' },
		{ name: 'Running', value: 'running', description: 'It is being carried out' },
		{ name: 'Stored', value: 'stored', description: 'It is known, and nothing was begun' },
	],
	description: 'How far the request is',
};

export const receipts: INodeProperties = {
	displayName: 'Receipts',
	name: 'receipts',
	type: 'json',
	required: true,
	default: '={{ $json.receipts }}',
	displayOptions: { show: { state: ['fromReceipts'] } },
	description:
		'All receipts of the request, as a list, or the counts of its certificate, such as {"deleted": 3, "notFound": 1}',
};
