import type { Certificate } from './issue';
import type { CertificatePayload } from './payload';

/** What the node's first output says of a certificate, so that no one has to take it apart. */
export type Summary = Record<string, unknown>;

export function summaryOf(
	{ text, sha256, payload }: Certificate,
	kid: string | undefined,
): Summary {
	if (text === undefined) {
		return { test: true, ...claimsInShort(payload), document: payload };
	}
	return { certificate: text, ...claimsInShort(payload), kid, sha256 };
}

/** The same for a certificate that was verified. */
export function claimsInShort({ iss, iat, jti, erasure }: CertificatePayload): Summary {
	const { request, state, part, parts, amends, approved, counts, total, totalOf, groups } = erasure;
	const all = {
		reference: request.reference,
		received: request.received,
		state,
		counts,
		total,
		totalOf,
		unnamed: erasure.unnamed,
		groups,
		part,
		parts,
		amends,
		approved,
		notCovered: erasure.notCovered,
		issuer: iss,
		issuedAt: new Date(iat * 1000).toISOString(),
		jti,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
