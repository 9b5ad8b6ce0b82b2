import type { JsonObject } from '../json';
import { checkClaims, readRecord } from './claims';
import { digestOf } from './disclosure';
import { sha256Of } from './issue';
import type { VerifyingKey } from './key';
import {
	type CertificatePayload,
	type CertifiedRecord,
	type Group,
	type Standing,
} from './payload';
import { isSameStanding, standingOfRecord } from './records';
import { NotValid, processPayload, readSdJwt } from './sdJwt';
import { checkSignature } from './signature';

export interface ToVerify {
	/** `<JWS>~`, with or without disclosures after it. */
	readonly certificate: string;
	/** Further disclosures. */
	readonly disclosures: readonly string[];
	readonly keys: readonly VerifyingKey[];
	/** The certificate that this one amends, with its disclosures if there are any. */
	readonly amended?: { readonly certificate: string; readonly disclosures: readonly string[] };
	/** Milliseconds since 1970. */
	readonly now: number;
}

/** A record that a disclosure shows. */
export interface ShownRecord extends CertifiedRecord {
	readonly digest: string;
	/** What the amended certificate says of it, if its disclosure was given as well. */
	readonly before?: Standing;
}

export type Verification =
	| {
			readonly valid: true;
			readonly kid: string;
			readonly sha256: string;
			readonly payload: CertificatePayload;
			readonly records: readonly ShownRecord[];
			readonly subject: string | undefined;
	  }
	| { readonly valid: false; readonly reason: string };

/** Verifies a certificate and what its disclosures show. It never throws. */
export function verifyCertificate(given: ToVerify): Verification {
	try {
		return verify(given);
	} catch (error) {
		if (error instanceof NotValid) return { valid: false, reason: error.message };
		throw error;
	}
}

/** Clocks differ. */
const toleranceMs = 5 * 60_000;

function verify({ certificate, disclosures, keys, amended, now }: ToVerify): Verification {
	const read = readSigned(certificate, disclosures, keys, now);
	const { payload, elements, kid, sha256 } = read;
	if (payload.iat * 1000 > now + toleranceMs) {
		throw new NotValid('The certificate is dated in the future');
	}
	const shown = [...elements].map(([digest, value]) => ({ digest, ...recordOf(value) }));
	const records = amended === undefined ? shown : withEarlier(shown, read, amended, keys, now);
	checkGroups(records, payload.erasure);
	return { valid: true, kid, sha256, payload, records, subject: read.subject };
}

interface Read {
	readonly kid: string;
	readonly sha256: string;
	readonly payload: CertificatePayload;
	readonly elements: ReadonlyMap<string, unknown>;
	readonly subject: string | undefined;
}

function readSigned(
	text: string,
	disclosures: readonly string[],
	keys: readonly VerifyingKey[],
	now: number,
): Read {
	const { issuerSigned, jws, disclosures: attached } = readSdJwt(text.trim());
	const { kid } = checkSignature(jws, keys);
	const all = [...new Set([...attached, ...disclosures])];
	const { processed, elements } = processPayload(jws.payload, all);
	const payload = checkClaims(jws.payload);
	checkPeriod(processed, now);
	const subject = subjectOf(processed, payload, all);
	return {
		kid,
		sha256: sha256Of(issuerSigned),
		payload,
		elements,
		subject,
	};
}

/**
 * Whether it counts now (RFC 9901, section 7.1, step 6): a certificate of ours has no end, but its
 * issuer can sign one that has.
 */
function checkPeriod({ exp, nbf }: JsonObject, now: number): void {
	for (const time of [exp, nbf]) {
		if (time !== undefined && typeof time !== 'number') {
			throw new NotValid('The certificate has a time that cannot be read (exp or nbf)');
		}
	}
	if (exp !== undefined && (exp as number) * 1000 <= now - toleranceMs) {
		throw new NotValid('The certificate has an end, which has passed (exp)');
	}
	if (nbf !== undefined && (nbf as number) * 1000 > now + toleranceMs) {
		throw new NotValid('The certificate has a beginning, which is still to come (nbf)');
	}
}

