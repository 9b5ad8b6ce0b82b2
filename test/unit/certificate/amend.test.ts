import { describe, expect, test } from '@jest/globals';

import { changesSince } from '../../../erasure/certificate/amend';
import { readEarlier, type EarlierCertificate } from '../../../erasure/certificate/earlier';
import { issueAmendment, type Certificate } from '../../../erasure/certificate/issue';
import { NotIssued, oneForEachRecord } from '../../../erasure/certificate/records';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import { verifyCertificate, type ToVerify } from '../../../erasure/certificate/verify';
import {
	accepted,
	altered,
	certify,
	certifyOne,
	given,
	issuedAt,
	key,
	particulars,
	presented,
	receipt,
	unknown,
} from './receipts';

const deleted = { evidence: 'rechecked', vendor: 'creovai', at: '2026-11-24T10:00:00.000Z' };

const earlier = certifyOne([
	receipt(1),
	receipt(2, accepted),
	receipt(3, accepted),
	receipt(4, unknown),
]);

const read = (certificate: Certificate): EarlierCertificate =>
	readEarlier(presented(certificate), [], key);

function amend(
	certificates: readonly EarlierCertificate[],
	receipts: readonly object[],
): Certificate[] {
	const last = oneForEachRecord(given(...receipts), recordKinds);
	return issueAmendment(
		{ ...particulars, issuedAt: new Date(issuedAt.getTime() + 86_400_000) },
		changesSince(certificates, last, recordKinds),
	);
}

function amendOne(receipts: readonly object[]): Certificate {
	const [certificate, ...others] = amend([read(earlier)], receipts);
	if (certificate === undefined || others.length > 0) throw new Error('Not exactly one');
	return certificate;
}

const verify = (text: string, changes: Partial<ToVerify> = {}) =>
	verifyCertificate({
		certificate: text,
		disclosures: [],
		keys: [key],
		now: Date.now() + 1e12,
		...changes,
	});

test('A record is told by its own identifiers, whatever it was found by', () => {
	const foundBy = { phoneNumber: '*********02', notation: 'as written' };
	const call = (id: string) => ({ target: { callId: id, sessionId: `s${id}`, ...foundBy } });
	const before = certifyOne([
		receipt(1, { ...accepted, ...call('1') }),
		receipt(2, { ...accepted, ...call('2') }),
	]);
	const [later] = amend([read(before)], [receipt(1, { ...deleted, ...call('1') })]);
	expect(later?.payload.erasure).toMatchObject({
		counts: { records: 1, deleted: 1 },
		total: { records: 2, deleted: 1, accepted: 1 },
		state: 'open',
	});
});

describe('A later certificate', () => {
	const later = amendOne([
		receipt(1),
		receipt(2, deleted),
		receipt(3, accepted),
		receipt(4, unknown),
	]);

	test('lists what changed, names the earlier one, and says what there is of all', () => {
		expect(later.payload.erasure).toMatchObject({
			amends: { jti: earlier.payload.jti, sha256: earlier.sha256 },
			counts: { records: 1, deleted: 1 },
			total: { records: 4, deleted: 2, accepted: 1, unknown: 1 },
			state: 'open',
			groups: [
				{
					vendor: 'creovai',
					outcome: 'deleted',
					evidence: 'rechecked',
					count: 1,
					was: { outcome: 'accepted', evidence: 'accepted' },
				},
			],
		});
		expect(Object.keys(later.payload.erasure.meanings.outcomes)).toEqual(['accepted', 'deleted']);
	});

	test('shows the holder of one disclosure how that record went from accepted to deleted', () => {
		const [one] = later.records;
		const old = earlier.records.find(({ record }) => record.target.callId === 'call_2');
		const result = verify(later.text ?? '', {
			disclosures: [one?.disclosure.text ?? ''],
			amended: { certificate: earlier.text, disclosures: [old?.disclosure.text ?? ''] },
		});
		expect(result).toMatchObject({
			valid: true,
			records: [
				{
					target: { callId: 'call_2' },
					outcome: 'deleted',
					was: old?.disclosure.digest,
					before: { outcome: 'accepted', evidence: 'accepted' },
				},
			],
		});
	});

	test('links nothing for anybody else', () => {
		const own = JSON.stringify(later.payload);
		for (const element of earlier.payload.erasure.records)
			expect(own).not.toContain(element['...']);
		expect(later.records[0]?.disclosure.digest).not.toBe(earlier.records[1]?.disclosure.digest);
	});

	test('is not taken for one that amends another', () => {
		const other = certifyOne([receipt(2, accepted)]);
		const result = verify(later.text ?? '', {
			amended: { certificate: other.text, disclosures: [] },
		});
		expect(result.valid ? 'valid' : result.reason).toMatch(/amends a different certificate/);
	});

	test('does not show a record that was not in the earlier one', () => {
		const { amends } = later.payload.erasure;
		const record = { ...later.records[0]!.record, was: 'x'.repeat(43) };
		const was = { outcome: 'accepted', evidence: 'accepted' } as const;
		const [made] = issueAmendment(particulars, {
			changes: [{ amends: amends!, entries: [{ record, was, itemIndex: 0 }] }],
			total: { records: 1, deleted: 1 },
			totalOf: [amends!.jti],
		});
		const result = verify(presented(made!), {
			amended: { certificate: earlier.text, disclosures: [] },
		});
		expect(result.valid ? 'valid' : result.reason).toMatch(
			/not in the certificate that is amended/,
		);
	});

	test('is final once nothing is open any more', () => {
		const now = { ...deleted, vendor: 'creovai' };
		const last = amendOne([
			receipt(2, now),
			receipt(3, now),
			receipt(4, { ...deleted, vendor: 'flyflow' }),
		]);
		expect(last.payload.erasure).toMatchObject({
			state: 'final',
			total: { records: 4, deleted: 4 },
		});
	});

	test('can be amended itself, and the latest word counts', () => {
		const next = amend(
			[read(earlier), read(later)],
			[receipt(2, { ...accepted, at: '2026-11-24T11:00:00.000Z' }), receipt(3, deleted)],
		);
		expect(next.map(({ payload: { erasure } }) => [erasure.amends?.jti, erasure.total])).toEqual([
			[earlier.payload.jti, { records: 4, deleted: 2, accepted: 1, unknown: 1 }],
			[later.payload.jti, { records: 4, deleted: 2, accepted: 1, unknown: 1 }],
		]);
	});
});

