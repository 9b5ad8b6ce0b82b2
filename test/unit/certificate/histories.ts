/** Certificates of one request, issued and amended one after the other. */
import { changesSince } from '../../../erasure/certificate/amend';
import { readEarlier } from '../../../erasure/certificate/earlier';
import {
	issueAmendment,
	type Amendment,
	type Certificate,
} from '../../../erasure/certificate/issue';
import type { Standing } from '../../../erasure/certificate/payload';
import { oneForEachRecord } from '../../../erasure/certificate/records';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import { given, issuedAt, key, particulars, presented, receipt } from './receipts';

/** How a record may stand. */
export type Stand = Standing & { readonly deleted?: boolean };

export const standings: readonly Stand[] = [
	{ outcome: 'deleted', evidence: 'confirmed', deleted: true },
	{ outcome: 'deleted', evidence: 'rechecked', deleted: true },
	{ outcome: 'accepted', evidence: 'accepted' },
	{ outcome: 'notFound', evidence: 'confirmed' },
	{ outcome: 'failed', evidence: 'none', reason: 'notDelivered' },
	{ outcome: 'unknown', evidence: 'none', reason: 'replyLost' },
	{ outcome: 'refused', evidence: 'none', reason: 'refusedByVendor' },
];

export function receiptOf(record: number, { reason, deleted = false, ...standing }: Stand) {
	const why = reason === undefined ? {} : { reason: { code: reason, message: '' } };
	return receipt(record, { vendor: 'creovai', deleted, ...standing, ...why });
}

export const later = (certificates: readonly Certificate[]) =>
	new Date(issuedAt.getTime() + certificates.length);

/** Amends those of the certificates that are given, all of them with what is given of their disclosures. */
export function amend(
	certificates: readonly Certificate[],
	receipts: readonly object[],
	shows: (certificate: Certificate) => string = presented,
): Certificate[] {
	const last = oneForEachRecord(given(...receipts), recordKinds);
	const earlier = certificates.map((certificate) => readEarlier(shows(certificate), [], key));
	const amendment: Amendment = changesSince(earlier, last, recordKinds);
	return issueAmendment({ ...particulars, issuedAt: later(certificates) }, amendment);
}
