import { path } from '../../shared/sending/path';
import { deleteOperation } from '../../shared/vendor/deleteOperation';
import { note } from './note';
import { readDeletion } from './noteReply';

/** https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call */
export const deleteNote = deleteOperation(note, {
	description: 'Delete notes of a call. The call itself stays.',
	notice: {
		displayName:
			"Deletes notes and nothing else: the call's recording, transcript, extracted data and phone numbers stay at HappyRobot",
		name: 'scopeNotice',
		type: 'notice',
		default: '',
	},
	request: ({ identifiers: { callId, noteId } }) => ({
		method: 'DELETE',
		path: path`/calls/${callId}/notes/${noteId}`,
	}),
	read: readDeletion,
});
