import type { IDataObject } from 'n8n-workflow';

import { notErased } from '../../../erasure/outcome';
import { asRecord, type Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import type { Told } from '../../shared/vendor/deleteOperation';
import { isSameId, readBody, saysOtherwise } from '../call/callReply';
import { isNotThere } from '../notThere';

type Note = Target<'callId' | 'noteId'>;

/**
 * 200 with the whole call and the notes that remain. If the reply lists the notes, it is itself the
 * look afterwards. `notes` is optional: a documented reply without it is the vendor's word that the
 * request was carried out, and shows nothing.
 */
export function readDeletion(answer: Answer, { identifiers: { callId, noteId } }: Note): Told {
	if (isNotThere(answer, 'note', [callId, noteId])) return 'notFound';
	const call = readBody(answer, callId);
	const notes = call && hasRequiredFields(call) ? readNotes(call) : undefined;
	if (call === undefined || notes === undefined) return undefined;
	if (answer.status !== 200 || saysOtherwise(call)) return 'contradictory';
	if (notes === 'absent') return 'deleted';
	return isAmong(notes, noteId)
		? notErased(
				'unknown',
				'stillThere',
				'HappyRobot took the request, but its reply still lists the note. To look once more, add the Recheck option',
				call,
			)
		: { outcome: 'deleted', evidence: 'rechecked', vendorResponse: call };
}

const requiredFields = [
	'id',
	'organization_id',
	'type',
	'status',
	'provider',
	'metadata',
	'use_case',
	'agent',
	'language',
	'created',
	'viewed_by',
] as const;

function hasRequiredFields(call: IDataObject): boolean {
	return requiredFields.every((field) => field in call);
}

/** The IDs of the call's notes; undefined where `notes` is not as documented. */
export function readNotes(call: IDataObject): readonly string[] | 'absent' | undefined {
	const { notes } = call;
	if (notes === undefined || notes === null) return 'absent';
	if (!Array.isArray(notes)) return undefined;
	const ids = notes.map((note) => asRecord(note)?.id);
	return ids.every((id) => typeof id === 'string') ? ids : undefined;
}

export function isAmong(notes: readonly string[], noteId: string): boolean {
	return notes.some((id) => isSameId(id, noteId));
}
