/** Histories of certificates of one request, whatever was issued, rechecked and amended in whatever order. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { isOpen } from '../../../erasure/certificate/groups';
import type { Certificate } from '../../../erasure/certificate/issue';
import type { CertifiedRecord } from '../../../erasure/certificate/payload';
import { NotIssued } from '../../../erasure/certificate/records';
import { verifyCertificate } from '../../../erasure/certificate/verify';
import { amend, later, receiptOf, standings, type Stand } from './histories';
import { certify, key, presented } from './receipts';

/** What a verifier with all disclosures counts: each record that no later one amends, by digest. */
function countedBy(certificates: readonly Certificate[]): Map<string, CertifiedRecord> {
	const shown = new Map<string, CertifiedRecord>();
	const amended = new Set<string>();
	for (const certificate of certificates) {
		const { amends } = certificate.payload.erasure;
		const earlier = certificates.find(({ payload }) => payload.jti === amends?.jti);
		const result = verifyCertificate({
			certificate: presented(certificate),
			disclosures: [],
			...(earlier === undefined
				? {}
				: { amended: { certificate: presented(earlier), disclosures: [] } }),
			keys: [key],
			now: Date.now() + 1e12,
		});
		if (!result.valid) throw new Error(result.reason);
		for (const { digest, was, before, ...record } of result.records) {
			expect(before === undefined).toBe(earlier === undefined);
			shown.set(digest, record);
			if (was !== undefined) amended.add(was);
		}
	}
	for (const digest of amended) shown.delete(digest);
	return shown;
}

/** What a certificate says of all that it takes into account is what those say, and nothing is below zero. */
function checkTotal(certificate: Certificate, all: readonly Certificate[]): void {
	const { erasure, jti } = certificate.payload;
	const { state, total = erasure.counts, totalOf = [jti] } = erasure;
	const counted = all.filter(({ payload }) => totalOf.includes(payload.jti));
	expect(counted).toHaveLength(totalOf.length);
	const records = [...countedBy(counted).values()];
	const expected = new Map<string, number>();
	for (const { outcome } of records) expected.set(outcome, (expected.get(outcome) ?? 0) + 1);
	expect(total).toEqual({ records: records.length, ...Object.fromEntries(expected) });
	for (const count of Object.values(total)) expect(count).toBeGreaterThanOrEqual(0);
	const isLeft = records.some(({ outcome }) => isOpen(outcome));
	expect(state).toBe(isLeft ? 'open' : 'final');
}

const standing = fc.constantFrom(...standings);
const rarely = fc.nat(9).map((number) => number === 0);
const some = fc.array(fc.nat(4), { minLength: 1, maxLength: 3 });

type Step =
	/** Of records that have no certificate yet, unless it is careless. */
	| { readonly kind: 'issue'; readonly records: readonly number[]; readonly isCareless: boolean }
	| {
			readonly kind: 'settle';
			readonly record: number;
			readonly standing: Stand;
	  }
	| {
			readonly kind: 'amend';
			/** Which certificates are given: all, or those whose place is in this list. */
			readonly given: 'all' | readonly number[];
			readonly records: readonly number[];
			/** What a look has shown of them since. */
			readonly standing: Stand;
			/** The certificate whose disclosures are left out. */
			readonly hides?: number | undefined;
	  };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constant('issue' as const), records: some, isCareless: rarely }),
	fc.record({ kind: fc.constant('settle' as const), record: fc.nat(4), standing }),
	fc.record({
		kind: fc.constant('amend' as const),
		given: fc.oneof(
			{ weight: 2, arbitrary: fc.constant('all' as const) },
			fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
		),
		records: some,
		hides: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.nat(4)),
		standing: fc.oneof({ weight: 2, arbitrary: fc.constant(standings[1]!) }, standing),
	}),
);

test('whatever was issued and amended: final with nothing open, no count below zero, and as a verifier counts', () => {
	let amended = 0;
	let final = 0;
	fc.assert(
		fc.property(
			fc.array(standing, { minLength: 5, maxLength: 5 }),
			fc.array(step, { minLength: 4, maxLength: 14 }),
			(first, steps) => {
				const now = [...first];
				const all: Certificate[] = [];
				const certified = new Set<number>();
				for (const one of steps) {
					if (one.kind === 'settle') {
						now[one.record] = one.standing;
						continue;
					}
					const isCareless = one.kind === 'issue' && one.isCareless;
					const records = [...new Set(one.records)].filter(
						(record) => isCareless || certified.has(record) === (one.kind === 'amend'),
					);
					if (records.length === 0) continue;
					for (const record of records) {
						certified.add(record);
						if (one.kind === 'amend') now[record] = one.standing;
					}
					const receipts = records.map((record) => receiptOf(record, now[record] ?? standings[0]!));
					let issued: Certificate[];
					if (one.kind === 'issue') issued = certify(receipts, { issuedAt: later(all) });
					else {
						const known =
							one.given === 'all' ? all : one.given.flatMap((place) => all[place] ?? []);
						if (known.length === 0) continue;
						const hidden = one.hides === undefined ? undefined : all[one.hides];
						try {
							issued = amend(known, receipts, (certificate) =>
								certificate === hidden ? (certificate.text ?? '') : presented(certificate),
							);
						} catch (error) {
							if (!(error instanceof NotIssued)) throw error;
							continue;
						}
						amended += issued.length;
					}
					all.push(...issued);
					for (const certificate of issued) {
						checkTotal(certificate, all);
						if (certificate.payload.erasure.amends && certificate.payload.erasure.state === 'final')
							final += 1;
					}
				}
			},
		),
		{ numRuns: 400 },
	);
	expect(amended).toBeGreaterThan(100);
	expect(final).toBeGreaterThan(10);
});

test('a verifier with all disclosures of many parts comes to the same counts', () => {
	const open = standings[2]!;
	const parts = certify(Array.from({ length: 5001 }, (_, index) => receiptOf(index, open)));
	for (const part of parts) checkTotal(part, parts);
	const changes = amend(
		parts,
		Array.from({ length: 20 }, (_, index) => receiptOf(index, standings[1]!)),
	);
	for (const change of changes) checkTotal(change, [...parts, ...changes]);
});
