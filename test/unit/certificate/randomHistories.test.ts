/** Histories of certificates of one request, whatever was issued, rechecked and amended in whatever order. */
import { describe, expect, test } from '@jest/globals';
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
const sometimes = fc.nat(4).map((number) => number === 0);

/** Which certificates are given: all, those whose place is in this list, or all but those. */
type Given = 'all' | { readonly only: readonly number[] } | { readonly without: readonly number[] };

type Step =
	/** Of records that have no certificate yet, unless it is careless. */
	| { readonly kind: 'issue'; readonly records: readonly number[]; readonly isCareless: boolean }
	| { readonly kind: 'settle'; readonly record: number; readonly standing: Stand }
	| {
			readonly kind: 'amend';
			readonly given: Given;
			/** Those whose receipts are given; the receipts of others are forgotten. */
			readonly records: readonly number[];
			/** What a look has shown of them since; undefined for what was known before. */
			readonly standing: Stand | undefined;
			/** Given too late: the receipts are those of before that. */
			readonly isLate: boolean;
			/** The certificate whose disclosures are left out. */
			readonly hides?: number | undefined;
	  };

/** @param records how many there are, at most */
function stepsOf(records: number): Record<Step['kind'], fc.Arbitrary<Step>> {
	const one = fc.nat(records - 1);
	const some = fc.array(one, { minLength: 1, maxLength: 3 });
	const places = fc.array(fc.nat(6), { minLength: 1, maxLength: 4 });
	return {
		issue: fc.record({ kind: fc.constant('issue' as const), records: some, isCareless: rarely }),
		settle: fc.record({ kind: fc.constant('settle' as const), record: one, standing }),
		amend: fc.record({
			kind: fc.constant('amend' as const),
			given: fc.oneof(
				{ weight: 2, arbitrary: fc.constant('all' as const) },
				{ weight: 1, arbitrary: fc.record({ only: places }) },
				{ weight: 2, arbitrary: fc.record({ without: places }) },
			),
			records: some,
			standing: fc.oneof(
				{ weight: 2, arbitrary: fc.constant(standings[1]!) },
				{ weight: 2, arbitrary: standing },
				fc.constant(undefined),
			),
			isLate: sometimes,
			hides: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.nat(4)),
		}),
	};
}

interface Settled {
	readonly standing: Stand;
	readonly at: string;
}

/** What is so of a request while its records are settled, certified and amended. */
class RequestOfRecords {
	readonly certificates: Certificate[] = [];

	private readonly certified = new Set<number>();

	private readonly past = new Map<number, Settled[]>();

	private now = Date.UTC(2026, 10, 22, 10);

	constructor(first: readonly Stand[]) {
		for (const [record, one] of first.entries()) this.settle(record, one);
	}

	/** @returns the certificates that come of it */
	take(step: Step): Certificate[] {
		if (step.kind === 'settle') {
			this.settle(step.record, step.standing);
			return [];
		}
		const isCareless = step.kind === 'issue' && step.isCareless;
		const records = [...new Set(step.records)].filter(
			(record) => isCareless || this.certified.has(record) === (step.kind === 'amend'),
		);
		if (records.length === 0) return [];
		const issued = step.kind === 'issue' ? this.issue(records) : this.amend(step, records);
		this.certificates.push(...issued);
		return issued;
	}

	private settle(record: number, one: Stand): void {
		this.now += 1000;
		const settled = { standing: one, at: new Date(this.now).toISOString() };
		this.past.set(record, [...(this.past.get(record) ?? []), settled]);
	}

	private issue(records: readonly number[]): Certificate[] {
		for (const record of records) this.certified.add(record);
		return certify(
			records.map((record) => this.receipt(record, -1)),
			{ issuedAt: later(this.certificates) },
		);
	}

	private amend(step: Step & { kind: 'amend' }, records: readonly number[]): Certificate[] {
		const all = this.certificates;
		const known = chosen(all, step.given);
		if (known.length === 0) return [];
		if (step.standing !== undefined) {
			for (const record of records) this.settle(record, step.standing);
		}
		const receipts = records.map((record) => this.receipt(record, step.isLate ? -2 : -1));
		const hidden = step.hides === undefined ? undefined : all[step.hides];
		return attempt(known, receipts, (certificate) =>
			certificate === hidden ? (certificate.text ?? '') : presented(certificate),
		);
	}

