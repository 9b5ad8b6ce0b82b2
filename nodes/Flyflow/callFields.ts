import type { INodeProperties } from 'n8n-workflow';

export const callId: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'One ID, several separated by commas, or an array from an expression',
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. call_123',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCalls' },
		},
	],
};
