import type { IDataObject } from 'n8n-workflow';

import type { Reading } from '../../../erasure/reading';
import { asRecord, type Answer } from '../../../erasure/reply';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import type { Target } from '../../../erasure/target';
import { notThere, there, type RecordLook, type Shown } from '../../shared/vendor/recordKind';
import { valueAt } from '../description/fieldPath';
import type { LookedAtVendor } from '../description/httpVendor';
import { fillPath } from '../description/pathTemplate';
import { contentOf, holds, type Content, type Rule } from '../description/rule';
import { is404Alone, saysMoreThanAbsence } from './deletionAnswer';

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
	const record = recordIn(content, look.idField, recordId);
	const absences = absence.rules.filter((rule) => holds(rule, content));
	if (absences.length > 0 || is404Alone(content, absence)) {
		return record !== undefined || saysMore(content, absences) ? undefined : notThere;
	}
	if (record === undefined) return undefined;
	// It stays, and only what it held is gone.
	return look.goneRules.some((rule) => holds(rule, content)) ? notThere : there(record);
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

function saysMore({ json }: Content, absences: readonly Rule[]): boolean {
	const body = asRecord(json);
	return body !== undefined && saysMoreThanAbsence(body, absences);
}
