import { UnusableValue } from '../../shared/parameters/unusableValue';

/** Where a JSON field is, name by name: `data.status`, `items.0.code`. Empty for the JSON itself. */
export type FieldPath = readonly string[];

const longestPath = 200;

/** A name in JSON, or a place in a list, counted from 0. */
const step = /^[\p{L}_$@][\p{L}\p{N}_$@-]*$|^(?:0|[1-9]\d{0,4})$/u;

/**
 * @param label the parameter's name as the user sees it
 * @throws UnusableValue for anything that is no path to a field
 */
export function readFieldPath(value: unknown, label: string): FieldPath {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') {
		throw new UnusableValue(label, 'is empty', 'Give the name of a JSON field, such as status');
	}
	const steps = text.split('.');
	const isPath = steps[0] !== '$' && steps.every((name) => step.test(name));
	if (text.length <= longestPath && isPath) return steps;
	throw new UnusableValue(
		label,
		'is not the name of a JSON field',
		'Write a name such as status, or names with dots between them such as data.status or items.0.code',
	);
}

/** @returns undefined where there is no such field */
export function valueAt(json: unknown, path: FieldPath): unknown {
	let value = json;
	for (const name of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
			return undefined;
		value = (value as Readonly<Record<string, unknown>>)[name];
	}
	return value;
}
