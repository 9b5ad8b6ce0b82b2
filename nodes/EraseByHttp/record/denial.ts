import { valueAt } from '../description/fieldPath';
import type { Rule } from '../description/rule';

/**
 * Whether a text that contains what a rule looks for denies it, around it or by a longer word: "could
 * not be deleted", "undeleted".
 *
 * @param denies whether the words around it do
 */
export function containsDenial(
	{ condition }: Rule,
	json: unknown,
	denies: (text: string) => boolean,
): boolean {
	if (condition.kind !== 'contains') return false;
	const said = String(valueAt(json, condition.field));
	const [before = '', ...after] = said.split(condition.text);
	const isPartOfWord = /\p{L}$/u.test(before) || after.some((rest) => /^\p{L}/u.test(rest));
	return isPartOfWord || denies([before, ...after].join(' … '));
}
