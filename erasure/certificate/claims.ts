import { isJsonObject, type JsonObject } from '../json';
import { outcomes, reasonsFor, type Outcome } from '../outcome';
import { stateOf } from './groups';
import {
	certificateVersion,
	type CertificatePayload,
	type CertifiedRecord,
	type Counts,
	type ErasureClaims,
	type Group,
	type Standing,
} from './payload';
import { NotValid } from './sdJwt';

/**
 * Checks what someone signed against what a certificate is, so that all that is read of it has the
 * type that it says.
 *
 * @throws NotValid
 */
export function checkClaims(payload: JsonObject): CertificatePayload {
	const { iss, iat, jti, erasure } = payload;
	const isCertificate =
		typeof iss === 'string' &&
		typeof iat === 'number' &&
		isSecond(iat) &&
		typeof jti === 'string' &&
		isJsonObject(erasure);
	if (!isCertificate) throw notACertificate();
	if (erasure.version !== certificateVersion) {
		throw new NotValid('The certificate has a version that is not known here');
	}
	const { request, made, approved, amends, groups, notCovered, records, part, parts, unnamed } =
		erasure;
	const areWhole =
		isJsonObject(request) &&
		isText(request.reference) &&
		isOptionalText(request.received) &&
		areTexts(made, ['package', 'version', 'execution']) &&
		(approved === undefined || areTexts(approved, ['at', 'by'])) &&
		(amends === undefined || areTexts(amends, ['jti', 'sha256'])) &&
		isCounts(erasure.counts) &&
		(erasure.total === undefined || isCounts(erasure.total)) &&
		Array.isArray(groups) &&
		groups.every(isGroup) &&
		areMeanings(erasure.meanings) &&
		Array.isArray(notCovered) &&
		notCovered.every(isText) &&
		Array.isArray(records) &&
		records.every(isDigest) &&
		(part === undefined) === (parts === undefined) &&
		[part, parts, unnamed].every((number) => number === undefined || isCount(number)) &&
		(erasure.totalOf === undefined ||
			(Array.isArray(erasure.totalOf) && erasure.totalOf.every(isText)));
	if (!areWhole) throw notACertificate();
	if (erasure.test !== undefined) {
		throw new NotValid('The certificate was made in a test run, so it certifies nothing');
	}
	const certificate = payload as unknown as CertificatePayload;
	checkAgreement(certificate);
	return certificate;
}

const notACertificate = () =>
	new NotValid('The document is signed, but it is not an erasure certificate');

/** Numbers that contradict each other are a defect of whoever made it, and not to be relied on. */
function checkAgreement({ jti, erasure }: CertificatePayload): void {
	const { counts, total, groups, records, state, unnamed = 0 } = erasure;
	const sums = new Map<string, number>();
	for (const { outcome, count } of groups) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
	const agrees =
		outcomes.every((outcome) => (counts[outcome] ?? 0) === (sums.get(outcome) ?? 0)) &&
		[counts, ...(total === undefined ? [] : [total])].every(isSum) &&
		outcomes.every((outcome) => (counts[outcome] ?? 0) <= ((total ?? counts)[outcome] ?? 0)) &&
		counts.records === records.length &&
		unnamed <= counts.records &&
		new Set(groups.map(kindOf)).size === groups.length &&
		isOfOthers(jti, erasure);
	if (!agrees) {
		throw new NotValid('The numbers in the certificate do not agree with each other');
	}
	if (state !== stateOf(total ?? counts)) {
		throw new NotValid(`The certificate says "${state}", which its numbers do not bear out`);
	}
}

/** What the records of a group have in common: there is one group of each kind. */
function kindOf({ vendor, resource, was, ...standing }: Group): string {
	const words = [standing, ...(was === undefined ? [] : [was])].flatMap(
		({ outcome, evidence, reason = '' }) => [outcome, evidence, reason],
	);
	return JSON.stringify([vendor, resource, ...words]);
}

/** What there is of others goes together: parts, what is amended, and what is counted of them. */
function isOfOthers(
	jti: string,
	{ amends, part = 1, parts = 1, total, totalOf, groups }: ErasureClaims,
): boolean {
	const isAlone = amends === undefined && parts === 1;
	const counted = new Set(totalOf);
	return (
		(total === undefined) === isAlone &&
		(totalOf === undefined) === isAlone &&
		(isAlone || (counted.has(jti) && counted.size === totalOf?.length)) &&
		(amends !== undefined || isAlone || counted.size === parts) &&
		(amends === undefined || counted.has(amends.jti)) &&
		groups.every(({ was }) => (was === undefined) === (amends === undefined)) &&
		part >= 1 &&
		part <= parts
	);
}

function isSum(counts: Counts): boolean {
	return outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0) === counts.records;
}

/** What a disclosure of a record has to show; undefined for anything else. */
export function readRecord(value: unknown): CertifiedRecord | undefined {
	if (!isJsonObject(value) || !isStanding(value)) return undefined;
	const { vendor, resource, target, account, at, attempts, was } = value as JsonObject;
	const isRecord =
		isText(vendor) &&
		isText(resource) &&
		isJsonObject(target) &&
		Object.values(target).every(isText) &&
		isText(at) &&
		isOptionalText(account) &&
		isOptionalText(was) &&
		(attempts === undefined || isCount(attempts));
	return isRecord ? (value as unknown as CertifiedRecord) : undefined;
}

function isGroup(value: unknown): value is Group {
	if (!isJsonObject(value)) return false;
	const { was, count } = value;
	return (
		areTexts(value, ['vendor', 'resource', 'first', 'last']) &&
		isStanding(value) &&
		(was === undefined || isStanding(was)) &&
		isCount(count)
	);
}

function isStanding(value: unknown): value is Standing {
	if (!isJsonObject(value)) return false;
	const { outcome, evidence, reason } = value;
	return (
		outcomes.includes(outcome as Outcome) &&
		isText(evidence) &&
		reasonsFor(outcome as Outcome, evidence) !== undefined &&
		(reason === undefined || (typeof reason === 'string' && code.test(reason)))
	);
}

/** A later version may know more codes, but none of them is a number or a sentence. */
const code = /^[A-Za-z]{1,40}$/;

/** Seconds since 1970 until the end of the year 9999, so that it can be written as a date. */
function isSecond(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0 && value <= 253_402_300_799;
}

function isDigest(value: unknown): boolean {
	return isJsonObject(value) && isText(value['...']);
}

function areMeanings(value: unknown): boolean {
	return (
		isJsonObject(value) &&
		['state', 'outcomes', 'evidence', 'reasons'].every((kind) => {
			const words = value[kind];
			return isJsonObject(words) && Object.values(words).every(isText);
		})
	);
}

const countNames: ReadonlySet<string> = new Set(['records', ...outcomes]);

function isCounts(value: unknown): value is Counts {
	return (
		isJsonObject(value) &&
		Object.keys(value).every((name) => countNames.has(name)) &&
		isCount(value.records) &&
		Object.values(value).every(isCount)
	);
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isOptionalText(value: unknown): value is string | undefined {
	return value === undefined || typeof value === 'string';
}

function areTexts(value: unknown, names: readonly string[]): boolean {
	return isJsonObject(value) && names.every((name) => isText(value[name]));
}
