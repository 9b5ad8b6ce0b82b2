import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { issue, issueAmendment, type Certificate } from '../../../erasure/certificate/issue';
import { makePage } from '../../../erasure/certificate/page/page';
import { summaryOf } from '../../../erasure/certificate/summary';
import {
	entriesOf,
	NotIssued,
	oneForEachRecord,
	toRecord,
} from '../../../erasure/certificate/records';
import { readReceipt } from '../../../erasure/receiptReader';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import {
	accepted,
	certifyOne,
	given,
	key,
	particulars,
	publishedPemLines,
	receipt,
	unknown,
} from './receipts';

const vendorNames = { creovai: 'Creovai', flyflow: 'Flyflow' };

const pageOf = ({ payload, text }: Certificate) =>
	makePage({ payload, text, kid: text === undefined ? undefined : key.kid, vendorNames });

/** What a person reads, without tags. */
const words = (page: string) =>
	page
		.replace(/<style>[^]*?<\/style>/, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');

describe('The page says', () => {
	const page = words(
		pageOf(
			certifyOne([receipt(1), receipt(2), receipt(3, accepted), receipt(4, unknown)], {
				received: '2026-11-20T09:00:00.000Z',
				approved: { at: '2026-11-21T09:30:00.000Z', by: 'privacy-office' },
			}),
		),
	);

	test.each([
		['what was asked, and when', /Request DSR-2026-0017 Received 20 November 2026, 09:00 UTC/],
		['where', /Where Creovai, Flyflow/],
		['of how many', /How many 4 records/],
		[
			'what happened to how many, how it is known and when',
			/Flyflow 2 calls Deleted The vendor said so 22 November 2026, 10:00 UTC/,
		],
		[
			'what is still open',
			/still open 1 call at Creovai: deletion taken on, not yet carried out 1 call at Flyflow: not certain/,
		],
		['why', /Not certain The request was sent, and no answer came\./],
		['what its words mean', /Deleted: The vendor confirmed that the record is deleted/],
		['what is not covered', /not covered Backups and exports that the vendor keeps/],
		['who approved, and when', /Approved on 21 November 2026, 09:30 UTC by privacy-office\./],
		['by whom it is', /Issued by https:\/\/privacy\.example\.com on 25 November 2026, 12:00 UTC/],
		['how to verify it', new RegExp(`thumbprint is ${key.kid}`)],
		[
			'that something is open',
			/Open\. Something is still to be done or checked for 2 of 4 records/,
		],
	])('%s', (_, expected) => {
		expect(page).toMatch(expected);
	});

	test('that nothing is open, if that is so', () => {
		expect(words(pageOf(certifyOne([receipt(1)])))).toMatch(
			/Final\. Nothing is left open for any of the 1 record/,
		);
	});

	test('that a test run certifies nothing', () => {
		const entries = [{ record: toRecord(given(receipt(1))[0]!.receipt), itemIndex: 0 }];
		const { key: _, ...unsigned } = particulars;
		const [certificate] = issue(unsigned, entries);
		const page = words(pageOf(certificate!));
		expect(page).toMatch(/TEST\. This page was made in a test run/);
		expect(page).not.toMatch(/Final\.|thumbprint/);
	});

	test('how many are known by nothing that names one, so that two may be the same', () => {
		const masked = { ...accepted, outcome: 'notFound', evidence: 'confirmed' };
		const twice = [1, 2].map(() => receipt(1, { ...masked, target: { phoneNumber: '****34' } }));
		const certificate = certifyOne([receipt(1), ...twice]);
		expect(certificate.payload.erasure).toMatchObject({ unnamed: 2, counts: { records: 3 } });
		expect(words(pageOf(certificate))).toMatch(
			/Of these, not named 2 records\. Known by nothing that names one record, .*Two of them may be of the same/,
		);
		const named = certifyOne([receipt(1)]);
		expect(named.payload.erasure).not.toHaveProperty('unnamed');
		expect(named.payload.erasure.meanings).not.toHaveProperty('unnamed');
		expect(words(pageOf(named))).not.toMatch(/not named/);
	});

	test('what changed, in one that amends another', () => {
		const [record] = given(receipt(1));
		const entries = [
			{
				record: toRecord(record!.receipt, 'old'),
				was: { outcome: 'accepted', evidence: 'accepted' } as const,
				itemIndex: 0,
			},
		];
		const [certificate] = issueAmendment(particulars, {
			changes: [{ amends: { jti: 'j-1', sha256: 'ab'.repeat(32) }, entries }],
			total: { records: 3, deleted: 2, accepted: 1 },
			totalOf: ['j-1'],
		});
		const page = words(pageOf(certificate!));
		expect(page).toMatch(/changed since certificate j-1/);
		expect(page).toMatch(/Before: Deletion taken on/);
		expect(page).toMatch(/Of all its records: 2 deleted; 1 deletion taken on/);
	});
});

describe('The page', () => {
	const page = pageOf(certifyOne([receipt(1)]));

	test('is one file, asks for nothing and runs nothing', () => {
		expect(page).not.toMatch(/<script|\bon\w+=|<link|<img|<iframe|url\(|@import|javascript:/i);
		expect(page).toContain("default-src 'none'");
	});

	test('shows nothing as markup that was filled in', () => {
		const hostile = '</title></style><script>alert(1)</script>"\'&';
		const made = { package: hostile, version: hostile, execution: hostile };
		const hostilePage = pageOf(
			certifyOne([receipt(1)], {
				issuer: hostile,
				made,
				notCovered: [hostile],
				reference: hostile,
			}),
		);
		expect(hostilePage).not.toContain('<script');
		expect(hostilePage).toContain('&lt;script&gt;');
		expect(hostilePage.match(/<\/style>/g)).toHaveLength(1);
	});
});

/** A text that nothing else in a certificate can hold by chance. */
const secret = fc
	.tuple(
		fc.constantFrom(
			'+15125551234',
			'512-555-1234',
			'Ada Example',
			'ada@example.com',
			'<script>',
			'"',
			'\\',
			'**',
			'~',
			'漢字',
			'sha256:0',
		),
		fc.stringMatching(/^[A-Za-z0-9]{12}$/),
	)
	.map(([start, end]) => `${start}X9${end}`);

const good = fc.constantFrom({}, accepted, unknown, {
	deleted: false,
	outcome: 'refused',
	evidence: 'none',
	reason: { code: 'refusedByVendor', message: '' },
});

/** Fields that no certificate can do without, each of them with what is hostile now and then. */
const needed = ['outcome', 'evidence', 'vendor', 'resource', 'at', 'account', 'deleted'] as const;

const hostileReceipt = fc
	.record({
		base: good,
		target: fc.dictionary(fc.constantFrom('callId', 'sessionId', 'note', 'phoneNumber'), secret, {
			minKeys: 1,
		}),
		words: secret,
		others: fc.record({
			itemReference: secret,
			vendorResponse: secret,
			error: secret,
			seal: secret,
			request: secret,
			preview: fc.record({ plan: secret, note: secret }),
		}),
		broken: fc.oneof(
			{ weight: 4, arbitrary: fc.constant({}) },
			fc.tuple(fc.constantFrom(...needed), secret).map(([name, text]) => ({ [name]: text })),
			secret.map((code) => ({ reason: { code, message: '' } })),
			fc.tuple(secret, secret).map(([name, text]) => ({ target: { [name]: text } })),
		),
	})
	.map(({ base, target, words, others, broken }) => ({
		...receipt(1),
		...others,
		target,
		...base,
		...('reason' in base ? { reason: { ...base.reason, message: words } } : {}),
		...broken,
	}));

/** Every text in a receipt that is hostile, names of fields among them. */
function secretsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.includes('X9') ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [
		...secretsIn(name),
		...secretsIn(inner),
	]);
}

