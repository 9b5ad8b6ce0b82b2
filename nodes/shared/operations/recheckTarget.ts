import { readIdentifiers } from '../../../erasure/identifier';
import type { ReadReceipt } from '../../../erasure/receiptReader';
import type { Target } from '../../../erasure/target';

/**
 * The record that a receipt is of, by the identifiers that a look needs, checked as those that a user
 * gives: a receipt may have been altered since.
 *
 * @param asWritten whether its seal shows that it was not. Then an ID that looks like an accident was
 *   deleted by the option IDs as Written
 * @returns or why it names no record: how a sentence goes on
 */
export function targetOf(
	{ target }: Pick<ReadReceipt, 'target'>,
	names: readonly string[],
	vendorName: string,
	asWritten: boolean,
): { readonly target: Target } | string {
	const identifiers: Record<string, string> = {};
	for (const name of names) {
		const value = Object.hasOwn(target, name) ? target[name] : undefined;
		if (value === undefined) {
			return `its target has no "${name}", by which ${vendorName} finds a record`;
		}
		// What was masked or taken out would be found by nobody, and so count as gone.
		if (/[*•]/.test(value)) return `its target has a masked "${name}"`;
		// What a table or a spreadsheet made of an ID would be found by nobody either.
		const check = readIdentifiers([value], { asWritten });
		if (!check.valid || check.identifiers[0] !== value) {
			return `its target has a "${name}" that cannot be sent as an ID`;
		}
		identifiers[name] = value;
	}
	return { target: { identifiers } };
}
