import type { EarlierCertificate } from './earlier';
import { changed } from './groups';
import { readHistory, type LatestRecord } from './history';
import { identify, type Identity, type RecordKinds } from './identity';
import type { Amendment, Change } from './issue';
import {
	isSameStanding,
	NotIssued,
	standingOf,
	standingOfRecord,
	toRecord,
	type GivenReceipt,
} from './records';

interface ChangedRecord {
	readonly entry: GivenReceipt;
	readonly before: LatestRecord;
}

/**
 * What has changed since earlier certificates of the same request, for each of them.
 *
 * @throws NotIssued for a receipt of a record that is in none of them, and for certificates that do not
 * go together: see readHistory
 */
export function changesSince(
	certificates: readonly EarlierCertificate[],
	given: readonly GivenReceipt[],
	kinds: RecordKinds,
): Amendment {
	const history = readHistory(certificates);
	checkCountedOnce(history.latest, kinds);
	const identities = identify(
		[...history.latest.map(({ record }) => record), ...given.map(({ receipt }) => receipt)],
		kinds,
	);
	const known = new Map<string, LatestRecord[]>();
	for (const [index, latest] of history.latest.entries()) {
		const key = keyOf(identities[index]);
		if (key === undefined) continue;
		const same = known.get(key) ?? [];
		known.set(key, same);
		same.push(latest);
	}
	const found = given.flatMap((entry, index) => {
		const identity = identities[history.latest.length + index] as Identity;
		return changeOf(entry, identity, known.get(keyOf(identity) ?? '') ?? []);
	});
	const moves = found.map(({ entry, before }) => ({
		from: before.record.outcome,
		to: entry.receipt.outcome,
		count: 1,
	}));
	return {
		changes: history.certificates.flatMap((certificate) => changesOf(certificate, found)),
		total: changed(history.total, moves),
		totalOf: history.totalOf,
	};
}

/** The total of certificates that count the same record counts it twice. */
function checkCountedOnce(latest: readonly LatestRecord[], kinds: RecordKinds): void {
	const identities = identify(
		latest.map(({ record }) => record),
		kinds,
	);
	const first = new Map<string, LatestRecord>();
	for (const [index, one] of latest.entries()) {
		const identity = identities[index] as Identity;
		if (identity.kind === 'unnamed') continue;
		const isUnclear = identity.kind === 'unclear';
		const other = isUnclear ? latest[identity.likeIndex] : first.get(identity.key);
		if (other !== undefined) throw countedTwice(other, one, isUnclear);
		if (!isUnclear) first.set(identity.key, one);
	}
}

function countedTwice(one: LatestRecord, other: LatestRecord, isUnclear: boolean): NotIssued {
	const which = `The certificates ${one.certificate.jti} and ${other.certificate.jti}`;
	return new NotIssued(
		isUnclear
			? `${which} may count the same record: one of them shows no account of it, or only an ID that several records share. Amend them one at a time`
			: `${which} count the same record. Amend them one at a time`,
	);
}

function keyOf(identity: Identity | undefined): string | undefined {
	return identity === undefined || identity.kind === 'unclear' ? undefined : identity.key;
}

/** @returns nothing where the record is what it was */
function changeOf(
	entry: GivenReceipt,
	{ kind }: Identity,
	same: readonly LatestRecord[],
): readonly ChangedRecord[] {
	const { receipt, place, itemIndex } = entry;
	const [before, another] = same;
	if (kind === 'unclear') {
		throw new NotIssued(
			`The receipt ${place} may be of several records: it has no account, or only an ID that several records share. Give it as the node gave it`,
			itemIndex,
		);
	}
	if (before === undefined) {
		throw new NotIssued(
			`The record of the receipt ${place} is not among the disclosures of the certificate to amend. Give all its disclosures, or issue a separate certificate for this record`,
			itemIndex,
		);
	}
	if (kind === 'record' && another !== undefined) throw linked(entry, before, another);
	const standing = standingOf(receipt);
	if (same.some(({ record }) => isSameStanding(record, standing))) return [];
	if (kind === 'record') {
		checkTime(entry, before);
		return [{ entry, before }];
	}
	throw new NotIssued(
		`The receipt ${place} does not name one record, so there is no telling which one has changed. Leave it out, or issue a separate certificate for it`,
		itemIndex,
	);
}

/** Two records that only this receipt shows to be one, such as a call by its call ID and by its session. */
function linked(
	{ place, itemIndex }: GivenReceipt,
	{ certificate: { jti } }: LatestRecord,
	{ certificate: { jti: other } }: LatestRecord,
): NotIssued {
	return new NotIssued(
		jti === other
			? `The receipt ${place} shows that two records of the certificate ${jti} are one and the same. Leave Amends empty and give all receipts of the request`
			: `The record of the receipt ${place} is counted by two of the certificates to amend, ${jti} and ${other}. Amend them one at a time`,
		itemIndex,
	);
}

/** A receipt from before the last word on its record tells nothing new. */
function checkTime({ receipt, place, itemIndex }: GivenReceipt, before: LatestRecord): void {
	// ISO 8601 in UTC is in the order of time.
	if (receipt.at >= before.record.at) return;
	throw new NotIssued(
		`The receipt ${place} is of ${receipt.at}, and the certificate ${before.certificate.jti} has a later one of its record, of ${before.record.at}. Give the last receipt of each record`,
		itemIndex,
	);
}

function changesOf(certificate: EarlierCertificate, found: readonly ChangedRecord[]): Change[] {
	const own = found.filter(({ before }) => before.certificate === certificate);
	if (own.length === 0) return [];
	const { jti, sha256 } = certificate;
	const entries = own.map(({ entry, before }) => ({
		record: toRecord(entry.receipt, before.digest),
		was: standingOfRecord(before.record),
		itemIndex: entry.itemIndex,
	}));
	return [{ amends: { jti, sha256 }, entries }];
}
