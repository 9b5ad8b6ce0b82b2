import { deniesAbsence } from '../../../erasure/contradiction';
import { asRecord } from '../../../erasure/reply';
import { valueAt, type FieldPath } from '../description/fieldPath';
import type { Absence } from '../description/httpVendor';
import { holds, type Content, type Rule } from '../description/rule';
import { containsDenial } from './denial';
import { holdsIdentifier, namesAnotherThere } from './otherRecord';
import { deniesItself } from './trouble';

/** What an answer says of a record that may not be there. */
export type Absent = 'absent' | 'contradictory' | undefined;

/** What is known of the record, and of the fields that describe it. */
interface Sought {
	readonly recordId: string;
	readonly idField: FieldPath | undefined;
	readonly ofTheRecord?: readonly string[];
}

/**
 * Whether an answer, to a deletion or to a look, says that the vendor has no such record: by a rule, or
 * by its status alone where the user has ticked that.
 */
export function absenceIn(content: Content, absence: Absence, sought: Sought): Absent {
	const rules = absence.rules.filter((rule) => holds(rule, content));
	if (rules.length === 0 && !is404Alone(content, absence)) return undefined;
	const isPlain =
		!showsRecord(content, sought, rules) &&
		!rules.some((rule) => containsDenial(rule, content.json, deniesItself)) &&
		!saysMore(content, rules, sought.ofTheRecord ?? []);
	return isPlain ? 'absent' : 'contradictory';
}

/** A 404 that is not a page, which a wrong address may answer too. */
function is404Alone({ status, isEmpty, json }: Content, { by404 }: Absence): boolean {
	return by404 && status === 404 && (isEmpty || json !== undefined);
}

/**
 * Whether the answer holds a record after all, or is about another. An error may repeat the ID that it
 * did not find; a good status, and a 404 that no rule explains, have no reason to.
 */
function showsRecord(
	{ status, json, isEntry }: Content,
	{ recordId, idField }: Sought,
	rules: readonly Rule[],
): boolean {
	if (json === undefined || isEntry) return false;
	if (namesAnotherThere(json, idField, recordId)) return true;
	if (status < 300) return holdsIdentifier(json, recordId);
	return rules.length === 0 && idField !== undefined && valueAt(json, idField) !== undefined;
}

/** Where an error says in words, which no rule knows, what its code or its kind says. */
const wordsForPeople = ['message', 'msg', 'title', 'detail', 'details', 'description'];

/**
 * Whether the words beside "not there" say that something else went wrong. What a rule goes by was
 * chosen from the vendor's page, so the sentences around it are not held against it: "The requested
 * resource … was not found" stands beside code 20404.
 */
function saysMore(
	{ json }: Content,
	rules: readonly Rule[],
	ofTheRecord: readonly string[],
): boolean {
	const body = asRecord(json);
	if (body === undefined) return false;
	const read = rules.flatMap(({ condition }) => ('field' in condition ? condition.field : []));
	const words = rules.length > 0 ? wordsForPeople : [];
	return deniesAbsence(body, [...read, ...ofTheRecord, ...words]);
}
