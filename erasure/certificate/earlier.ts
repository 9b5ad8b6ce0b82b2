import { checkClaims, readRecord } from './claims';
import { digestOf } from './disclosure';
import type { Move } from './groups';
import { sha256Of } from './issue';
import type { Jws } from './jws';
import type { VerifyingKey } from './key';
import type { Amends, CertifiedRecord, Counts, ErasureClaims } from './payload';
import { NotIssued } from './records';
import { NotValid, processPayload, readSdJwt } from './sdJwt';
import { checkSignature } from './signature';

/** A certificate that is to be amended, with the records that its disclosures show. */
export interface EarlierCertificate {
	readonly jti: string;
	readonly sha256: string;
	readonly reference: string;
	readonly counts: Counts;
	/** Of all certificates in `totalOf`. */
	readonly total: Counts;
	/** The certificates that `total` takes into account, this one among them. */
	readonly totalOf: readonly string[];
	/** The certificate that it amends itself, if it does, and how its records ended otherwise since. */
	readonly amends?: Amends;
	readonly moves: readonly Move[];
	/** Of all its records. */
	readonly digests: ReadonlySet<string>;
	readonly records: readonly DisclosedEarlier[];
}

/** A record that a disclosure shows. */
export interface DisclosedEarlier {
	readonly digest: string;
	readonly record: CertifiedRecord;
}

/**
 * Reads a certificate that is to be amended. What it says goes into a certificate that is signed, so
 * that nothing of it counts unless the same key signed it.
 *
 * @param disclosures of this certificate, perhaps among those of others
 * @param position among the certificates that are to be amended, counted from 1
 * @throws NotIssued
 */
export function readEarlier(
	text: string,
	disclosures: readonly string[],
	key: VerifyingKey,
	position = 1,
): EarlierCertificate {
	try {
		const { issuerSigned, jws, disclosures: attached } = readSdJwt(text.trim());
		checkKey(jws, key, position);
		checkSignature(jws, [key]);
		const { jti, erasure } = checkClaims(jws.payload);
		const own = new Set(erasure.records.map((element) => element['...']));
		const ofThis = [...new Set([...attached, ...disclosures])].filter((disclosure) =>
			own.has(digestOf(disclosure)),
		);
		const { elements } = processPayload(jws.payload, ofThis);
		return {
			jti,
			sha256: sha256Of(issuerSigned),
			reference: erasure.request.reference,
			counts: erasure.counts,
			total: erasure.total ?? erasure.counts,
			totalOf: erasure.totalOf ?? [jti],
			...(erasure.amends === undefined ? {} : { amends: erasure.amends }),
			moves: movesOf(erasure),
			digests: own,
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

/** It says nothing of what the certificate names as its key: that may be anybody's words. */
function checkKey({ header }: Jws, { kid }: VerifyingKey, position: number): void {
	if (header.kid === kid) return;
	throw new NotIssued(
		`Certificate ${position} in Amends was not signed with the key in the credentials (${kid}). Choose the credentials with which it was issued, or leave Amends empty and give all receipts of the request`,
	);
}

function movesOf({ groups }: ErasureClaims): Move[] {
	return groups.flatMap(({ was, outcome, count }) =>
		was === undefined ? [] : [{ from: was.outcome, to: outcome, count }],
	);
}
