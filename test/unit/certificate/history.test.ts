import { describe, expect, test } from '@jest/globals';

import { issue, issueAmendment, type Certificate } from '../../../erasure/certificate/issue';
import { entriesOf, NotIssued } from '../../../erasure/certificate/records';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import { amend, receiptOf, standings } from './histories';
import { certify, given, particulars, presented, receipt } from './receipts';

describe('Of two first certificates of one request', () => {
	const [c1] = certify([receiptOf(1, standings[2]!), receiptOf(2, standings[4]!)]);
	const [c2] = certify([receiptOf(3, standings[2]!)]);
	const gone = standings[1]!;

	test('the state is open as long as anything of either is', () => {
		const [first] = amend([c1!, c2!], [receiptOf(3, gone)]);
		expect(first?.payload.erasure).toMatchObject({
			state: 'open',
			total: { records: 3, accepted: 1, failed: 1, deleted: 1 },
		});
		const rest = amend([c1!, c2!, first!], [receiptOf(1, gone), receiptOf(2, gone)]);
		expect(rest.map(({ payload }) => payload.erasure)).toMatchObject([
			{ state: 'final', total: { records: 3, deleted: 3 } },
		]);
	});

	test('amended together, each counts the other', () => {
		const both = amend([c1!, c2!], [receiptOf(1, gone), receiptOf(2, gone), receiptOf(3, gone)]);
		expect(both.map(({ payload }) => payload.erasure.state)).toEqual(['final', 'final']);
		const [, one] = amend([c1!, c2!, ...both], [receiptOf(1, gone), receiptOf(3, standings[5]!)]);
		expect(one).toBeUndefined();
	});
});

describe('A change that a total counts and another certificate made again', () => {
	const accepted = standings[2]!;
	const gone = standings[1]!;
	const [c1] = certify([receiptOf(1, accepted), receiptOf(2, accepted)]);
	const [c2] = certify([receiptOf(3, accepted)]);
	const [a1] = amend([c1!], [receiptOf(1, gone)]);
	const forked = amend([c1!, c2!], [receiptOf(1, gone), receiptOf(3, standings[5]!)]);
	const ofOther = forked.find(({ payload }) => payload.erasure.amends?.jti === c2!.payload.jti);
	const [unsettled] = amend([c1!], [receiptOf(1, standings[5]!)]);
	const [chained] = amend([c1!, unsettled!], [receiptOf(1, gone)]);
	const settled = [receiptOf(3, gone), receiptOf(1, gone)];

	test.each<[string, readonly Certificate[]]>([
		['without the one that both amend', [a1!, ofOther!]],
		['the other way round', [ofOther!, a1!]],
		['by a chain of them', [chained!, a1!, c2!]],
	])('is not counted twice: %s', (_, certificates) => {
		expect(() => amend(certificates, settled)).toThrow(NotIssued);
		expect(() => amend(certificates, settled)).toThrow(/^The certificate \S+ is missing, which/);
	});

	test('counts once, if one of the two is left out and all others are given', () => {
		expect(amend([c1!, c2!, ...forked], settled)).toMatchObject([
			{ payload: { erasure: { state: 'open', total: { records: 3, deleted: 2, accepted: 1 } } } },
		]);
	});
});

describe('A record that certificates count twice', () => {
	const accepted = standings[2]!;
	const gone = standings[1]!;
	const [c1] = certify([receiptOf(1, gone), receiptOf(2, accepted)]);
	const [c2] = certify([receiptOf(1, gone)]);
	const call = { vendor: 'creovai', deleted: false, outcome: 'accepted', evidence: 'accepted' };
	const account = (digit: string) => ({ account: digit.repeat(16) });
	const sameTwice = (target: object) => receipt(1, { ...call, target });

	test('is turned down, whichever receipts are given', () => {
		expect(() => amend([c1!, c2!], [receiptOf(2, gone)])).toThrow(NotIssued);
		expect(() => amend([c1!, c2!], [receiptOf(2, gone)])).toThrow(
			`The certificates ${c1!.payload.jti} and ${c2!.payload.jti} count the same record. Amend them one at a time`,
		);
		expect(amend([c1!], [receiptOf(2, gone)])).toMatchObject([
			{ payload: { erasure: { state: 'final', total: { records: 2, deleted: 2 } } } },
		]);
	});

	test('is turned down where only a link shows it', () => {
		const [byBoth] = certify([sameTwice({ callId: 'c1', sessionId: 's1' })]);
		const [bySession] = certify([sameTwice({ sessionId: 's1' }), receiptOf(2, accepted)]);
		expect(() => amend([byBoth!, bySession!], [receiptOf(2, gone)])).toThrow(
			/ count the same record\. Amend them one at a time$/,
		);
	});

	test('or may be', () => {
		const [ofTwo] = certify(
			['a', 'b'].map((digit) => ({ ...receiptOf(1, accepted), ...account(digit) })),
		);
		const [ofNone] = certify([receiptOf(1, accepted), receiptOf(2, accepted)]);
		expect(() => amend([ofTwo!, ofNone!], [receiptOf(2, gone)])).toThrow(
			/ may count the same record: .* Amend them one at a time$/,
		);
	});

	test('by one certificate, as a receipt shows that names it by both IDs', () => {
		const [first] = certify([sameTwice({ callId: 'c1' }), sameTwice({ sessionId: 's1' })]);
		const linking = receipt(1, { vendor: 'creovai', target: { callId: 'c1', sessionId: 's1' } });
		expect(() => amend([first!], [linking])).toThrow(
			`The receipt in item 0 shows that two records of the certificate ${first!.payload.jti} are one and the same. Leave Amends empty and give all receipts of the request`,
		);
	});
});

