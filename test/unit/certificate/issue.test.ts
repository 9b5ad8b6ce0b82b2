import { createHash } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { readJws } from '../../../erasure/certificate/jws';
import { complaintAboutReference } from '../../../erasure/certificate/reference';
import { accepted, certify, certifyOne, issuedAt, key, receipt, unknown } from './receipts';

describe('A certificate', () => {
	const certificate = certifyOne(
		[
			receipt(1),
			receipt(2),
			receipt(3, { evidence: 'rechecked' }),
			receipt(4, accepted),
			receipt(5, unknown),
		],
		{
			received: '2026-11-20T09:00:00.000Z',
			subject: 'Ada Example',
			approved: { at: '2026-11-21T09:00:00.000Z', by: 'privacy-office' },
		},
	);
	const jws = readJws(certificate.text.slice(0, -1));

	test('says what it is, by whom and when, and what happened to how many', () => {
		expect(jws?.header).toEqual({ alg: 'EdDSA', typ: 'erasure-certificate+sd-jwt', kid: key.kid });
		const { erasure, ...claims } = certificate.payload;
		expect(jws?.payload).toEqual(JSON.parse(JSON.stringify(certificate.payload)));
		expect(claims).toEqual({
			iss: 'https://privacy.example.com',
			iat: Math.floor(issuedAt.getTime() / 1000),
			jti: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
			_sd_alg: 'sha-256',
		});
		expect(erasure).toMatchObject({
			version: 1,
			request: { reference: 'DSR-2026-0017', received: '2026-11-20T09:00:00.000Z' },
			made: { package: 'n8n-nodes-call-erasure', version: '0.1.0', execution: '4711' },
			approved: { at: '2026-11-21T09:00:00.000Z', by: 'privacy-office' },
			state: 'open',
			counts: { records: 5, deleted: 3, accepted: 1, unknown: 1 },
			notCovered: [expect.any(String), expect.any(String)],
		});
		expect(erasure.groups).toEqual([
			{
				vendor: 'creovai',
				resource: 'call',
				outcome: 'accepted',
				evidence: 'accepted',
				count: 1,
				first: '2026-11-22T10:00:04.000Z',
				last: '2026-11-22T10:00:04.000Z',
			},
			expect.objectContaining({
				vendor: 'flyflow',
				outcome: 'deleted',
				evidence: 'confirmed',
				count: 2,
				first: '2026-11-22T10:00:01.000Z',
				last: '2026-11-22T10:00:02.000Z',
			}),
			expect.objectContaining({ outcome: 'deleted', evidence: 'rechecked', count: 1 }),
			expect.objectContaining({ outcome: 'unknown', reason: 'replyLost', count: 1 }),
		]);
	});

	test('says what each of its words means, and of no others', () => {
		const { meanings } = certificate.payload.erasure;
		expect(Object.keys(meanings.outcomes)).toEqual(['accepted', 'deleted', 'unknown']);
		expect(Object.keys(meanings.evidence)).toEqual(['accepted', 'confirmed', 'none', 'rechecked']);
		expect(Object.keys(meanings.reasons)).toEqual(['replyLost']);
		expect(Object.keys(meanings.state)).toEqual(['open']);
	});

	test('holds each record as a digest alone, in an order that tells nothing', () => {
		const digests = certificate.payload.erasure.records.map((element) => element['...']);
		expect(digests).toEqual([...digests].sort());
		expect([...digests].sort()).toEqual(
			certificate.records.map(({ disclosure }) => disclosure.digest).sort(),
		);
		const [first] = certificate.records;
		expect(JSON.parse(Buffer.from(first?.disclosure.text ?? '', 'base64url').toString())).toEqual([
			expect.stringMatching(/^[\w-]{22}$/),
			{
				vendor: 'flyflow',
				resource: 'call',
				target: { callId: 'call_1' },
				outcome: 'deleted',
				evidence: 'confirmed',
				at: '2026-11-22T10:00:01.000Z',
				attempts: 1,
			},
		]);
	});

	test('gives out its disclosures in the order of the input', () => {
		expect(certificate.records.map(({ record }) => record.target.callId)).toEqual([
			'call_1',
			'call_2',
			'call_3',
			'call_4',
			'call_5',
		]);
	});

	test('never has a salt twice, and never the same digest for the same record', () => {
		const salts = [certificate, certifyOne([receipt(1)]), certifyOne([receipt(1)])].flatMap(
			({ records }) =>
				records.map(({ disclosure: { text } }) => {
					const [salt] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string];
					return salt;
				}),
		);
		expect(new Set(salts).size).toBe(7);
	});

	test('is named by the SHA-256 of what was signed', () => {
		const signed = certificate.text.slice(0, -1);
		expect(certificate.sha256).toBe(createHash('sha256').update(signed).digest('hex'));
	});

	test('holds nothing of a disclosure that a user or a vendor wrote', () => {
		const [{ records } = { records: [] }] = certify([
			receipt(1, { ...unknown, itemReference: 'order 66', vendorResponse: { words: 'x' } }),
		]);
		const shown = Buffer.from(records[0]?.disclosure.text ?? '', 'base64url').toString();
		expect(shown).toContain('call_1');
		expect(shown).not.toMatch(/order 66|words|No reply came|512/);
	});
});

