import type { INodeProperties } from 'n8n-workflow';

import { idsPlace } from './bodyTemplate';
import { idPlace } from './pathTemplate';

/** The request that deletes, as the vendor's page shows it. */
export const requestFields: readonly INodeProperties[] = [
	{
		displayName:
			'The request: copy it from the page of the vendor about deleting one record, or several at once.',
		name: 'requestNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		noDataExpression: true,
		default: 'DELETE',
		options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name })),
		description: 'What stands before the address on the page',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		noDataExpression: true,
		required: true,
		default: '',
		placeholder: `e.g. /recordings/${idPlace}`,
		hint: 'What comes after the Base URL of the credential',
		description: `As the page has it, with ${idPlace} where the page has the ID, and with the query if there is one. The ID is encoded, and reaches no other path.`,
	},
	{
		displayName: 'JSON Body',
		name: 'body',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 3 },
		default: '',
		placeholder: `e.g. {"ids": "${idsPlace}"}`,
		displayOptions: { hide: { method: ['GET'] } },
		description: `What the page shows as the body, if it shows one: with "${idPlace}" in place of the ID, or "${idsPlace}" in place of an array of IDs`,
	},
	{
		displayName: 'IDs per Request',
		name: 'idsPerRequest',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 1,
		displayOptions: { hide: { method: ['GET'] } },
		description: `How many IDs the vendor takes at once. More than 1 needs "${idsPlace}" in JSON Body.`,
	},
];
