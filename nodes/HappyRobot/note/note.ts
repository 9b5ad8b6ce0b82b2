import { told, type Reading } from '../../../erasure/reading';
import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import { recordField } from '../../shared/vendor/recordField';
import { notThere, there, type RecordKind, type Shown } from '../../shared/vendor/recordKind';
import { oneCall } from '../call/call';
import { callId, callIdForm } from '../call/callId';
import { readCall } from '../call/callReply';
import { happyRobot } from '../happyRobotAccount';
import { isNotThere } from '../notThere';
import { isAmong, readNotes } from './noteReply';

const noteId = recordField({
	name: 'noteId',
	displayName: 'Note ID',
	example: '64b7f0c2a91d3e5f60718294',
	description:
		'One ID, several separated by commas, or an array from an expression: notes of the call above',
});

/** Notes are looked for in their call. */
export const note: RecordKind<'callId' | 'noteId'> = {
	account: happyRobot,
	resource: 'note',
	noun: { one: 'note', many: 'notes' },
	fields: [callId, noteId],
	identifiers: ['callId', 'noteId'],
	select: (parameters) => {
		const call = parameters.identifier(callId.name, callId.displayName, callIdForm);
		return parameters
			.identifiers(noteId.name, noteId.displayName)
			.map((id) => ({ identifiers: { callId: call, noteId: id } }));
	},
	look: {
		request: ({ identifiers: { callId } }) => oneCall(callId),
		read: readLook,
	},
};

/** Whether the note is among its call's notes. A reply without `notes` does not tell. */
function readLook(answer: Answer, record: Target<'callId' | 'noteId'>): Reading<Shown> | undefined {
	const { callId, noteId } = record.identifiers;
	if (isNotThere(answer, 'note', [callId, noteId])) return notThere;
	const call = readCall(answer, callId);
	const notes = call && readNotes(call);
	if (notes === undefined) return undefined;
	if (notes === 'absent') return told(untold);
	return isAmong(notes, noteId) ? there(call) : notThere;
}

const untold: Shown = {
	kind: 'untold',
	wouldBe: 'notFound',
	note: 'HappyRobot has the call, but its reply does not list any notes',
};
