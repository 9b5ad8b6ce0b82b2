import type { Evidence, Outcome, ReasonCode } from '../outcome';

/** `typ` of a certificate's header: what it is, so that it is taken for nothing else (RFC 9901). */
export const documentType = 'erasure-certificate+sd-jwt';

export const certificateVersion = 1;

/** More records make several certificates: one of this size has about 400 kB. */
export const mostRecords = 5000;

/** What happened to a record, and how that is known. */
export interface Standing {
	readonly outcome: Outcome;
	readonly evidence: Evidence;
	readonly reason?: ReasonCode;
}

/** Records of a kind that ended in the same way. */
export interface Group extends Standing {
	readonly vendor: string;
	readonly resource: string;
	readonly count: number;
	/** When the first and the last of them was settled: ISO 8601, UTC. */
	readonly first: string;
	readonly last: string;
	/** In a certificate that amends another: what that one says of them. */
	readonly was?: Standing;
}

export type Counts = { readonly records: number } & { readonly [O in Outcome]?: number };

/** Nothing open is left, or something is. */
export type State = 'final' | 'open';

export interface Meanings {
	readonly state: Readonly<Record<string, string>>;
	readonly outcomes: Readonly<Record<string, string>>;
	readonly evidence: Readonly<Record<string, string>>;
	readonly reasons: Readonly<Record<string, string>>;
	/** Missing where nothing is `unnamed`. */
	readonly unnamed?: Readonly<Record<string, string>>;
}

/** The earlier certificate that one amends. */
export interface Amends {
	readonly jti: string;
	/** SHA-256 of the certificate up to its first `~`, in hexadecimal digits. */
	readonly sha256: string;
}

export interface ErasureClaims {
	readonly version: typeof certificateVersion;
	/** Made in a test run: certifies nothing, and is not signed. */
	readonly test?: true;
	readonly request: {
		readonly reference: string;
		/** ISO 8601, UTC. */
		readonly received?: string;
		/** The digest of the subject, if one was given. */
		readonly _sd?: readonly string[];
	};
	readonly made: {
		readonly package: string;
		readonly version: string;
		readonly execution: string;
	};
	readonly approved?: { readonly at: string; readonly by: string };
	/** Of all parts, and with what is amended. */
	readonly state: State;
	readonly part?: number;
	readonly parts?: number;
	readonly amends?: Amends;
	/** Of the records in this certificate. */
	readonly counts: Counts;
	/**
	 * Of all parts, and of whatever is amended here, after that: the records of every first certificate
	 * of `totalOf`, by the last word that those certificates have on each. Missing where `counts` says it.
	 */
	readonly total?: Counts;
	/** The certificates that `total` takes into account, this one among them, by their `jti`; sorted. */
	readonly totalOf?: readonly string[];
	/** How many of `counts` name no record, so that two of them may be of the same; missing for none. */
	readonly unnamed?: number;
	readonly groups: readonly Group[];
	readonly meanings: Meanings;
	readonly notCovered: readonly string[];
	/** One digest a record, sorted, so that their order tells nothing. */
	readonly records: ReadonlyArray<{ readonly '...': string }>;
}

export interface CertificatePayload {
	/** The issuer's address, at which it publishes its keys. */
	readonly iss: string;
	/** Seconds since 1970. */
	readonly iat: number;
	readonly jti: string;
	readonly _sd_alg: 'sha-256';
	readonly erasure: ErasureClaims;
}

/** What a record's disclosure shows. */
export interface CertifiedRecord extends Standing {
	readonly vendor: string;
	readonly resource: string;
	readonly target: Readonly<Record<string, string>>;
	readonly account?: string;
	readonly at: string;
	readonly attempts?: number;
	/** In a certificate that amends another: the record's digest in that one. */
	readonly was?: string;
}