describe('Turned down', () => {
	const [c1] = certify([receiptOf(1, standings[2]!), receiptOf(2, standings[4]!)]);
	const gone = standings[1]!;
	const [a1] = amend([c1!], [receiptOf(1, gone)]);
	const [a1again] = amend([c1!], [receiptOf(1, gone)]);
	const [a2] = amend([c1!, a1!], [receiptOf(2, gone)]);
	const number = (certificate: Certificate | undefined) => certificate?.payload.jti ?? '';

	test.each<[string, () => unknown, () => string]>([
		[
			'one that a later one takes into account is missing',
			() => amend([c1!, a2!], [receiptOf(2, gone)]),
			() =>
				`The certificate ${number(a1)} is missing, which certificate ${number(a2)} takes into account`,
		],
		[
			'two that amended the same record without knowing of each other',
			() => amend([c1!, a1!, a1again!], [receiptOf(2, gone)]),
			() =>
				`The certificates ${number(a1)} and ${number(a1again)} both amend the same record of an earlier one`,
		],
		[
			'a later one without its disclosures',
			() =>
				amend([c1!, a1!], [receiptOf(2, gone)], (certificate) =>
					certificate === a1 ? (a1.text ?? '') : presented(certificate),
				),
			() => `Of the certificate ${number(a1)}, 0 of 1 disclosures were given`,
		],
		[
			'a record that two first certificates count',
			() => {
				const [other] = certify([receiptOf(1, standings[5]!)]);
				return amend([c1!, other!], [receiptOf(1, gone)]);
			},
			() => 'count the same record. Amend them one at a time',
		],
		[
			'numbers that contradict each other',
			() => {
				const [wrong] = issueAmendment(particulars, {
					changes: [
						{
							amends: { jti: number(c1), sha256: c1!.sha256 ?? '' },
							entries: a1!.records.map(({ record }) => ({
								record,
								was: { outcome: 'unknown', evidence: 'none' },
								itemIndex: 0,
							})),
						},
					],
					total: { records: 2, deleted: 2 },
					totalOf: [number(c1)],
				});
				return amend([c1!, wrong!], [receiptOf(2, gone)]);
			},
			() => 'contradict those of the others to amend',
		],
		[
			'a receipt that may be of several records',
			() => {
				const call = {
					vendor: 'creovai',
					deleted: false,
					outcome: 'accepted',
					evidence: 'accepted',
				};
				const [both] = certify(
					['c1', 'c2'].map((callId) => receipt(1, { ...call, target: { callId, sessionId: 's' } })),
				);
				return amend([both!], [receipt(1, { vendor: 'creovai', target: { sessionId: 's' } })]);
			},
			() => 'The receipt in item 0 may be of several records',
		],
	])('%s', (_, work, why) => {
		expect(work).toThrow(NotIssued);
		expect(work).toThrow(why());
	});

	test('and the way out of each works', () => {
		expect(amend([c1!, a1!, a2!], [receiptOf(2, gone)])).toEqual([]);
		expect(amend([c1!, a1again!], [receiptOf(2, gone)])).toMatchObject([
			{ payload: { erasure: { state: 'final', total: { records: 2, deleted: 2 } } } },
		]);
		const [c2] = certify([receiptOf(3, standings[2]!)]);
		expect(amend([a2!, c2!], [receiptOf(3, standings[5]!)])).toMatchObject([
			{ payload: { erasure: { state: 'open', total: { records: 3, deleted: 2, unknown: 1 } } } },
		]);
		const [alone] = amend([a2!], [receiptOf(2, standings[5]!)]);
		expect(alone?.payload.erasure).toMatchObject({
			state: 'open',
			total: { records: 2, deleted: 1, unknown: 1 },
		});
	});
});

test('a record keeps its identity when a later receipt names it by more, or by less', () => {
	const both = { callId: 'c1', sessionId: 's1' };
	const open = { deleted: false, outcome: 'accepted', evidence: 'accepted', vendor: 'creovai' };
	const gone = { vendor: 'creovai', evidence: 'rechecked', account: '0123456789abcdef' };
	for (const [before, after] of [
		[{ callId: 'c1' }, both],
		[both, { sessionId: 's1' }],
		[{ ...both, phoneNumber: '****34' }, both],
	] as const) {
		const first = issue(
			particulars,
			entriesOf(given(receipt(1, { ...open, target: before })), recordKinds),
		);
		expect(amend(first, [receipt(1, { ...gone, target: after })])).toMatchObject([
			{ payload: { erasure: { state: 'final', total: { records: 1, deleted: 1 } } } },
		]);
	}
});
