import { checkClaims, readRecord } from './claims';
import { digestOf } from './disclosure';
import type { Move } from './groups';
import { sha256Of } from './issue';
import { isSignedBy } from './jws';
import type { SigningKey } from './key';
import type { Amends, CertifiedRecord, Counts, ErasureClaims } from './payload';
import { NotIssued } from './records';
import { NotValid, processPayload, readSdJwt } from './sdJwt';

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
 * Reads a certificate that is to be amended.
 *
 * @param disclosures of this certificate, perhaps among those of others
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

function movesOf({ groups }: ErasureClaims): Move[] {
	return groups.flatMap(({ was, outcome, count }) =>
		was === undefined ? [] : [{ from: was.outcome, to: outcome, count }],
	);
}