/**
 * Disclosures show records and whom the request is about: anything else would change what is read of
 * a certificate, and no one would see it.
 */
function subjectOf(
	processed: JsonObject,
	{ erasure }: CertificatePayload,
	disclosures: readonly string[],
): string | undefined {
	const { request: said, records } = erasure;
	const places = new Set([...records.map((element) => element['...']), ...(said._sd ?? [])]);
	const { request } = (processed as { readonly erasure: { readonly request: JsonObject } }).erasure;
	const { subject } = request;
	const added = Object.keys(request).filter((name) => !Object.hasOwn(said, name));
	const isAsIssued =
		disclosures.every((text) => places.has(digestOf(text))) &&
		added.every((name) => name === 'subject') &&
		(subject === undefined || typeof subject === 'string');
	if (isAsIssued) return subject;
	throw new NotValid('A disclosure shows something else than a record or whom it is about');
}

function recordOf(value: unknown): CertifiedRecord {
	const record = readRecord(value);
	if (record === undefined) throw new NotValid('A disclosure does not show a record');
	return record;
}

/** No more records are shown than the certificate counts, of any group: with all of them, exactly as many. */
function checkGroups(
	records: readonly ShownRecord[],
	{ groups, amends, records: digests }: CertificatePayload['erasure'],
): void {
	const ofKind = new Map<string, Group[]>();
	for (const group of groups) {
		const kind = kindOf(group);
		const same = ofKind.get(kind) ?? [];
		ofKind.set(kind, same);
		same.push(group);
	}
	const shown = new Map<Group, number>();
	for (const record of records) {
		if ((record.was === undefined) !== (amends === undefined)) {
			throw new NotValid('A disclosed record says otherwise whether it amends another one');
		}
		const ofIt = (ofKind.get(kindOf(record)) ?? []).filter((group) => isInGroup(record, group));
		if (ofIt.length === 0) {
			throw new NotValid('A disclosed record is in none of the groups of the certificate');
		}
		for (const group of ofIt) shown.set(group, (shown.get(group) ?? 0) + 1);
	}
	const counts = groups.map((group) => ({ count: group.count, shown: shown.get(group) ?? 0 }));
	// Without what a record was before, it may be in one of several groups.
	const isExact = records.every(({ before }) => (before === undefined) === (amends === undefined));
	const isAll = isExact && records.length === digests.length;
	if (
		counts.some((one) => (isExact && one.shown > one.count) || (isAll && one.shown < one.count))
	) {
		throw new NotValid('The disclosed records are not as many as the certificate counts');
	}
}

function kindOf({ vendor, resource, outcome, evidence, reason }: Group | ShownRecord): string {
	return JSON.stringify([vendor, resource, outcome, evidence, reason ?? '']);
}

/** @param group one of the record's kind */
function isInGroup(record: ShownRecord, group: Group): boolean {
	const { at, before } = record;
	return (
		group.first <= at &&
		at <= group.last &&
		(before === undefined || group.was === undefined || isSameStanding(group.was, before))
	);
}

function withEarlier(
	records: readonly ShownRecord[],
	{ payload }: Read,
	amended: NonNullable<ToVerify['amended']>,
	keys: readonly VerifyingKey[],
	now: number,
): ShownRecord[] {
	const { jti, sha256 } = payload.erasure.amends ?? {};
	if (jti === undefined) throw new NotValid('The certificate does not amend another one');
	const earlier = readSigned(amended.certificate, amended.disclosures, keys, now);
	if (earlier.payload.jti !== jti || earlier.sha256 !== sha256) {
		throw new NotValid('The certificate amends a different certificate from the one given');
	}
	const digests = new Set(earlier.payload.erasure.records.map((element) => element['...']));
	return records.map((record) => {
		if (record.was === undefined || !digests.has(record.was)) {
			throw new NotValid('A disclosed record is not in the certificate that is amended');
		}
		const before = earlier.elements.get(record.was);
		return before === undefined
			? record
			: { ...record, before: standingOfRecord(recordOf(before)) };
	});
}
