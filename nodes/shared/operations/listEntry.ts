import type { INodeListSearchItems } from 'n8n-workflow';

import { quoteVendor } from '../../../erasure/mask';
import { secretsOf } from '../secrets/secrets';

/**
 * An entry of a list in the editor. What is chosen there is stored in the workflow, the entry's words
 * included: they hold no secret.
 *
 * @param context that of the list search, whose secrets these are
 * @param show what the entry says, given the ID as a text; what is not a text is left out
 * @returns no entry for a record whose ID cannot be told: JavaScript rounds larger numbers
 */
export function toListEntries(
	context: object,
	id: unknown,
	show: (id: string) => readonly unknown[],
): INodeListSearchItems[] {
	const value = Number.isSafeInteger(id) ? String(id) : id;
	if (typeof value !== 'string' || value.trim() === '') return [];
	const secrets = secretsOf(context);
	const texts = show(value).filter((text) => typeof text === 'string');
	return [{ name: texts.map((text) => secrets.outOf(text)).join(' · '), value }];
}

/** A field that should not hold a phone number, with any masked anyway. */
export function withoutNumbers(field: unknown): unknown {
	if (typeof field !== 'string' || isMoment.test(field)) return field;
	return quoteVendor(field);
}

const isMoment = /^\d{4}-\d{2}-\d{2}([T ][\d:.]{5,15}(Z|[+-]\d{2}:?\d{2})?)?$/;
