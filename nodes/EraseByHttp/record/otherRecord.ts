import { wrappers } from '../../../erasure/contradiction';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import { valueAt, type FieldPath } from '../description/fieldPath';

/** Where an answer may say which record it is about, beside the fields that its rules go by. */
export interface NamedIn {
	readonly recordId: string;
	/** The field with the ID in a look, if there is one. */
	readonly idField: FieldPath | undefined;
	/** The fields that rules go by: what stands beside them is about the same record. */
	readonly fields: readonly FieldPath[];
	readonly ofTheRecord: readonly string[];
}

const ofOne =
	/^(id|sid|uuid|guid)$|(record|recording|call|transcript|conversation|meeting|item|object|resource|entity)_?(id|sid|uuid)$/i;

const ofSeveral = /^(ids|sids|uuids)$|(_ids|Ids|_sids|Sids)$/;

/** Whether an answer names another record, or several without this one. */
export function namesAnother(json: object, named: NamedIn): boolean {
	return partsOf(json, named.fields).some((part) =>
		Object.entries(part).some(([field, value]) => {
			if (named.ofTheRecord.includes(field)) return false;
			if (isListOfOthers(field, value, named)) return true;
			const isName = ofOne.test(field) || field === named.idField?.at(-1);
			return isName && isNameOfAnother(value, named.recordId);
		}),
	);
}

/** Whether the field with the ID in a look is there and names another. */
export function namesAnotherThere(
	json: object | undefined,
	idField: FieldPath | undefined,
	recordId: string,
): boolean {
	return idField !== undefined && isNameOfAnother(valueAt(json, idField), recordId);
}

function isNameOfAnother(value: unknown, recordId: string): boolean {
	const isText = typeof value === 'string' || typeof value === 'number';
	return isText && value !== '' && !isSameIdentifier(value, recordId);
}

function isListOfOthers(field: string, value: unknown, { recordId }: NamedIn): boolean {
	if (!Array.isArray(value) || value.length === 0 || !ofSeveral.test(field)) return false;
	return !value.some((id) => isSameIdentifier(id, recordId));
}

/** The answer itself, what it is wrapped in, and the objects that hold a rule's field. */
function partsOf(json: object, fields: readonly FieldPath[]): object[] {
	const wrapped = [json, ...wrappedIn(json), ...wrappedIn(json).flatMap(wrappedIn)];
	const holders = fields.flatMap((path) =>
		path.map((_, depth) => valueAt(json, path.slice(0, depth))),
	);
	const parts = [...wrapped, ...holders].filter(
		(part): part is object => typeof part === 'object' && part !== null && !Array.isArray(part),
	);
	return [...new Set(parts)];
}

const others = ['result', 'record', 'recording', 'item', 'object', 'resource'];

function wrappedIn(json: object): object[] {
	const inner = [...wrappers, ...others].map((name) => valueAt(json, [name]));
	return inner.filter((part): part is object => typeof part === 'object' && part !== null);
}

/** Whether the ID of the record stands anywhere in an answer as a value of its own. */
export function holdsIdentifier(json: unknown, recordId: string): boolean {
	if (typeof json !== 'object' || json === null) return isSameIdentifier(json, recordId);
	return Object.values(json).some((value) => holdsIdentifier(value, recordId));
}
