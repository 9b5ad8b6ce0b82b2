import { recordByRecord } from '../../erasure/exchange';
import type { Target } from '../../erasure/target';
import type { Deletion } from '../shared/deletion/deletion';
import { deletionFields } from '../shared/parameters/deletionFields';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import type { Operation } from '../shared/operations/operations';
import { callId } from './callFields';
import { openFlyflow, readDeletion, readSighting, vendorName } from './flyflowApi';

const deletion: Deletion<Target<'callId'>> = {
	vendor: 'flyflow',
	resource: 'call',
	operation: 'delete',
	noun: { one: 'call', many: 'calls' },
	// A ceiling: Flyflow documents no limits, and the pace finds its place below.
	defaults: { maxConcurrency: 128, canLook: true },

	select: (parameters) =>
		parameters
			.identifiers(callId.name, callId.displayName)
			.map((id) => ({ identifiers: { callId: id } })),

	connect: async (context, { timeout }) => {
		const api = await openFlyflow(context, timeout);
		return {
			address: api.address,
			exchange: recordByRecord({
				vendorName,
				send: async ({ identifiers }) => await api.deleteCall(identifiers.callId),
				read: readDeletion,
			}),
			preview: {
				kind: 'look',
				look: {
					send: async (target) => await api.getCall(target.identifiers.callId),
					read: readSighting,
				},
			},
		};
	},
};

export const deleteCall: Operation = {
	name: 'Delete',
	action: 'Delete a call',
	subtitle: 'delete calls',
	description: 'Delete calls for good, with everything that belongs to them',
	fields: [callId, ...deletionFields(deletion.defaults)],
	execute: async (context) => await executeDeletion(context, deletion),
};
