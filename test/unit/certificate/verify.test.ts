import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { verifyingKey } from '../../../erasure/certificate/key';
import { signJws } from '../../../erasure/certificate/jws';
import { verifyCertificate, type ToVerify } from '../../../erasure/certificate/verify';
import { askOthers, opensslVerifies, publishedPublicKey } from './others';
import {
	accepted,
	certify,
	certifyOne,
	issuedAt,
	key,
	presented,
	receipt,
	unknown,
} from './receipts';

const receipts = [receipt(1), receipt(2, accepted), receipt(3, unknown)];
const certificate = certifyOne(receipts, { subject: 'Ada Example' });

const verify = (text: string, changes: Partial<ToVerify> = {}) =>
	verifyCertificate({
		certificate: text,
		disclosures: [],
		keys: [key],
		now: issuedAt.getTime(),
		...changes,
	});

const alter = (text: string, place: number) =>
	text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);

describe('A certificate verifies', () => {
	test('alone, and shows no record', () => {
		expect(verify(certificate.text)).toEqual({
			valid: true,
			kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
			sha256: certificate.sha256,
			payload: JSON.parse(JSON.stringify(certificate.payload)) as unknown,
			records: [],
			subject: undefined,
		});
	});

	test('with one disclosure, and shows that record alone', () => {
		const [, second] = certificate.records;
		const text = second?.disclosure.text ?? '';
		const shown = [{ ...second?.record, digest: second?.disclosure.digest }];
		expect(verify(`${certificate.text}${text}~`)).toMatchObject({ valid: true, records: shown });
		expect(verify(certificate.text, { disclosures: [text] })).toMatchObject({ records: shown });
	});

	test('with all, and shows whom it is about', () => {
		const all = verify(presented(certificate));
		expect(all).toMatchObject({ valid: true, subject: 'Ada Example' });
		expect(all.valid && all.records).toHaveLength(3);
	});

	test('by that key among several', () => {
		const other = verifyingKey(generateKeyPairSync('ed25519').publicKey);
		expect(verify(certificate.text, { keys: [other, key] }).valid).toBe(true);
	});
});

describe('It does not verify', () => {
	const other = verifyingKey(generateKeyPairSync('ed25519').publicKey);
	const signed = (payload: object, header: object = {}) =>
		`${signJws({ typ: 'erasure-certificate+sd-jwt', ...header }, payload as never, key)}~`;
	const { payload } = certificate;
	const claims = (changes: object) =>
		signed({ ...payload, erasure: { ...payload.erasure, ...changes } });
	test.each<[string, string, RegExp, Partial<ToVerify>?]>([
		['nothing', '', /does not end with ~/],
		['half of it', certificate.text.slice(0, 300), /does not end with ~/],
		[
			'another key',
			certificate.text,
			/names the key .*, and the public key given is /,
			{ keys: [other] },
		],
		['another type', signed(payload, { typ: 'JWT' }), /another type/],
		['another algorithm', signed(payload, { alg: 'none' }), /not known/],
		['a header that has to be understood', signed(payload, { crit: ['b64'] }), /not known/],
		['no certificate', signed({ hello: 1 }), /not an erasure certificate/],
		['another version', claims({ version: 2 }), /a version that is not known/],
		['other counts', claims({ counts: { records: 3, deleted: 3 } }), /do not agree/],
		[
			'a digest more',
			claims({ records: [...payload.erasure.records, { '...': 'x' }] }),
			/do not agree/,
		],
		['a total of nobody knows which', claims({ total: payload.erasure.counts }), /do not agree/],
		[
			'a part of several, which does not count itself',
			claims({ part: 1, parts: 2, total: payload.erasure.counts, totalOf: ['x', 'y'] }),
			/do not agree/,
		],
		[
			'fewer in all than in this part',
			claims({
				part: 1,
				parts: 2,
				total: { records: 2, deleted: 1, unknown: 1 },
				totalOf: ['x', payload.jti],
			}),
			/do not agree/,
		],
		[
			'an earlier one, and nothing of what its records were',
			claims({
				amends: { jti: 'x', sha256: 'x' },
				total: payload.erasure.counts,
				totalOf: ['x', payload.jti],
			}),
			/do not agree/,
		],
		[
			'an outcome that is never known in that way',
			claims({ groups: payload.erasure.groups.map((group) => ({ ...group, evidence: 'none' })) }),
			/not an erasure certificate/,
		],
		['final, with open records', claims({ state: 'final' }), /says "final", which/],
		['groups that are none', claims({ groups: [{}] }), /not an erasure certificate/],
		['from the future', certificate.text, /in the future/, { now: issuedAt.getTime() - 3_600_000 }],
		[
			'with a disclosure of another one',
			certificate.text,
			/Disclosure 1 does not belong/,
			{ disclosures: [certifyOne([receipt(1)]).records[0]?.disclosure.text ?? ''] },
		],
		[
			'as one that amends, which it does not',
			certificate.text,
			/does not amend another one/,
			{ amended: { certificate: certificate.text, disclosures: [] } },
		],
	])('%s', (_, text, why, changes = {}) => {
		const result = verify(text, changes);
		expect(result.valid ? 'valid' : result.reason).toMatch(why);
	});

	const disclosures = presented(certificate).slice(certificate.text.length);

	test.each<[string, object]>([
		['at another vendor', { vendor: 'verba' }],
		['before its time', { first: '2026-11-23T10:00:00.000Z', last: '2026-11-23T10:00:00.000Z' }],
		['after its time', { first: '2026-11-21T10:00:00.000Z', last: '2026-11-21T10:00:00.000Z' }],
	])('with a record in another group: %s', (_, changes) => {
		const groups = payload.erasure.groups.map((group) => ({ ...group, ...changes }));
		const result = verify(claims({ groups }) + disclosures);
		expect(result.valid ? 'valid' : result.reason).toMatch(/in none of the groups/);
	});

	test('with more records of a group than it counts, and fewer of another', () => {
		const two = certifyOne([receipt(1), receipt(2, { vendor: 'creovai' })]);
		const groups = two.payload.erasure.groups.map((group, index) => ({
			...group,
			count: index * 2,
		}));
		const text = signed({ ...two.payload, erasure: { ...two.payload.erasure, groups } });
		const shows = (of: typeof two.records) =>
			verify(text + of.map(({ disclosure }) => `${disclosure.text}~`).join(''));
		const all = shows(two.records);
		expect(all.valid ? 'valid' : all.reason).toMatch(/not as many as/);
		// One alone is not too many of a group that counts two.
		const [, ...others] = two.payload.erasure.groups;
		const fitting = two.records.filter(({ record }) => record.vendor === others[0]?.vendor);
		expect(shows(fitting).valid).toBe(true);
		expect(shows(two.records.filter((one) => !fitting.includes(one))).valid).toBe(false);
	});
});

