import { readJson } from '../../../erasure/json';
import { asRecord, type Answer } from '../../../erasure/reply';
import { valueAt, type FieldPath } from './fieldPath';

/** What has to stand in an answer, beside its status. */
export type Condition =
	| { readonly kind: 'noBody' }
	/** A JSON object or list, whatever is in it. */
	| { readonly kind: 'anyJson' }
	/** The field is there, and is neither null nor false nor empty. */
	| { readonly kind: 'exists'; readonly field: FieldPath }
	/** A text, a number, or true or false, written as one of these. */
	| { readonly kind: 'equals'; readonly field: FieldPath; readonly values: readonly string[] }
	| { readonly kind: 'contains'; readonly field: FieldPath; readonly text: string };

/** Which answers are meant: by their status and one condition. */
export interface Rule {
	readonly statuses: readonly number[];
	readonly condition: Condition;
}

/** What an answer to a deletion can say by a rule. */
export type Meaning = 'deleted' | 'accepted' | 'notFound' | 'refused';

export interface AnswerRule extends Rule {
	readonly meaning: Meaning;
}

/** As much of an answer as rules look at: one about a record, or an entry of one about several. */
export interface Content {
	readonly status: number;
	/** Nothing but blanks. */
	readonly isEmpty: boolean;
	/** An object or a list; undefined for anything else, such as a page of HTML. */
	readonly json: object | undefined;
	/** An entry names its record whatever it says of it. */
	readonly isEntry: boolean;
}

/** How many levels of lists and objects an answer may have: replies are bounded before. */
const deepest = 100;

/** What names a member twice is no JSON here: nobody can say which of the two the vendor means. */
export function contentOf({ status, body }: Answer): Content {
	const isEmpty = body.trim() === '';
	const parsed = isEmpty ? undefined : readJson(body, deepest);
	const json = typeof parsed === 'object' && parsed !== null ? parsed : undefined;
	return { status, isEmpty, json, isEntry: false };
}

/** The content of one entry. */
export function contentOfEntry(status: number, entry: unknown): Content {
	return { status, isEmpty: false, json: asRecord(entry), isEntry: true };
}

export function holds({ statuses, condition }: Rule, content: Content): boolean {
	return statuses.includes(content.status) && meets(condition, content);
}

function meets(condition: Condition, { isEmpty, json }: Content): boolean {
	switch (condition.kind) {
		case 'noBody':
			return isEmpty;
		case 'anyJson':
			return json !== undefined;
		case 'exists':
			return saysSomething(valueAt(json, condition.field));
		case 'equals':
			return condition.values.includes(asWritten(valueAt(json, condition.field)) ?? '');
		case 'contains':
			return asWritten(valueAt(json, condition.field))?.includes(condition.text) ?? false;
	}
}

function saysSomething(value: unknown): boolean {
	if (typeof value === 'string') return !/^(|0|false|no|none|null|undefined)$/i.test(value.trim());
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value !== undefined && value !== null && value !== false && value !== 0;
}

/** A value as a person writes it into a rule; undefined for an object, a list and null. */
function asWritten(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Whether a condition goes by this field. */
export function isAbout(condition: Condition, field: FieldPath): boolean {
	return 'field' in condition && JSON.stringify(condition.field) === JSON.stringify(field);
}

/** Whether one and the same answer can be meant by both, as far as the rules themselves show it. */
export function overlap(one: Rule, other: Rule): boolean {
	if (!one.statuses.some((status) => other.statuses.includes(status))) return false;
	return (
		canBothBeMet(one.condition, other.condition) || canBothBeMet(other.condition, one.condition)
	);
}

function canBothBeMet(one: Condition, other: Condition): boolean {
	if (one.kind === 'noBody' || other.kind === 'noBody') return one.kind === other.kind;
	if (one.kind === 'anyJson') return true;
	if (other.kind === 'anyJson') return false;
	if (!isAbout(one, other.field)) return false;
	switch (one.kind) {
		case 'exists':
			return other.kind !== 'equals' || other.values.some((value) => value !== 'false');
		case 'equals':
			return other.kind === 'equals' && one.values.some((value) => other.values.includes(value));
		case 'contains':
			return other.kind === 'equals'
				? other.values.some((value) => value.includes(one.text))
				: other.kind === 'contains' && other.text.includes(one.text);
	}
}