	/** @param place from the end: -1 for the last receipt of the record */
	private receipt(record: number, place: number): object {
		const past = this.past.get(record) ?? [];
		const { standing: stand, at } = past.at(place) ?? past[0]!;
		return { ...receiptOf(record, stand), at };
	}
}

function chosen(all: readonly Certificate[], given: Given): readonly Certificate[] {
	if (given === 'all') return all;
	return 'only' in given
		? given.only.flatMap((place) => all[place] ?? [])
		: all.filter((_, place) => !given.without.includes(place));
}

/** No word on a record makes way for an older one. */
function checkTimes(certificate: Certificate, all: readonly Certificate[]): void {
	const known = new Map(
		all.flatMap(({ records }) => records.map((one) => [one.disclosure.digest, one.record])),
	);
	for (const { record } of certificate.records) {
		const before = record.was === undefined ? undefined : known.get(record.was);
		if (before !== undefined) expect(before.at <= record.at).toBe(true);
	}
}

const free = stepsOf(5);
const few = stepsOf(3);

describe('whatever was issued and amended: final with nothing open, no count below zero, and as a verifier counts', () => {
	test.each<[string, number, fc.Arbitrary<readonly Step[]>, number]>([
		[
			'in whatever order',
			5,
			fc.array(fc.oneof(free.issue, free.settle, free.amend), { minLength: 4, maxLength: 14 }),
			300,
		],
		[
			'two of few records, with certificates and receipts that are forgotten or come late',
			3,
			fc
				.array(few.amend, { minLength: 3, maxLength: 8 })
				.map((steps): readonly Step[] => [
					{ kind: 'issue', records: [0, 1], isCareless: false },
					{ kind: 'issue', records: [2], isCareless: false },
					...steps,
				]),
			120,
		],
	])('%s', (_, records, steps, numRuns) => {
		let amended = 0;
		let final = 0;
		fc.assert(
			fc.property(
				fc.array(standing, { minLength: records, maxLength: records }),
				steps,
				(first, taken) => {
					const request = new RequestOfRecords(first);
					for (const one of taken) {
						for (const certificate of request.take(one)) {
							checkTotal(certificate, request.certificates);
							checkTimes(certificate, request.certificates);
							const { amends, state } = certificate.payload.erasure;
							if (amends === undefined) continue;
							amended += 1;
							if (state === 'final') final += 1;
						}
					}
				},
			),
			{ numRuns },
		);
		expect(amended).toBeGreaterThan(100);
		expect(final).toBeGreaterThan(10);
	});
});

test('whichever certificates are forgotten of a request that was amended side by side', () => {
	const [, gone, accepted, , , unknown] = standings as [Stand, Stand, Stand, Stand, Stand, Stand];
	const [f1] = certify([receiptOf(0, accepted), receiptOf(1, accepted)]);
	const [f2] = certify([receiptOf(2, accepted)]);
	const all = [f1!, f2!];
	const [a1] = amend([f1!], [receiptOf(0, gone)]);
	all.push(a1!, ...amend([f1!, f2!], [receiptOf(0, gone), receiptOf(2, unknown)]));
	const [b1] = amend([f1!], [receiptOf(0, unknown), receiptOf(1, gone)]);
	all.push(b1!, ...amend([f1!, b1!], [receiptOf(0, gone)]), ...amend([f2!], [receiptOf(2, gone)]));
	let issued = 0;
	for (let choice = 1; choice < 2 ** all.length; choice++) {
		const given = all.filter((_, place) => (choice >> place) % 2 === 1);
		for (const record of [0, 1, 2]) {
			for (const certificate of attempt(given, [receiptOf(record, standings[3]!)])) {
				checkTotal(certificate, [...all, certificate]);
				issued += 1;
			}
		}
	}
	expect(issued).toBeGreaterThan(20);
});

/** @returns nothing where it is turned down */
function attempt(...given: Parameters<typeof amend>): Certificate[] {
	try {
		return amend(...given);
	} catch (error) {
		if (error instanceof NotIssued) return [];
		throw error;
	}
}

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
