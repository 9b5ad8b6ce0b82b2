import type { INodeProperties } from 'n8n-workflow';

export const callId: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. call_123',
	description: 'One ID, several separated by commas, or an array from an expression',
};
