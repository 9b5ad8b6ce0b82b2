import type { INodeProperties } from 'n8n-workflow';

import { recordByRecord } from '../../erasure/exchange';
import type { Deletion } from '../shared/deletion/deletion';
import { deletionFields } from '../shared/parameters/deletionFields';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import type { Operation } from '../shared/operations/operations';
import { callId, readCallId } from './callFields';
import {
	openHappyRobot,
	readNoteDeletion,
	readNoteSighting,
	vendorName,
	type NoteTarget,
} from './happyRobotApi';

const scope: INodeProperties = {
	displayName:
		"Deletes notes and nothing else: the call's recording, transcript, extracted data and phone numbers stay at HappyRobot",
	name: 'scopeNotice',
	type: 'notice',
	default: '',
};

const noteId: INodeProperties = {
	displayName: 'Note ID',
	name: 'noteId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 64b7f0c2a91d3e5f60718294',
	description:
		'One ID, several separated by commas, or an array from an expression: notes of the call above',
};

const deletion: Deletion<NoteTarget> = {
	vendor: 'happyRobot',
	resource: 'note',
	operation: 'delete',
	noun: { one: 'note', many: 'notes' },
	// A ceiling: HappyRobot documents no limits, and the pace finds its place below.
	defaults: { maxConcurrency: 128, canLook: true },

	select: (parameters) => {
		const call = readCallId(parameters);
		return parameters
			.identifiers(noteId.name, noteId.displayName)
			.map((note) => ({ identifiers: { callId: call, noteId: note } }));
	},

	connect: async (context, { timeout }) => {
		const api = await openHappyRobot(context, timeout);
		return {
			address: api.address,
			exchange: recordByRecord({
				vendorName,
				send: async ({ identifiers }) =>
					await api.deleteNote(identifiers.callId, identifiers.noteId),
				read: readNoteDeletion,
			}),
			preview: {
				kind: 'look',
				look: {
					send: async (target) => await api.getCall(target.identifiers.callId),
					read: readNoteSighting,
				},
			},
		};
	},
};

export const deleteNote: Operation = {
	name: 'Delete',
	action: 'Delete a note',
	subtitle: 'delete notes',
	description: 'Delete notes of a call. The call itself stays.',
	fields: [scope, callId, noteId, ...deletionFields(deletion.defaults)],
	execute: async (context) => await executeDeletion(context, deletion),
};
