import type { INodeProperties } from 'n8n-workflow';

import { recordByRecord } from '../../erasure/exchange';
import type { Deletion } from '../shared/deletion/deletion';
import { deletionFields } from '../shared/parameters/deletionFields';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import type { Operation } from '../shared/operations/operations';
import { callIds, readCallIds } from './callFields';
import {
	openHappyRobot,
	readCallDeletion,
	readCallSighting,
	vendorName,
	type CallTarget,
} from './happyRobotApi';

const inferred: INodeProperties = {
	displayName:
		'HappyRobot names "Delete a call" in its API reference but publishes no page about it. The request is inferred, so a call counts as deleted only if a look before has found it and a look afterwards no longer does. Try it with a call that you can spare first.',
	name: 'inferredNotice',
	type: 'notice',
	default: '',
};

const deletion: Deletion<CallTarget> = {
	vendor: 'happyRobot',
	resource: 'call',
	operation: 'delete',
	noun: { one: 'call', many: 'calls' },
	defaults: { maxConcurrency: 128, canLook: true, alwaysRechecks: true },

	select: (parameters) =>
		readCallIds(parameters).map((id) => ({
			identifiers: { callId: id },
		})),

	connect: async (context, { timeout }) => {
		const api = await openHappyRobot(context, timeout);
		return {
			address: api.address,
			exchange: recordByRecord({
				vendorName,
				send: async ({ identifiers }) => await api.deleteCall(identifiers.callId),
				read: readCallDeletion,
			}),
			preview: {
				kind: 'look',
				look: {
					send: async (target) => await api.getCall(target.identifiers.callId),
					read: readCallSighting,
				},
			},
		};
	},
};

export const deleteCall: Operation = {
	name: 'Delete',
	action: 'Delete a call',
	subtitle: 'delete calls',
	description: 'Delete calls (documented by name only: the request is inferred, and checked after)',
	fields: [inferred, callIds, ...deletionFields(deletion.defaults)],
	execute: async (context) => await executeDeletion(context, deletion),
};
