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

/** The certificate that is amended, and what there is of all its records after that. */
export interface Amendment {
	readonly amends: Amends;
	readonly total: Counts;
}

/** Issues the certificates for the records of one request: several, where there are many. */
export function issue(
	particulars: Particulars,
	entries: readonly Entry[],
	amendment?: Amendment,
): Certificate[] {
	const disclosed = entries.map((entry, order) => ({
		...entry,
		order,
		disclosure: discloseElement(entry.record),
	}));
	// Which record is in which part must tell no more of the input's order than the digests do.
	const sorted = [...disclosed].sort((a, b) =>
		a.disclosure.digest < b.disclosure.digest ? -1 : 1,
	);
	const parts: Array<typeof sorted> = [];
	for (let start = 0; start < sorted.length; start += mostRecords) {
		parts.push(sorted.slice(start, start + mostRecords));
	}
	const ofAll = sumOf(parts.map((part) => countsOf(part.map(({ record }) => record))));
	const total = amendment?.total ?? ofAll;
	return parts.map((part, index) => {
		const counts = countsOf(part.map(({ record }) => record));
		const groups = groupsOf(part);
		const state = stateOf(total);
		const subject =
			particulars.subject === undefined
				? undefined
				: discloseMember('subject', particulars.subject);
		const { received, approved, key } = particulars;
		const erasure: ErasureClaims = {
			version: certificateVersion,
			...(key === undefined ? { test: true } : {}),
			request: {
				reference: particulars.reference,
				...(received === undefined ? {} : { received }),
				...(subject === undefined ? {} : { _sd: [subject.digest] }),
			},
			made: particulars.made,
			...(approved === undefined ? {} : { approved }),
			state,
			...(parts.length === 1 ? {} : { part: index + 1, parts: parts.length }),
			...(amendment === undefined ? {} : { amends: amendment.amends }),
			counts,
			...(parts.length === 1 && amendment === undefined ? {} : { total }),
			groups,
			meanings: meaningsOf(state, groups),
			notCovered: particulars.notCovered,
			records: part.map(({ disclosure }) => ({ '...': disclosure.digest })),
		};
		const payload: CertificatePayload = {
			iss: particulars.issuer,
			iat: Math.floor(particulars.issuedAt.getTime() / 1000),
			jti: randomUUID(),
			_sd_alg: 'sha-256',
			erasure,
		};
		const records = [...part].sort((a, b) => a.order - b.order);
		return { ...signed(payload, key), payload, records, subject };
	});
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