/** A text, and what any stretch of base64url in it holds, and what stretches of base64url in that hold. */
function readings(text: string, depth = 0): string {
	if (depth > 3) return text;
	const decoded = (text.match(/[A-Za-z0-9_-]{8,}/g) ?? []).map((stretch) =>
		Buffer.from(stretch, 'base64url').toString('utf8'),
	);
	return [text, ...decoded.map((inner) => readings(inner, depth + 1))].join('\n');
}

/** In whatever way a text is written into JSON, HTML or an address. */
const spellings = (text: string) => [
	text,
	JSON.stringify(text).slice(1, -1),
	encodeURIComponent(text),
];

test('no identifier, number, plan, name or word of a vendor is in certificate, summary or page', () => {
	let issued = 0;
	const certifyAll = (receipts: readonly object[], subject: string): readonly string[] => {
		const problems = receipts.flatMap((one) => {
			const check = readReceipt(one);
			return check.valid ? [] : [check.problem];
		});
		if (problems.length > 0) return problems;
		const kept = oneForEachRecord(given(...receipts), recordKinds);
		const [certificate] = issue({ ...particulars, subject }, entriesOf(kept, recordKinds));
		issued += 1;
		// The search finds what is there: the disclosures hold the identifiers.
		const disclosed = readings(
			certificate!.records.map(({ disclosure }) => disclosure.text).join('\n'),
		);
		const [first] = kept;
		const [identifier = ''] = Object.values(first!.receipt.target);
		expect(disclosed).toContain(JSON.stringify(identifier).slice(1, -1));
		return [JSON.stringify(summaryOf(certificate!, key.kid)), pageOf(certificate!)];
	};
	fc.assert(
		fc.property(
			fc.array(hostileReceipt, { minLength: 1, maxLength: 4 }),
			secret,
			(receipts, subject) => {
				let outputs: readonly string[];
				try {
					outputs = certifyAll(receipts, subject);
				} catch (error) {
					// Why there is none is in the first output as well, under On Error = Continue.
					if (!(error instanceof NotIssued)) throw error;
					outputs = [error.message];
				}
				const open = outputs.map((text) => readings(text)).join('\n');
				for (const text of [...secretsIn(receipts), subject, ...publishedPemLines]) {
					for (const written of spellings(text)) expect(open.includes(written)).toBe(false);
				}
			},
		),
		{ numRuns: 200 },
	);
	expect(issued).toBeGreaterThan(30);
});
