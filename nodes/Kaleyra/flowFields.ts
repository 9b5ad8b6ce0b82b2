import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../shared/parameters/itemParameters';
import type { FlowSelector } from './kaleyraApi';

export const flowId: INodeProperties = {
	displayName: 'Flow ID',
	name: 'flowId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'One ID, several separated by commas, or an array from an expression',
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1120000000000207',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			hint: 'Enter the WABA ID as the search term to see its flows',
			typeOptions: {
				searchListMethod: 'searchFlows',
				searchable: true,
				// Kaleyra lists flows by WhatsApp Business Account only.
				searchFilterRequired: true,
			},
		},
	],
};

/** What one item selects by its Flow ID. Throws BadInput. */
export function selectFlows(parameters: ItemParameters): FlowSelector[] {
	return parameters
		.identifiers(flowId.name, flowId.displayName)
		.map((id) => ({ identifiers: { flowId: id } }));
}

export const noun = { one: 'flow', many: 'flows' } as const;

/** A ceiling: Kaleyra documents no limits, and the pace finds its place below. */
export const maxConcurrency = 128;
