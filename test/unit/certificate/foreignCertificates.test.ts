/** Certificates to amend that are not of the issuer, whatever they look like. */
import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { discloseElement } from '../../../erasure/certificate/disclosure';
import { readEarlier } from '../../../erasure/certificate/earlier';
import { signJws } from '../../../erasure/certificate/jws';
import { readSigningKey, type SigningKey } from '../../../erasure/certificate/key';
import { documentType } from '../../../erasure/certificate/payload';
import { NotIssued } from '../../../erasure/certificate/records';
import { accepted, certifyOne, key, presented, receipt } from './receipts';

const earlier = certifyOne([receipt(1), receipt(2, accepted), receipt(3, accepted)]);

/** What somebody made of a certificate who does not have the key: under its signature, or under their own. */
describe('Of a certificate that the key in the credentials did not sign', () => {
	const hostile = '+15125551234 Jane';
	const { payload, records } = earlier;
	const [open] = records.filter(({ record }) => record.outcome === 'accepted');
	const one = discloseElement({ ...open!.record, reason: hostile });
	const cut = {
		...payload,
		jti: hostile,
		erasure: {
			...payload.erasure,
			counts: { records: 1, accepted: 1 },
			groups: payload.erasure.groups
				.filter(({ outcome }) => outcome === 'accepted')
				.map((group) => ({ ...group, count: 1, reason: hostile })),
			records: [{ '...': one.digest }],
		},
	};
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signature = earlier.text.slice(earlier.text.lastIndexOf('.') + 1, -1);
	const strangersKey = readSigningKey(
		generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
	) as SigningKey;
	const under = (header: object, changed: object) =>
		`${encode({ alg: 'EdDSA', typ: documentType, ...header })}.${encode(changed)}.${signature}~`;

	test.each<[string, string, RegExp]>([
		[
			'with another name of its key',
			under({ kid: 'x' }, cut),
			/^Certificate 2 in Amends was not signed with the key in the credentials/,
		],
		['without a name of its key', under({}, cut), /^Certificate 2 in Amends was not signed/],
		[
			"with the key's own name",
			under({ kid: key.kid }, cut),
			/cannot be read: The signature does not match/,
		],
		[
			'that a stranger signed under the same reference',
			`${signJws({ typ: documentType }, cut, strangersKey)}~`,
			/^Certificate 2 in Amends was not signed/,
		],
		[
			'that a stranger signed, with the name of our key',
			(() => {
				const jws = signJws({ typ: documentType }, cut, { ...strangersKey, kid: key.kid });
				return `${jws}~`;
			})(),
			/cannot be read: The signature does not match/,
		],
		[
			'that is another document of ours',
			`${signJws({ typ: 'JWT' }, cut, key)}~`,
			/cannot be read: The document is not an erasure certificate/,
		],
	])('nothing is used: %s', (_, text, why) => {
		const work = () => readEarlier(text, [one.text], key, 2);
		expect(work).toThrow(NotIssued);
		expect(work).toThrow(why);
		expect(work).not.toThrow(/Jane|5551234/);
	});

	test('what was issued before a change of the key is amended with the key of then', () => {
		const before = certifyOne([receipt(2, accepted)], { key: strangersKey });
		expect(() => readEarlier(presented(before), [], key)).toThrow(
			'Choose the credentials with which it was issued',
		);
		expect(readEarlier(presented(before), [], strangersKey).records).toHaveLength(1);
	});
});
