import type { INodeProperties } from 'n8n-workflow';

import { BadInput, type ItemParameters } from '../shared/parameters/itemParameters';
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

/** Reads the parameter as exactly one call ID. Throws BadInput. */
export function readCallId(parameters: ItemParameters): string {
	return checkLength(parameters.identifier(callId.name, callId.displayName), parameters);
}

/** Reads the parameter as call IDs. Throws BadInput. */
export function readCallIds(parameters: ItemParameters): string[] {
	return parameters
		.identifiers(callId.name, callId.displayName)
		.map((id) => checkLength(id, parameters));
}

function checkLength(id: string, { itemIndex }: ItemParameters): string {
	const { length } = [...id];
	if (length === callIdLength) return id;
	throw new BadInput(
		`${callId.displayName} has ${length} characters in item ${itemIndex}. HappyRobot's call IDs have exactly ${callIdLength}. Check the expression or the data that it reads`,
		itemIndex,
	);
}
