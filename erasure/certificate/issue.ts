import { createHash, randomUUID } from 'node:crypto';

import { discloseElement, discloseMember, type Disclosure } from './disclosure';
import { countsOf, groupsOf, stateOf, sumOf, type Grouped } from './groups';
import { signJws } from './jws';
import type { SigningKey } from './key';
import { meaningsOf } from './meanings';
import {
	documentType,
	certificateVersion,
	mostRecords,
	type Amends,
	type CertificatePayload,
	type CertifiedRecord,
	type Counts,
	type ErasureClaims,
} from './payload';

/** What is said in a certificate, apart from the records. */
export interface Particulars {
	/** The issuer's address. */
	readonly issuer: string;
	/** Missing in a test run: nothing is signed then. */
	readonly key?: SigningKey;
	readonly issuedAt: Date;
	readonly reference: string;
	/** When the request came: ISO 8601, UTC. */
	readonly received?: string;
	/** Whom it is about; in no certificate but as a digest. */
	readonly subject?: string;
	readonly approved?: { readonly at: string; readonly by: string };
	readonly notCovered: readonly string[];
	readonly made: ErasureClaims['made'];
}

/** A record to be certified. */
export interface Entry extends Grouped {
	/** The input item that it came from. */
	readonly itemIndex: number;
	/** Set where the receipt names no record. */
	readonly unnamed?: true;
}

export interface DisclosedRecord {
	readonly disclosure: Disclosure;
	readonly record: CertifiedRecord;
	readonly itemIndex: number;
}

export interface Certificate {
	/** `<JWS>~`; undefined in a test run. */
	readonly text: string | undefined;
	/** SHA-256 of the JWS, by which a later certificate names this one. */
	readonly sha256: string | undefined;
	readonly payload: CertificatePayload;
	/** In the order of the input. */
	readonly records: readonly DisclosedRecord[];
	readonly subject: Disclosure | undefined;
}

/** What has changed of the records of one earlier certificate. */
export interface Change {
	readonly amends: Amends;
	readonly entries: readonly Entry[];
}

/** What later certificates say of earlier ones of the same request, all together. */
export interface Amendment {
	readonly changes: readonly Change[];
	/** Of all records of the earlier certificates, after these changes. */
	readonly total: Counts;
	/** The earlier certificates that this takes into account, by their `jti`. */
	readonly totalOf: readonly string[];
}

/** Issues the certificates for the records of one request: several, where there are many. */
export function issue(particulars: Particulars, entries: readonly Entry[]): Certificate[] {
	const drafts = draftsOf(entries);
	const isOne = drafts.length === 1;
	const total = sumOf(drafts.map(({ counts }) => counts));
	const all = isOne ? { total } : { total, totalOf: drafts.map(({ jti }) => jti) };
	return drafts.map((draft) => finish(particulars, draft, all));
}

/** Issues the certificates that amend earlier ones: at least one for each that something has changed of. */
export function issueAmendment(
	particulars: Particulars,
	{ changes, total, totalOf }: Amendment,
): Certificate[] {
	const drafts = changes.flatMap(({ amends, entries }) =>
		draftsOf(entries).map((draft) => ({ ...draft, amends })),
	);
	const all = { total, totalOf: [...totalOf, ...drafts.map(({ jti }) => jti)] };
	return drafts.map((draft) => finish(particulars, draft, all));
}

interface DraftRecord extends Entry {
	readonly order: number;
	readonly disclosure: Disclosure;
}

/** A certificate without what it says of others. */
interface Draft {
	readonly jti: string;
	/** In the order of their digests. */
	readonly records: readonly DraftRecord[];
	readonly counts: Counts;
	readonly part: number;
	readonly parts: number;
	readonly amends?: Amends;
}

function draftsOf(entries: readonly Entry[]): Draft[] {
	const disclosed = entries.map((entry, order) => ({
		...entry,
		order,
		disclosure: discloseElement(entry.record),
	}));
	// Which record is in which part must tell no more of the input's order than the digests do.
	const sorted = [...disclosed].sort((a, b) =>
		a.disclosure.digest < b.disclosure.digest ? -1 : 1,
	);
	const parts = Math.ceil(sorted.length / mostRecords);
	return Array.from({ length: parts }, (_, index) => {
		const records = sorted.slice(index * mostRecords, (index + 1) * mostRecords);
		const counts = countsOf(records.map(({ record }) => record));
		return { jti: randomUUID(), records, counts, part: index + 1, parts };
	});
}

function finish(
	particulars: Particulars,
	draft: Draft,
	all: { readonly total: Counts; readonly totalOf?: readonly string[] },
): Certificate {
	const { key } = particulars;
	const subject =
		particulars.subject === undefined ? undefined : discloseMember('subject', particulars.subject);
	const payload: CertificatePayload = {
		iss: particulars.issuer,
		iat: Math.floor(particulars.issuedAt.getTime() / 1000),
		jti: draft.jti,
		_sd_alg: 'sha-256',
		erasure: claimsOf(particulars, draft, all, subject),
	};
	const records = [...draft.records].sort((a, b) => a.order - b.order);
	return { ...signed(payload, key), payload, records, subject };
}

function claimsOf(
	{ key, reference, received, approved, made, notCovered }: Particulars,
	{ records, counts, part, parts, amends }: Draft,
	{ total, totalOf }: { readonly total: Counts; readonly totalOf?: readonly string[] },
	subject: Disclosure | undefined,
): ErasureClaims {
	const groups = groupsOf(records);
	const state = stateOf(total);
	const unnamed = records.filter((record) => record.unnamed === true).length;
	return {
		version: certificateVersion,
		...(key === undefined ? { test: true } : {}),
		request: {
			reference,
			...(received === undefined ? {} : { received }),
			...(subject === undefined ? {} : { _sd: [subject.digest] }),
		},
		made,
		...(approved === undefined ? {} : { approved }),
		state,
		...(parts === 1 ? {} : { part, parts }),
		...(amends === undefined ? {} : { amends }),
		counts,
		...(totalOf === undefined ? {} : { total, totalOf: [...totalOf].sort() }),
		...(unnamed === 0 ? {} : { unnamed }),
		groups,
		meanings: meaningsOf(state, groups, unnamed),
		notCovered,
		records: records.map(({ disclosure }) => ({ '...': disclosure.digest })),
	};
}

function signed(
	payload: CertificatePayload,
	key: SigningKey | undefined,
): Pick<Certificate, 'text' | 'sha256'> {
	if (key === undefined) return { text: undefined, sha256: undefined };
	const jws = signJws({ typ: documentType }, { ...payload }, key);
	return { text: `${jws}~`, sha256: sha256Of(jws) };
}

/** Of what was signed, up to the first `~`: `printf %s "${certificate%%~*}" | sha256sum`. */
export function sha256Of(issuerSigned: string): string {
	return createHash('sha256').update(issuerSigned, 'latin1').digest('hex');
}