describe('Others verify it', () => {
	const whole = presented(certificate);
	const jws = certificate.text.slice(0, -1);
	// Every part of the text: header, payload, signature, disclosures.
	const places = [5, 40, jws.indexOf('.') + 20, jws.lastIndexOf('.') - 5, jws.length - 40];
	const altered = places.map((place) => alter(whole, place));
	const inDisclosure = whole.length - 20;
	const byOthers = askOthers([whole, ...altered, alter(whole, inDisclosure)], publishedPublicKey);

	test('jose gives the key the same name', () => {
		expect(byOthers.kid).toBe(key.kid);
	});

	test('jose reads what was signed', () => {
		expect(byOthers.results[0]?.jose).toEqual({
			header: { alg: 'EdDSA', typ: 'erasure-certificate+sd-jwt', kid: key.kid },
			payload: JSON.parse(JSON.stringify(certificate.payload)) as unknown,
		});
	});

	test('@sd-jwt/core shows each record', () => {
		const { payload } = byOthers.results[0]?.sdJwt ?? {};
		expect(payload?.erasure.records).toHaveLength(3);
		expect(payload?.erasure.records).toEqual(
			expect.arrayContaining(certificate.records.map(({ record }) => record)),
		);
		expect(payload?.erasure.request).toEqual({
			reference: 'DSR-2026-0017',
			subject: 'Ada Example',
		});
	});

	test('openssl verifies the signature', () => {
		expect(opensslVerifies(certificate.text, publishedPublicKey)).toBe(true);
	});

	test.each(places.map((place, index) => [place, index + 1]))(
		'each of them notices a changed byte at %i',
		(place, index) => {
			expect(byOthers.results[index]?.jose.refused).toEqual(expect.any(String));
			expect(byOthers.results[index]?.sdJwt.refused).toEqual(expect.any(String));
			expect(opensslVerifies(alter(certificate.text, place), publishedPublicKey)).toBe(false);
			expect(verify(alter(whole, place)).valid).toBe(false);
		},
	);

	// GHSA-f9j6-8p6x-r9j6: @sd-jwt/core leaves out what it cannot place, where RFC 9901 has it refused.
	test('a changed byte in a disclosure: that record is not shown, and we refuse', () => {
		const { sdJwt } = byOthers.results.at(-1) ?? {};
		expect(JSON.stringify(sdJwt)).not.toContain('Ada Example');
		expect(verify(alter(whole, inDisclosure)).valid).toBe(false);
	});
});

test('one changed byte anywhere is noticed', () => {
	const small = presented(certifyOne([receipt(1)]));
	const unnoticed = [...small].flatMap((_, place) =>
		verify(alter(small, place)).valid ? [place] : [],
	);
	expect(verify(small).valid).toBe(true);
	expect(unnoticed).toEqual([]);
});

test('100,000 receipts: in at most 10 s and 500 MB', () => {
	const many = Array.from({ length: 100_000 }, (_, index) => receipt(index));
	const before = process.memoryUsage().rss;
	const started = process.cpuUsage();
	const certificates = certify(many);
	// Of the processor's time: other tests run beside this one.
	const { user, system } = process.cpuUsage(started);
	const seconds = (user + system) / 1e6;
	const megabytes = (process.memoryUsage().rss - before) / 1e6;
	expect(certificates).toHaveLength(20);
	expect(verify(certificates[19]?.text ?? '').valid).toBe(true);
	expect(seconds).toBeLessThan(10);
	expect(megabytes).toBeLessThan(500);
});
