import { checkClaims, readRecord } from './claims';
import { digestOf } from './disclosure';
import { changed } from './groups';
import { sha256Of, type Amendment, type Entry } from './issue';
import { isSignedBy } from './jws';
import type { SigningKey } from './key';
import type { Counts, CertifiedRecord } from './payload';
import {
	isExact,
	isSameStanding,
	NotIssued,
	recordKey,
	standingOf,
	standingOfRecord,
	toRecord,
	type GivenReceipt,
} from './records';
import { NotValid, processPayload, readSdJwt } from './sdJwt';

interface EarlierRecord {
	readonly digest: string;
	readonly record: CertifiedRecord;
	readonly certificate: EarlierCertificate;
}

/** A certificate that is to be amended, with the records that its disclosures show. */
export interface EarlierCertificate {
	readonly jti: string;
	readonly sha256: string;
	readonly iat: number;
	readonly reference: string;
	readonly total: Counts;
	readonly records: ReadonlyArray<{ readonly digest: string; readonly record: CertifiedRecord }>;
}

/**
 * Reads a certificate that is to be amended.
 *
 * @param disclosures of this certificate, perhaps among those of its other parts
 * @param key if the certificate names this key, its signature has to fit
 * @throws NotIssued
 */
export function readEarlier(
	text: string,
	disclosures: readonly string[],
	key: SigningKey | undefined,
): EarlierCertificate {
	try {
		const { issuerSigned, jws, disclosures: attached } = readSdJwt(text.trim());
		if (jws.header.kid === key?.kid && key !== undefined && !isSignedBy(jws, key)) {
			throw new NotValid('The signature does not match: the certificate was changed');
		}
		const { jti, iat, erasure } = checkClaims(jws.payload);
		const own = new Set(erasure.records.map((element) => element['...']));
		const ofThis = [...new Set([...attached, ...disclosures])].filter((disclosure) =>
			own.has(digestOf(disclosure)),
		);
		const { elements } = processPayload(jws.payload, ofThis);
		return {
			jti,
			iat,
			sha256: sha256Of(issuerSigned),
			reference: erasure.request.reference,
			total: erasure.total ?? erasure.counts,
			records: [...elements].flatMap(([digest, value]) => {
				const record = readRecord(value);
				return record === undefined ? [] : [{ digest, record }];
			}),
		};
	} catch (error) {
		if (!(error instanceof NotValid)) throw error;
		throw new NotIssued(
			`The certificate to amend cannot be read: ${error.message}. Give it as it was issued`,
		);
	}
}

/** What a new certificate says of one that it amends. */
export interface Change {
	readonly amendment: Amendment;
	readonly entries: readonly Entry[];
}

/**
 * What has changed since earlier certificates of the same request, for each of them.
 *
 * @throws NotIssued for a receipt of a record that is in none of them
 */
export function changesSince(
	certificates: readonly EarlierCertificate[],
	given: readonly GivenReceipt[],
): Change[] {
	const latestFirst = [...certificates].sort((a, b) => b.iat - a.iat);
	const known = recordsOf(latestFirst);
	const changes = given.flatMap((entry) => {
		const before = earlierOf(entry, known);
		const isUnchanged = before.some(({ record }) =>
			isSameStanding(record, standingOf(entry.receipt)),
		);
		return isUnchanged ? [] : [{ entry, before: exactlyOne(entry, before) }];
	});
	const moves = changes.map(({ entry, before }) => ({
		from: before.record.outcome,
		to: entry.receipt.outcome,
	}));
	const total = changed(latestFirst[0]?.total ?? { records: 0 }, moves);
	return certificates.flatMap((certificate) => {
		const own = changes.filter(({ before }) => before.certificate === certificate);
		if (own.length === 0) return [];
		const { jti, sha256 } = certificate;
		const entries = own.map(({ entry, before }) => ({
			record: toRecord(entry.receipt, before.digest),
			was: standingOfRecord(before.record),
			itemIndex: entry.itemIndex,
		}));
		return [{ amendment: { amends: { jti, sha256 }, total }, entries }];
	});
}

/** Where several certificates speak of a record, the latest counts. */
function recordsOf(latestFirst: readonly EarlierCertificate[]): Map<string, EarlierRecord[]> {
	const known = new Map<string, EarlierRecord[]>();
	for (const certificate of latestFirst) {
		for (const { digest, record } of certificate.records) {
			const key = recordKey(record);
			const others = known.get(key) ?? [];
			if (others.length === 0 || !isExact(record)) {
				known.set(key, [...others, { digest, record, certificate }]);
			}
		}
	}
	return known;
}

function earlierOf(
	{ receipt, place, itemIndex }: GivenReceipt,
	known: ReadonlyMap<string, readonly EarlierRecord[]>,
): readonly EarlierRecord[] {
	const before = known.get(recordKey(receipt));
	if (before !== undefined) return before;
	throw new NotIssued(
		`The record of the receipt ${place} is not among the disclosures of the certificate to amend. Give all its disclosures, or issue a separate certificate for this record`,
		itemIndex,
	);
}

function exactlyOne(
	{ receipt, place, itemIndex }: GivenReceipt,
	before: readonly EarlierRecord[],
): EarlierRecord {
	const [one] = before;
	if (one !== undefined && isExact(receipt)) return one;
	throw new NotIssued(
		`The receipt ${place} does not name one record, so there is no telling which one has changed. Leave it out, or issue a separate certificate for it`,
		itemIndex,
	);
}
