import type { IDataObject } from 'n8n-workflow';

import type { Reading } from '../../../erasure/reading';
import { asRecord, type Answer } from '../../../erasure/reply';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import type { Target } from '../../../erasure/target';
import { notThere, there, type RecordLook, type Shown } from '../../shared/vendor/recordKind';
import { valueAt } from '../description/fieldPath';
import type { LookedAtVendor } from '../description/httpVendor';
import { fillPath } from '../description/pathTemplate';
import { contentOf, holds, type Content } from '../description/rule';
import { absenceIn } from './absence';
import { containsDenial } from './denial';
import { deniesDeletion } from './trouble';

/** How the vendor is asked for one record, as the fields describe it. */
export function lookOf(vendor: LookedAtVendor): RecordLook<'recordId'> {
	const { look, encoding } = vendor;
	return {
		request: ({ identifiers: { recordId } }) => ({
			method: 'GET',
			path: fillPath(look.path, recordId, encoding),
		}),
		read: (answer, record) => readLook(answer, record, vendor),
	};
}

function readLook(
	answer: Answer,
	{ identifiers: { recordId } }: Target<'recordId'>,
	{ look, absence }: LookedAtVendor,
): Reading<Shown> | undefined {
	const content = contentOf(answer);
	const absent = absenceIn(content, absence, { recordId, idField: look.idField });
	if (absent !== undefined) return absent === 'absent' ? notThere : undefined;
	const record = recordIn(content, look.idField, recordId);
	if (record === undefined) return undefined;
	// It stays, and only what it held is gone.
	const isGone = look.goneRules.some(
		(rule) => holds(rule, content) && !containsDenial(rule, content.json, deniesDeletion),
	);
	return isGone ? notThere : there(record);
}

/** The record of that ID: 200 with a JSON object that has it in the right place. */
function recordIn(
	{ status, json }: Content,
	idField: LookedAtVendor['look']['idField'],
	recordId: string,
): IDataObject | undefined {
	const body = status === 200 ? asRecord(json) : undefined;
	return isSameIdentifier(valueAt(body, idField), recordId) ? (body as IDataObject) : undefined;
}
