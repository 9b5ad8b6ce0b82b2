import { describe, expect, test } from '@jest/globals';

import { discloseElement, discloseMember } from '../../../erasure/certificate/disclosure';
import { readEarlier } from '../../../erasure/certificate/earlier';
import { sha256Of } from '../../../erasure/certificate/issue';
import { signJws } from '../../../erasure/certificate/jws';
import { NotIssued } from '../../../erasure/certificate/records';
import { verifyCertificate, type Verification } from '../../../erasure/certificate/verify';
import { certifyOne, issuedAt, key, receipt } from './receipts';

const { payload, records } = certifyOne([receipt(1), receipt(2)]);
const now = issuedAt.getTime();
const second = Math.floor(now / 1000);

const signed = (claims: object) =>
	`${signJws({ typ: 'erasure-certificate+sd-jwt' }, claims as never, key)}~`;
const withClaims = (changes: object) => signed({ ...payload, ...changes });
const withErasure = (changes: object) =>
	withClaims({ erasure: { ...payload.erasure, ...changes } });
const withGroup = (changes: object) =>
	withErasure({ groups: payload.erasure.groups.map((group) => ({ ...group, ...changes })) });

function verify(certificate: string, amended?: string): Verification {
	return verifyCertificate({
		certificate,
		disclosures: [],
		keys: [key],
		now,
		...(amended === undefined ? {} : { amended: { certificate: amended, disclosures: [] } }),
	});
}

const reasonOf = (result: Verification) => (result.valid ? 'valid' : result.reason);

const shows = (name: string, value: unknown) => {
	const disclosure = discloseMember(name, value);
	return { _sd: [disclosure.digest], text: `${disclosure.text}~` };
};
const end = shows('exp', 1000);
const hiddenTest = shows('test', true);
const received = shows('received', '2026-11-01');
const subject = shows('subject', { name: 'Ada' });
const elsewhere = discloseElement(records[0]?.record);

describe('What its issuer signed and no certificate says is refused', () => {
	test.each<[string, string, RegExp]>([
		['an end that has passed', withClaims({ exp: 1000 }), /has passed/],
		['the same, disclosed', withClaims({ _sd: end._sd }) + end.text, /has passed/],
		['a beginning to come', withClaims({ nbf: 99_999_999_999 }), /still to come/],
		['an end in words', withClaims({ exp: 'never' }), /cannot be read \(exp or nbf\)/],
		['a test', withErasure({ test: true }), /test run/],
		['a test, disclosed', withErasure({ _sd: hiddenTest._sd }) + hiddenTest.text, /something else/],
		[
			'when it was received, disclosed',
			withErasure({ request: { ...payload.erasure.request, _sd: received._sd } }) + received.text,
			/something else/,
		],
		[
			'a subject that is no text',
			withErasure({ request: { ...payload.erasure.request, _sd: subject._sd } }) + subject.text,
			/something else/,
		],
		[
			'a record in another list',
			withErasure({ others: [{ '...': elsewhere.digest }] }) + `${elsewhere.text}~`,
			/something else/,
		],
		[
			'a count of what is no outcome',
			withErasure({ counts: { ...payload.erasure.counts, pending: 5 } }),
			/not an erasure certificate/,
		],
		['a number for a reason', withGroup({ reason: '+15125551234' }), /not an erasure certificate/],
		[
			'two groups of one kind',
			withErasure({
				groups: payload.erasure.groups.flatMap((group) => [
					{ ...group, count: 1 },
					{ ...group, count: 1 },
				]),
			}),
			/do not agree/,
		],
		['a time before all dates', withClaims({ iat: -9e15 }), /not an erasure certificate/],
		['a time after all dates', withClaims({ iat: 9e15 }), /not an erasure certificate/],
		['no digests for records', withErasure({ records: [null, 'x'] }), /not an erasure certificate/],
	])('%s', (_, text, why) => {
		expect(reasonOf(verify(text))).toMatch(why);
	});

	test('an end and a beginning that hold now are no reason', () => {
		expect(reasonOf(verify(withClaims({ exp: second + 60, nbf: second - 60 })))).toBe('valid');
	});

	test('also of the certificate that is amended, by Verify and by Issue', () => {
		const earlier = withErasure({ records: [null, 'x'] });
		const later = signed({
			...payload,
			jti: 'later',
			erasure: {
				...payload.erasure,
				amends: { jti: payload.jti, sha256: sha256Of(earlier.slice(0, -1)) },
				total: payload.erasure.counts,
				totalOf: [payload.jti, 'later'],
				groups: payload.erasure.groups.map((group) => ({
					...group,
					was: { outcome: 'accepted', evidence: 'accepted' },
				})),
			},
		});
		expect(reasonOf(verify(later, earlier))).toMatch(/not an erasure certificate/);
		expect(() => readEarlier(earlier, [], key, 1)).toThrow(NotIssued);
	});
});

test('thousands of groups and records take no longer than they are many', () => {
	const [group] = payload.erasure.groups;
	const resources = Array.from({ length: 8000 }, (_, index) => `r${index}`);
	const disclosed = resources.map((resource) =>
		discloseElement({ ...records[0]?.record, resource }),
	);
	const text =
		withErasure({
			counts: { records: 8000, deleted: 8000 },
			groups: resources.map((resource) => ({ ...group, resource, count: 1 })),
			records: disclosed.map(({ digest }) => ({ '...': digest })),
		}) + disclosed.map((one) => `${one.text}~`).join('');
	const started = process.cpuUsage();
	expect(reasonOf(verify(text))).toBe('valid');
	expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
});
