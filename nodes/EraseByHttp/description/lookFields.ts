import type { INodeProperties } from 'n8n-workflow';

import { idPlace } from './pathTemplate';
import { rulesField, ruleValues } from './ruleFields';

type Shown = INodeProperties['displayOptions'];

/** How the vendor is asked for one record, as its page shows it. */
export function fieldsOfLook(displayOptions?: Shown): INodeProperties[] {
	const where = displayOptions === undefined ? {} : { displayOptions };
	return [
		{
			displayName: 'Path of the Look',
			name: 'lookPath',
			type: 'string',
			noDataExpression: true,
			required: true,
			default: '',
			placeholder: `e.g. /recordings/${idPlace}`,
			description: `The address of a GET for one record, from the page about getting one, with ${idPlace} where the ID goes`,
			...where,
		},
		{
			displayName: 'Field with the ID',
			name: 'lookIdField',
			type: 'string',
			noDataExpression: true,
			required: true,
			default: '',
			placeholder: 'e.g. sid',
			description:
				'The JSON field of the answer that holds the ID. The record is there if the answer is 200 and that field is the ID that was asked for.',
			...where,
		},
		rulesField(
			{
				displayName: 'What a Deleted Record Looks Like',
				name: 'goneRules',
				description:
					'Only for vendors that keep the record and remove what it held: the field that shows it. Leave it empty where a deleted record is not found.',
				...where,
			},
			ruleValues({ status: '200', field: 'status', value: 'deleted' }),
		),
	];
}

export const lookFields: readonly INodeProperties[] = [
	{
		displayName:
			'The look: with it a preview says whether each record is there, and a recheck whether it is gone. Without it a preview only says that nobody looked.',
		name: 'lookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Look at Single Records',
		name: 'hasLook',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether the vendor has a page about getting one record by its ID',
	},
	...fieldsOfLook({ show: { hasLook: [true] } }),
];
