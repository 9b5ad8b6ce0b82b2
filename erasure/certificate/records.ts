import type { ReadReceipt } from '../receiptReader';
import type { CertifiedRecord, Standing } from './payload';

/** A receipt, and where it is in the input. */
export interface GivenReceipt {
	readonly receipt: ReadReceipt;
	/** "in item 3", as sentences say it. */
	readonly place: string;
	readonly itemIndex: number;
}

/** Why no certificate can be issued: a sentence, and the item that it is about. */
export class NotIssued extends Error {
	constructor(
		message: string,
		readonly itemIndex?: number,
	) {
		super(message);
		this.name = 'NotIssued';
	}
}

/**
 * The receipts that a certificate is made of: one for each record.
 *
 * A receipt that says of itself that the same record came earlier is left out, because the record was
 * sent once and counts once.
 *
 * @throws NotIssued for a preview, and for two receipts of one record
 */
export function oneForEachRecord(given: readonly GivenReceipt[]): GivenReceipt[] {
	const first = new Map<string, GivenReceipt>();
	const kept: GivenReceipt[] = [];
	for (const entry of given) {
		const { receipt, place, itemIndex } = entry;
		if (receipt.outcome === 'preview') {
			throw new NotIssued(
				`The receipt ${place} is a preview: nothing has happened that could be certified. Give the receipts of a run that deletes`,
				itemIndex,
			);
		}
		const key = recordKey(receipt);
		const before = first.get(key);
		if (before === undefined) {
			first.set(key, entry);
		} else {
			if (receipt.duplicate === true || isSecondOf(entry, before, kept)) continue;
			if (isExact(receipt)) {
				throw new NotIssued(
					`The receipts ${before.place} and ${place} are of the same record. Give only the last receipt of each record`,
					itemIndex,
				);
			}
		}
		kept.push(entry);
	}
	return kept;
}

/** The one marked as a duplicate came first: the other takes its place. */
function isSecondOf(entry: GivenReceipt, before: GivenReceipt, kept: GivenReceipt[]): boolean {
	const place = before.receipt.duplicate === true ? kept.indexOf(before) : -1;
	if (place === -1) return false;
	kept[place] = entry;
	return true;
}

/** The same for receipts of the same record. */
export function recordKey({
	vendor,
	resource,
	account = '',
	target,
}: Pick<ReadReceipt, 'vendor' | 'resource' | 'account' | 'target'>): string {
	const names = Object.keys(target).sort();
	return JSON.stringify([vendor, resource, account, names.map((name) => [name, target[name]])]);
}

/** What a target says beside the record's identifiers: by what it was found. */
const foundBy: ReadonlySet<string> = new Set(['notation', 'phoneNumber']);

/** Whether the target names one record: what is empty or masked may stand for several. */
export function isExact({ target }: Pick<ReadReceipt, 'target'>): boolean {
	const identifiers = Object.entries(target).filter(([name]) => !foundBy.has(name));
	return identifiers.length > 0 && !identifiers.some(([, value]) => value.includes('**'));
}

/** What a disclosure shows: nothing in a vendor's words, and nothing that the user carried along. */
export function toRecord(receipt: ReadReceipt, was?: string): CertifiedRecord {
	const { vendor, resource, target, account, at, attempts } = receipt;
	return {
		vendor,
		resource,
		target,
		...(account === undefined ? {} : { account }),
		...standingOf(receipt),
		at,
		...(attempts === undefined ? {} : { attempts }),
		...(was === undefined ? {} : { was }),
	};
}

export function standingOf({ outcome, evidence, reason }: ReadReceipt): Standing {
	const code = reason?.code;
	return { outcome, evidence, ...(code === undefined ? {} : { reason: code }) };
}

/** The same of a record in a certificate, without all else that it holds. */
export function standingOfRecord({ outcome, evidence, reason }: Standing): Standing {
	return { outcome, evidence, ...(reason === undefined ? {} : { reason }) };
}

export function isSameStanding(one: Standing, other: Standing): boolean {
	return (
		one.outcome === other.outcome && one.evidence === other.evidence && one.reason === other.reason
	);
}
