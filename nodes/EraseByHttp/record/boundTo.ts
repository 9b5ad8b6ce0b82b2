import type { LookDescription } from '../description/httpVendor';

/**
 * What receipts say that they belong to, under the account's key: the address, and how records are
 * looked at there. Two kinds of record of one vendor may have the same IDs; a look at the one kind says
 * nothing of the other.
 */
export function boundTo(address: string, look: LookDescription | undefined): string {
	if (look === undefined) return address;
	const { path, idField } = look;
	return JSON.stringify([address, path.before, path.after, idField]);
}