describe('Its state', () => {
	const deprecated = { deleted: false, outcome: 'deprecated', evidence: 'confirmed' };
	const notFound = { deleted: false, outcome: 'notFound', evidence: 'confirmed' };
	test('is final if nothing is open', () => {
		const all = [receipt(1), receipt(2, deprecated), receipt(3, notFound)];
		expect(certifyOne(all).payload.erasure.state).toBe('final');
	});

	const notErased = (outcome: string, code: string) => ({
		...unknown,
		outcome,
		reason: { code, message: '' },
	});
	test.each([
		['accepted', accepted],
		['unknown', unknown],
		['failed', notErased('failed', 'notDelivered')],
		['refused', notErased('refused', 'refusedByVendor')],
		['skipped', notErased('skipped', 'cancelled')],
	])('is open if a record is %s', (_, changes) => {
		const { erasure } = certifyOne([receipt(1), receipt(2, changes)]).payload;
		expect(erasure.state).toBe('open');
	});
});

describe('In a test run', () => {
	test('it is marked and not signed', () => {
		const { key: _, ...unsigned } = { key };
		const [certificate] = certify([receipt(1)], { ...unsigned, key: undefined } as object);
		expect(certificate?.text).toBeUndefined();
		expect(certificate?.payload.erasure.test).toBe(true);
		expect(certifyOne([receipt(1)]).payload.erasure.test).toBeUndefined();
	});
});

describe('More than 5,000 records', () => {
	test('make several certificates, each of which knows of all', () => {
		const receipts = Array.from({ length: 12_000 }, (_, index) =>
			receipt(index, index === 0 ? unknown : {}),
		);
		const certificates = certify(receipts);
		expect(certificates.map(({ payload: { erasure } }) => [erasure.part, erasure.parts])).toEqual([
			[1, 3],
			[2, 3],
			[3, 3],
		]);
		expect(certificates.map(({ payload }) => payload.erasure.counts.records)).toEqual([
			5000, 5000, 2000,
		]);
		for (const { payload } of certificates) {
			expect(payload.erasure.total).toEqual({ records: 12_000, deleted: 11_999, unknown: 1 });
			expect(payload.erasure.state).toBe('open');
		}
		const shown = certificates.flatMap(({ records }) => records.map(({ itemIndex }) => itemIndex));
		expect(shown.sort((a, b) => a - b)).toEqual(receipts.map((_, index) => index));
		// Cut by the order of the input, the first part would hold the first records.
		expect(certificates[0]?.records.some(({ itemIndex }) => itemIndex >= 5000)).toBe(true);
	});
});

describe('A reference', () => {
	test.each([
		'DSR-2026-0017',
		'20261125-001',
		'2026-11-25.42',
		'a',
		'42',
		'475974fa-6b42-4370-bb56-b5d845686bb5',
		'req_475974fa-6b42-4370-bb56-b5d845686bb5',
		createHash('sha256').update('x').digest('hex'),
		'urn:dsr:17',
	])('may be %s', (text) => {
		expect(complaintAboutReference(text)).toBeUndefined();
	});

	test.each([
		['', 'has to be'],
		['a b', 'has to be'],
		['ada@example.com', 'has to be'],
		['Ädä', 'has to be'],
		['a'.repeat(65), 'has to be'],
		['<b>', 'has to be'],
		['15125551234', 'phone number'],
		['512-555-1234', 'phone number'],
		['tel:5551234', 'phone number'],
		['1.512.555.1234', 'phone number'],
		['1--512--555--1234', 'phone number'],
		['1x512x555x1234', 'phone number'],
		['DSR-15125551234', 'phone number'],
		['2026-11-25-15125551234', 'phone number'],
		['0'.repeat(32), 'phone number'],
	])('may not be %j', (text, why) => {
		expect(complaintAboutReference(text)).toMatch(why);
	});
});
