import type { INodeProperties } from 'n8n-workflow';

import type { IdentifierForm, ItemParameters } from '../shared/parameters/itemParameters';
import { callIdLength } from './happyRobotApi';

/** The call that something belongs to. */
export const callId: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: 'The ID of the call: 24 characters',
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 64b7f0c2a91d3e5f60718293',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCalls', searchable: true },
		},
	],
};

/** The calls that an operation is about. */
export const callIds: INodeProperties = {
	...callId,
	description:
		'One ID, several separated by commas, or an array from an expression. Each has 24 characters.',
};

const form: IdentifierForm = {
	formOf: (id) => {
		const { length } = [...id];
		return length === callIdLength ? undefined : `has ${length} characters`;
	},
	form: `HappyRobot's call IDs have exactly ${callIdLength}`,
};

/** Reads the parameter as exactly one call ID. Throws BadInput. */
export function readCallId(parameters: ItemParameters): string {
	return parameters.identifier(callId.name, callId.displayName, form);
}

/** Reads the parameter as call IDs. Throws BadInput. */
export function readCallIds(parameters: ItemParameters): readonly string[] {
	return parameters.identifiers(callId.name, callId.displayName, form);
}
