import { isSuccess } from './outcome';
import { isMissing, readObject, type ReadReason } from './receiptFields';
import type { ReadReceipt } from './receiptReader';
import { asRecord, parseJson } from './reply';

type Fields = Record<string, unknown>;

/**
 * Writes what has changed of a receipt into the form that it came in, so that the row or file that it
 * came from can be updated by it: text stays text, columns stay columns, and what stands beside the
 * receipt stays as it was.
 *
 * @param given what `before` was read from
 */
export function writeReceipt(given: unknown, before: ReadReceipt, after: ReadReceipt): unknown {
	const isText = typeof given === 'string';
	const fields: Fields = { ...asRecord(isText ? parseJson(given) : given) };
	const { outcome, evidence, at, recheckedAt, seal } = after;
	if (after.deleted !== before.deleted) writeFlag(fields, 'deleted', after.deleted);
	if (outcome !== before.outcome) fields.outcome = outcome;
	if (evidence !== before.evidence) fields.evidence = evidence;
	if (!isSameReason(after.reason, before.reason)) writeReason(fields, after.reason);
	if (after.seen !== before.seen) writeFlag(fields, 'seen', after.seen === true);
	if (seal !== before.seal) fields.seal = seal;
	if (at !== before.at) fields[isMissing(fields.at) ? 'settledAt' : 'at'] = at;
	if (recheckedAt !== before.recheckedAt) fields.recheckedAt = recheckedAt;
	if (outcome !== before.outcome) writeError(fields, after);
	return isText ? JSON.stringify(fields) : fields;
}

/** As the receipt writes yes and no: true, "true" or 1. */
function writeFlag(fields: Fields, name: string, flag: boolean): void {
	const example = isMissing(fields[name]) ? fields.deleted : fields[name];
	if (typeof example === 'string') fields[name] = String(flag);
	else fields[name] = typeof example === 'number' ? Number(flag) : flag;
}

function isSameReason(one: ReadReason | undefined, other: ReadReason | undefined): boolean {
	return one?.code === other?.code && one?.message === other?.message;
}

function writeReason(fields: Fields, reason: ReadReason | undefined): void {
	switch (formOfReason(fields)) {
		case 'columns':
			fields['reason.code'] = reason?.code ?? '';
			fields['reason.message'] = reason?.message ?? '';
			return;
		case 'message':
			fields.reason = reason?.message ?? '';
			return;
		case 'json':
			fields.reason = reason === undefined ? '' : JSON.stringify(reason);
			return;
		case 'object':
			if (reason === undefined) delete fields.reason;
			else fields.reason = { ...reason };
	}
}

/** As the reason came; where there was none, as the target did. */
function formOfReason(fields: Fields): 'columns' | 'message' | 'json' | 'object' {
	const { reason, target } = fields;
	const example = isMissing(reason) ? target : reason;
	if (typeof example === 'string') return readObject(example) === undefined ? 'message' : 'json';
	const hasColumns = Object.keys(fields).some((name) => /^(target|reason)\./.test(name));
	return hasColumns && isMissing(reason) ? 'columns' : 'object';
}

/** What a node adds to a receipt of what was not erased, under On Error = Continue. */
function writeError(fields: Fields, { outcome, reason }: ReadReceipt): void {
	if (typeof fields.error !== 'string') return;
	if (isSuccess(outcome, true)) delete fields.error;
	else fields.error = reason?.message ?? fields.error;
}