test('where nothing changed, nothing is issued', () => {
	expect(amend([read(earlier)], [receipt(1), receipt(2, accepted)])).toEqual([]);
});

test('parts are amended each by its own', () => {
	const receipts = Array.from({ length: 5001 }, (_, index) => receipt(index, accepted));
	const parts = certify(receipts).map(read);
	const all = amend(
		parts,
		receipts.map((_, index) => receipt(index, deleted)),
	);
	expect(all.map(({ payload: { erasure } }) => [erasure.counts.records, erasure.state])).toEqual([
		[5000, 'final'],
		[1, 'final'],
	]);
});

test('an older receipt has no word against a later certificate', () => {
	const at = (time: string) => ({ at: `2026-11-${time}:00:00.000Z`, vendor: 'creovai' });
	const gone = receipt(1, { ...at('20T10') });
	const back = receipt(1, {
		...unknown,
		reason: { code: 'stillThere', message: '' },
		...at('22T10'),
	});
	const first = certifyOne([gone]);
	const [later] = amend([read(first)], [back]);
	const both = [read(first), read(later!)];
	expect(() => amend(both, [gone])).toThrow(NotIssued);
	expect(() => amend(both, [gone])).toThrow(
		`The receipt in item 0 is of 2026-11-20T10:00:00.000Z, and the certificate ${later!.payload.jti} has a later one of its record, of 2026-11-22T10:00:00.000Z. Give the last receipt of each record`,
	);
	expect(amend(both, [back])).toEqual([]);
	expect(amend(both, [receipt(1, at('22T11'))])).toMatchObject([
		{ payload: { erasure: { state: 'final' } } },
	]);
});

describe('Turned down', () => {
	test.each<[string, () => unknown, RegExp]>([
		[
			'a record that is in no disclosure',
			() => amend([read(earlier)], [receipt(9)]),
			/^The record of the receipt in item 0 is not among the disclosures/,
		],
		[
			'without the disclosures',
			() => amend([readEarlier(earlier.text, [], key)], [receipt(1)]),
			/not among the disclosures/,
		],
		[
			'something else',
			() => readEarlier('abc', [], key),
			/^The certificate to amend cannot be read: .* missing\. Give/,
		],
		[
			'one that was changed',
			() => readEarlier(altered(earlier.text), [], key),
			/cannot be read: The signature does not match/,
		],
		[
			'what names no record, and has changed',
			() => {
				const vague = certifyOne([receipt(1, { ...unknown, target: {} })]);
				return amend([read(vague)], [receipt(1, { ...unknown, target: {}, outcome: 'failed' })]);
			},
			/does not name one record/,
		],
	])('%s', (_, work, why) => {
		expect(work).toThrow(why);
	});
});
