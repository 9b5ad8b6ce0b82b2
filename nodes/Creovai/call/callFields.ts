import type { INodeProperties } from 'n8n-workflow';

import { severalLines } from '../../shared/vendor/recordField';

export const callId: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'string',
	typeOptions: severalLines,
	required: true,
	default: '',
	placeholder: 'e.g. 5f2b8c9e4a1d3b7f6e0c2a91',
	description:
		'One ID, several separated by commas, or an array from an expression. Up to 100 go in one request.',
};

export const sessionId: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	typeOptions: severalLines,
	required: true,
	default: '',
	placeholder: 'e.g. 0f8a6c1e-7d52-4b7e-9a31-5c2d8e4f6b10',
	description:
		'One ID, several separated by commas, or an array from an expression. Up to 100 go in one request.',
};
