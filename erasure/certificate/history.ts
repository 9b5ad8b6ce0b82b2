import { outcomes } from '../outcome';
import type { DisclosedEarlier, EarlierCertificate } from './earlier';
import { changed, sumOf } from './groups';
import type { Counts } from './payload';
import { NotIssued } from './records';

/** A record by the last word that certificates have on it. */
export interface LatestRecord extends DisclosedEarlier {
	readonly certificate: EarlierCertificate;
}

/** All that earlier certificates of a request say together. */
export interface History {
	readonly certificates: readonly EarlierCertificate[];
	/** Of the records that the disclosures show. */
	readonly latest: readonly LatestRecord[];
	/** Of all records, the undisclosed ones too. */
	readonly total: Counts;
	/** What that takes into account, by `jti`. */
	readonly totalOf: readonly string[];
}

/**
 * Puts together what earlier certificates of a request say. None is taken for the latest by its time:
 * each counts once, and says itself which others it knew. What that leaves open is turned down, because
 * a total that is wrong could call a request final of which something is left.
 *
 * @throws NotIssued where one that matters is missing, where disclosures are, and where they contradict
 * each other
 */
export function readHistory(given: readonly EarlierCertificate[]): History {
	const certificates = onceEach(given);
	const known = new Map(certificates.map((certificate) => [certificate.jti, certificate]));
	const missing = missingFrom(certificates, known);
	for (const certificate of certificates) {
		checkDisclosures(certificate, certificates, known);
		checkAmended(certificate, known);
	}
	return {
		certificates,
		latest: latestOf(certificates),
		total: totalOf(certificates, known, missing),
		totalOf: [...new Set(certificates.flatMap((certificate) => certificate.totalOf))],
	};
}

function onceEach(given: readonly EarlierCertificate[]): EarlierCertificate[] {
	const known = new Map<string, EarlierCertificate>();
	for (const certificate of given) {
		const before = known.get(certificate.jti);
		if (before !== undefined && before.sha256 !== certificate.sha256) {
			throw new NotIssued(
				`Two of the certificates to amend have the number ${certificate.jti} and are not the same. Give each as it was issued`,
			);
		}
		known.set(certificate.jti, certificate);
	}
	return [...known.values()];
}

type Known = ReadonlyMap<string, EarlierCertificate>;

/** Certificates that were counted and are not given; none that may have the last word on a record that is. */
function missingFrom(certificates: readonly EarlierCertificate[], known: Known): string[] {
	for (const { jti, amends, totalOf: counted } of certificates) {
		const missing = counted.find((other) => !known.has(other));
		const hasOthers = counted.some((other) => other !== jti && known.has(other));
		if (amends !== undefined && missing !== undefined && hasOthers) throw missingOne(missing, jti);
	}
	return [...new Set(certificates.flatMap(({ totalOf: counted }) => counted))].filter(
		(jti) => !known.has(jti),
	);
}

function missingOne(missing: string, by: string): NotIssued {
	return new NotIssued(
		`The certificate ${missing} is missing, which certificate ${by} takes into account. Give all certificates of the request in Amends, and their disclosures in Disclosures of Amends`,
	);
}

/** Where a later certificate has the last word on a record, all that it says has to be known. */
function checkDisclosures(
	{ jti, amends, counts, records }: EarlierCertificate,
	certificates: readonly EarlierCertificate[],
	known: Known,
): void {
	if (amends === undefined || records.length === counts.records) return;
	const isAlone =
		!known.has(amends.jti) &&
		!certificates.some((other) => other.amends?.jti === amends.jti && other.jti !== jti);
	if (isAlone) return;
	throw new NotIssued(
		`Of the certificate ${jti}, ${records.length} of ${counts.records} disclosures were given. Give all of them in Disclosures of Amends: it amends another certificate, so that without them nobody knows the last word on a record`,
	);
}

/** What it amends is what it says it amends. */
function checkAmended({ jti, amends, records }: EarlierCertificate, known: Known): void {
	const earlier = amends === undefined ? undefined : known.get(amends.jti);
	if (earlier === undefined) return;
	const isOfIt = records.every(
		({ record: { was } }) => was !== undefined && earlier.digests.has(was),
	);
	if (earlier.sha256 !== amends?.sha256 || !isOfIt) throw contradictory(jti);
}

function latestOf(certificates: readonly EarlierCertificate[]): LatestRecord[] {
	const amendedBy = new Map<string, EarlierCertificate>();
	for (const certificate of certificates) {
		for (const { record } of certificate.records) {
			if (record.was === undefined) continue;
			const other = amendedBy.get(record.was);
			if (other !== undefined) {
				throw new NotIssued(
					`The certificates ${other.jti} and ${certificate.jti} both amend the same record of an earlier one, and neither knew of the other. Leave one of them out`,
				);
			}
			amendedBy.set(record.was, certificate);
		}
	}
	return certificates.flatMap((certificate) =>
		certificate.records
			.filter(({ digest }) => !amendedBy.has(digest))
			.map((shown) => ({ ...shown, certificate })),
	);
}

/** Each certificate counts once: a first one by its records, a later one by what it changed. */
function totalOf(
	certificates: readonly EarlierCertificate[],
	known: Known,
	missing: readonly string[],
): Counts {
	for (const { jti, total, totalOf: counted } of certificates) {
		const ofOthers = counted.flatMap((other) => known.get(other) ?? []);
		const isWhole = ofOthers.length === counted.length;
		if (isWhole && !isSame(total, sumUp([], ofOthers))) throw contradictory(jti);
	}
	const base =
		missing.length === 0
			? undefined
			: certificates.find(({ totalOf: counted }) => missing.every((jti) => counted.includes(jti)));
	const [first = ''] = missing;
	if (base === undefined && missing.length > 0) {
		const by = certificates.find(({ totalOf: counted }) => counted.includes(first));
		throw missingOne(first, by?.jti ?? '');
	}
	const others = certificates.filter(({ jti }) => base?.totalOf.includes(jti) !== true);
	if (base !== undefined) checkChangesAreNew(others, base, known);
	const total = sumUp(base === undefined ? [] : [base.total], others);
	if (Object.values(total).some((count) => count < 0)) {
		throw contradictory(others.at(-1)?.jti ?? base?.jti ?? '');
	}
	return total;
}

/**
 * What is changed of a certificate that the total counts already may be in that total: a missing one
 * can have changed the same record.
 */
function checkChangesAreNew(
	others: readonly EarlierCertificate[],
	base: EarlierCertificate,
	known: Known,
): void {
	for (const { jti, amends } of others) {
		if (amends === undefined || !base.totalOf.includes(amends.jti)) continue;
		const isMissing = (one: string) => !known.has(one);
		throw missingOne([amends.jti, ...base.totalOf].find(isMissing) ?? amends.jti, jti);
	}
}

function sumUp(base: readonly Counts[], certificates: readonly EarlierCertificate[]): Counts {
	const firsts = certificates.filter(({ amends }) => amends === undefined);
	return changed(
		sumOf([...base, ...firsts.map(({ counts }) => counts)]),
		certificates.flatMap(({ moves }) => moves),
	);
}

function contradictory(jti: string): NotIssued {
	return new NotIssued(
		`The numbers of the certificate ${jti} contradict those of the others to amend. Give all certificates of the request as they were issued`,
	);
}

function isSame(one: Counts, other: Counts): boolean {
	return (
		one.records === other.records &&
		outcomes.every((outcome) => (one[outcome] ?? 0) === (other[outcome] ?? 0))
	);
}
