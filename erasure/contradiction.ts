import { understood, type Reading } from './reading';
import { notErased, type Verdict } from './outcome';
import { asRecord, parseJson, type Answer } from './reply';
import { isSameIdentifier } from './sameIdentifier';
import type { Target } from './target';

/**
 * What is made of an answer in which words and status, or two words, contradict each other: it is no
 * refusal and no success, and says nothing of the credentials.
 */
export function contradiction(vendorName: string, answer: Answer, target: Target): Reading {
	return understood(target, contradicted(vendorName, answer));
}

/** The same for each record that such an answer may speak of. */
export function contradicted(vendorName: string, answer: Answer): Verdict {
	const message = `${vendorName} answered ${answer.status}, but its words contradict that or each other. Look for the record at ${vendorName}`;
	return notErased('unknown', 'notUnderstood', message, parseJson(answer.body));
}

type Body = Readonly<Record<string, unknown>>;

/** Fields in which an answer holds what it is really about. */
export const wrappers: readonly string[] = [
	'data',
	'body',
	'payload',
	'response',
	'meta',
	'call',
	'note',
	'flow',
];

function wrappedIn(body: Body): Body[] {
	const inner = wrappers.map((name) => asRecord(body[name]));
	return inner.filter((part) => part !== undefined);
}

/**
 * Whether an answer about one record names another, in itself or in what it is wrapped in.
 *
 * @param fields by which the vendor names a record
 */
export function namesAnother(body: Body, fields: readonly string[], id: string): boolean {
	return [body, ...wrappedIn(body)].some((part) =>
		fields.some((field) => {
			const named = part[field];
			return named !== undefined && named !== null && !isSameIdentifier(named, id);
		}),
	);
}

/**
 * Whether the body of a good answer says beside its good word that something went wrong. No vendor
 * documents that, and no vendor documents all that it answers: what counts are the fields by which
 * APIs say such things.
 *
 * @param ofTheRecord fields of a good answer that say something of the record, or are read elsewhere
 */
export function deniesSuccess(body: Body, ofTheRecord: readonly string[] = []): boolean {
	const isDenied = Object.entries(body).some(
		([field, value]) => !ofTheRecord.includes(field) && fieldDeniesSuccess(field, value),
	);
	return isDenied || wrappedIn(body).some((inner) => deniesSuccess(inner, ofTheRecord));
}

/** Whether one field of an answer says that something went wrong. */
export function fieldDeniesSuccess(field: string, value: unknown): boolean {
	const name = plainName(field);
	if (ofTrouble.test(name)) return !saysNothing(value);
	if (ofSuccess.has(name)) return !saysYes(value);
	if (ofState.has(name)) return !saysNothing(value) && !isGoodState(value);
	return false;
}

/**
 * Whether the body of a "not there" says beside it that something else went wrong, or that all went
 * well.
 *
 * @param readElsewhere the fields that say that it is not there
 */
export function deniesAbsence(body: Body, readElsewhere: readonly string[]): boolean {
	const isDenied = Object.entries(body).some(([field, value]) => {
		if (readElsewhere.includes(field)) return false;
		const name = plainName(field);
		if (ofSuccess.has(name)) return saysYes(value);
		return (ofTrouble.test(name) || ofState.has(name)) && !saysNothing(value) && !isAbsence(value);
	});
	return isDenied || wrappedIn(body).some((inner) => deniesAbsence(inner, []));
}

/** In small letters only: `statusCode` and `status_code` are one. */
export function plainName(field: string): string {
	return field.toLowerCase().replace(/[^a-z]/g, '');
}

/** What says no more than that: `404`, "Not Found", "CALL_NOT_FOUND", "error". */
function isAbsence(value: unknown): boolean {
	if (typeof value === 'number') return value === 404;
	const words =
		/^((http )?404)?[ :-]*(([a-z]+[ _-])?not[ _-]?found)?\.?$|^(error|fail(ed|ure)?|true)$/i;
	return value === true || (typeof value === 'string' && words.test(value.trim()));
}

const ofTrouble =
	/error|errmsg|errcode|exception|fail|fault|warning|problem|refus|denied|^(err|msg|message|reason|details?|title|description|notice|hint)$/;

const ofSuccess: ReadonlySet<string> = new Set([
	'success',
	'successful',
	'succeeded',
	'ok',
	'done',
	'deleted',
]);

const ofState: ReadonlySet<string> = new Set([
	'status',
	'statuscode',
	'statustext',
	'httpstatus',
	'state',
	'code',
	'result',
]);

export function saysNothing(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === false || value === 0;
}

function saysYes(value: unknown): boolean {
	if (typeof value === 'string') return /^(true|yes|ok|1)$/i.test(value.trim());
	return value === true || (typeof value === 'number' && value > 0);
}

function isGoodState(value: unknown): boolean {
	if (typeof value !== 'string') return typeof value === 'number' && value >= 200 && value < 300;
	return /^(2\d\d( ok)?|0|ok|success|successful(ly)?|succeeded|deleted|done|completed?)$/i.test(
		value.trim(),
	);
}
