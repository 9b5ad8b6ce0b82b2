import type { INodeProperties } from 'n8n-workflow';

import type { Deletion } from '../shared/deletion';
import { deletionFields } from '../shared/deletionFields';
import { executeDeletion } from '../shared/executeDeletion';
import type { Operation } from '../shared/operations';
import { idsPerRequest, openCreovai, readPurge, vendorName } from './creovaiApi';

const callId: INodeProperties = {
	displayName: 'Call ID',
	name: 'callId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 5f2b8c9e4a1d3b7f6e0c2a91',
	description:
		'One ID, several separated by commas, or an array from an expression. Up to 100 go in one request.',
};

const deletion: Deletion = {
	vendor: 'creovai',
	resource: 'call',
	operation: 'purgeByCallId',
	noun: { one: 'call', many: 'calls' },
	// Creovai documents no limits; with 100 IDs in a request, few requests carry much.
	defaults: { maxConcurrency: 4, canLook: false },

	select: (parameters) =>
		parameters
			.identifiers(callId.name, callId.displayName)
			.map((id) => ({ identifiers: { callId: id } })),

	connect: async (context, { timeout }) => {
		const api = await openCreovai(context, timeout);
		return {
			address: api.address,
			exchange: {
				vendorName,
				targetsPerRequest: idsPerRequest,
				harmless: false,
				repeatable: true,
				send: async (targets) =>
					await api.purgeByCallId(targets.map(({ identifiers }) => identifiers.callId ?? '')),
				read: (answer, targets) => readPurge(answer, targets, 'callId'),
			},
			// `whatIf` is documented for purging by customer alone.
			preview: {
				kind: 'blind',
				preview: {
					found: null,
					wouldBe: 'accepted',
					note: 'Creovai offers no way to look up a call by its ID without purging it',
				},
			},
		};
	},
};

export const purgeByCallId: Operation = {
	name: 'Purge by Call ID',
	action: 'Purge calls by call ID',
	description: 'Purge calls for good. Creovai takes the request on and purges them a little later.',
	fields: [callId, ...deletionFields(deletion.defaults)],
	execute: async (context) => await executeDeletion(context, deletion),
};
