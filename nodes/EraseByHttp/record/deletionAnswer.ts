import { deniesAbsence, deniesSuccess } from '../../../erasure/contradiction';
import { notErased, type Verdict } from '../../../erasure/outcome';
import { asRecord, showReply, parseJson, type Answer } from '../../../erasure/reply';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import type { Told } from '../../shared/vendor/deleteOperation';
import { valueAt, type FieldPath } from '../description/fieldPath';
import type { Absence, HttpVendor } from '../description/httpVendor';
import { contentOf, holds, type Content, type Meaning, type Rule } from '../description/rule';

/** What the answer to the deletion of one record says of it, by the rules. */
export function readDeletion(answer: Answer, recordId: string, vendor: HttpVendor): Told {
	const said = meaningOf(contentOf(answer), recordId, vendor);
	if (said === undefined || said === 'contradictory') return said;
	return verdictOf(said, vendor, parseJson(answer.body) ?? showReply(answer));
}

/**
 * What a content means by the rules: of an answer, or of one entry of it.
 *
 * @returns undefined where no rule holds
 */
export function meaningOf(
	content: Content,
	recordId: string,
	vendor: HttpVendor,
): Meaning | 'contradictory' | undefined {
	const { rules } = vendor.answers;
	const met = rules.filter((rule) => holds(rule, content));
	const meanings = new Set<Meaning>(met.map(({ meaning }) => meaning));
	const absences = vendor.absence.rules.filter((rule) => holds(rule, content));
	if (absences.length > 0 || is404Alone(content, vendor.absence)) meanings.add('notFound');
	const [meaning, ...others] = meanings;
	if (meaning === undefined || others.length > 0) return meaning && 'contradictory';
	const isDenied = isContradicted(meaning, [...met, ...absences], content, recordId, vendor);
	return isDenied ? 'contradictory' : meaning;
}

/** Whether a 404 counts as "not there" by itself: not a page, which a wrong address may answer too. */
export function is404Alone({ status, isEmpty, json }: Content, { by404 }: Absence): boolean {
	return by404 && status === 404 && (isEmpty || json !== undefined);
}

/** Whether the words beside what a rule goes by say something else. */
function isContradicted(
	meaning: Meaning,
	met: readonly Rule[],
	{ json }: Content,
	recordId: string,
	{ answers, look }: HttpVendor,
): boolean {
	const body = asRecord(json);
	if (body === undefined) return false;
	if (meaning !== 'refused' && namesAnother(body, look?.idField, recordId)) return true;
	const read = [...met.flatMap(fieldsOf), ...answers.fieldsOfRecord];
	switch (meaning) {
		case 'deleted':
		case 'accepted':
			return deniesSuccess(body, read) || met.some((rule) => holdsDenial(rule, body));
		case 'notFound':
			return saysMoreThanAbsence(body, met, answers.fieldsOfRecord);
		case 'refused':
			return false;
	}
}

/** Where an error says in words, which no rule knows, what its code or its kind says. */
const wordsForPeople = ['message', 'msg', 'title', 'detail', 'details', 'description'];

/**
 * Whether the words beside "not there" say that something else went wrong. What a rule goes by was
 * chosen from the vendor's page, so the sentences around it are not held against it: "The requested
 * resource … was not found" stands beside code 20404.
 *
 * @param met the rules for "not there" that hold: none where the status alone says it
 */
export function saysMoreThanAbsence(
	body: Readonly<Record<string, unknown>>,
	met: readonly Rule[],
	ofTheRecord: readonly string[] = [],
): boolean {
	const words = met.length > 0 ? wordsForPeople : [];
	return deniesAbsence(body, [...met.flatMap(fieldsOf), ...ofTheRecord, ...words]);
}

function namesAnother(body: object, idField: FieldPath | undefined, recordId: string): boolean {
	const named = idField === undefined ? undefined : valueAt(body, idField);
	return named !== undefined && named !== null && !isSameIdentifier(named, recordId);
}

/** The names in a rule's field: `data.status` may stand in an answer, or in a part of it. */
function fieldsOf({ condition }: Rule): readonly string[] {
	return 'field' in condition ? condition.field : [];
}

const denial =
	/\b(?:not|no|never|cannot|can't|couldn't|wasn't|isn't|won't|un(?:able|deleted|successful)|fail(?:ed|ure|s)?|errors?|denied|refused|rejected|forbidden|pending)\b/i;

/**
 * A text that contains what a rule looks for may deny it, around it or by a longer word: "could not be
 * deleted", "undeleted".
 */
function holdsDenial({ condition }: Rule, body: object): boolean {
	if (condition.kind !== 'contains') return false;
	const said = String(valueAt(body, condition.field));
	const [before = '', ...after] = said.split(condition.text);
	const isPartOfWord = /\p{L}$/u.test(before) || after.some((rest) => /^\p{L}/u.test(rest));
	return isPartOfWord || denial.test([before, ...after].join(' '));
}

/** The verdict for a record of which this was said. */
export function verdictOf(
	said: Meaning,
	{ vendorName, answers, look }: HttpVendor,
	vendorResponse: unknown,
): Verdict {
	const reply = vendorResponse === undefined ? {} : { vendorResponse };
	switch (said) {
		case 'deleted':
			if (answers.prove) return { outcome: 'deleted', evidence: 'confirmed', ...reply };
			if (look === undefined) return { outcome: 'accepted', evidence: 'accepted', ...reply };
			return notErased('unknown', 'notUnderstood', provedByLook(vendorName), vendorResponse);
		case 'accepted':
			return { outcome: 'accepted', evidence: 'accepted', ...reply };
		case 'notFound':
			return { outcome: 'notFound', evidence: 'confirmed', ...reply };
		case 'refused':
			return notErased(
				'refused',
				'refusedByVendor',
				`${vendorName} turned it down, by a rule for Refused. Look at its answer with Include Vendor Response`,
				vendorResponse,
			);
	}
}

function provedByLook(vendorName: string): string {
	return `${vendorName}'s answer proves nothing, as the node says, and the record has not been looked up since. Look for the record at ${vendorName}`;
}
