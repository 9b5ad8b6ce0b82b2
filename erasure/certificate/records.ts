import type { ReadReceipt } from '../receiptReader';
import { identify, type Identity, type RecordKinds } from './identity';
import type { Entry } from './issue';
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
 * The receipts that a certificate is made of: one for each record. What names no record counts each
 * time, because nothing tells whether two are the same.
 *
 * A receipt that says of itself that the same record came earlier is left out, because the record was
 * sent once and counts once; if it says something else of that record, both are turned down.
 *
 * @throws NotIssued for a preview, for a kind of record that is not known, for two receipts of one
 * record, and for two of which nothing tells whether they are
 */
export function oneForEachRecord(
	given: readonly GivenReceipt[],
	kinds: RecordKinds,
): GivenReceipt[] {
	for (const entry of given) checkKind(entry, kinds);
	const identities = identify(
		given.map(({ receipt }) => receipt),
		kinds,
	);
	const kept: GivenReceipt[] = [];
	const places = new Map<string, number[]>();
	for (const [index, entry] of given.entries()) {
		const identity = identities[index] as Identity;
		if (identity.kind === 'unclear') throw unclear(entry, given[identity.likeIndex]);
		const same = places.get(identity.key) ?? [];
		places.set(identity.key, same);
		const twin = placeOfTwin(entry, same, kept, identity);
		if (twin === undefined) same.push(kept.push(entry) - 1);
		// The one marked as a duplicate came first: the other takes its place.
		else if (entry.receipt.duplicate !== true) kept[twin] = entry;
	}
	return kept;
}

function checkKind({ receipt, place, itemIndex }: GivenReceipt, kinds: RecordKinds): void {
	if (receipt.outcome === 'preview') {
		throw new NotIssued(
			`The receipt ${place} is a preview: nothing has happened that could be certified. Give the receipts of a run that deletes`,
			itemIndex,
		);
	}
	if (kinds(receipt.vendor, receipt.resource) === undefined) {
		throw new NotIssued(
			`The receipt ${place} is of a vendor, or of a kind of record, that is not known here. Give receipts as the nodes gave them; if it is of Erase by HTTP, add its vendor to the option Other Vendors`,
			itemIndex,
		);
	}
}

/**
 * @param same where those with its identity are kept
 * @returns where the one is kept that this is a duplicate of, or the other way round
 */
function placeOfTwin(
	entry: GivenReceipt,
	same: readonly number[],
	kept: readonly GivenReceipt[],
	{ kind }: Identity,
): number | undefined {
	const { receipt, place, itemIndex } = entry;
	const isMarked = (place: number) =>
		receipt.duplicate === true || kept[place]?.receipt.duplicate === true;
	const pairs = same.filter(isMarked);
	const twin = pairs.find((pair) => isSame(receipt, kept[pair]?.receipt));
	if (twin !== undefined) return twin;
	const [other] = kind === 'record' ? same : pairs;
	if (other === undefined) return undefined;
	const what = `The receipts ${kept[other]?.place ?? ''} and ${place} are of the same record`;
	throw new NotIssued(
		pairs.length === 0
			? `${what}. Give only the last receipt of each record`
			: `${what} and contradict each other: one of them is marked as a duplicate and says something else. Give only the last receipt of each record`,
		itemIndex,
	);
}

function isSame(one: ReadReceipt, other: ReadReceipt | undefined): boolean {
	return other !== undefined && isSameStanding(standingOf(one), standingOf(other));
}

function unclear({ place, itemIndex }: GivenReceipt, other: GivenReceipt | undefined): NotIssued {
	return new NotIssued(
		`The receipts ${other?.place ?? ''} and ${place} may be of the same record or of two: the latter has no account, or only an ID that several records share. Give receipts as the nodes gave them, and only the last one of each record`,
		itemIndex,
	);
}

/** What a first certificate says of the records of these receipts. */
export function entriesOf(given: readonly GivenReceipt[], kinds: RecordKinds): Entry[] {
	const identities = identify(
		given.map(({ receipt }) => receipt),
		kinds,
	);
	return given.map(({ receipt, itemIndex }, index) => ({
		record: toRecord(receipt),
		itemIndex,
		...(identities[index]?.kind === 'unnamed' ? { unnamed: true } : {}),
	}));
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
