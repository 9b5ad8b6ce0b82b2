/* eslint max-lines: "off" -- one node with two operations, of which one verifies what the other issues */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	askOthers,
	opensslVerifies,
	publishedPem,
	publishedPublicKey,
} from '../unit/certificate/others';
import { accepted, altered, receipt, unknown } from '../unit/certificate/receipts';
import { testCredential } from './credentialTest';
import { fieldsNotShown } from './outputSchema';
import { coreVersion, runNode, type RunOptions, type RunResult } from './engine';

const issuer = { issuer: 'https://privacy.example.com', privateKey: publishedPem };
const kid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const publicPem = publishedPublicKey.export({ type: 'spki', format: 'pem' }) as string;

const run = async (
	operation: 'issue' | 'verify',
	parameters: IDataObject,
	items: readonly object[],
	changes: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		type: 'erasureCertificate',
		parameters: { resource: 'certificate', operation, ...parameters },
		items: items as IDataObject[],
		credentials: operation === 'issue' ? { erasureCertificateKeyApi: issuer } : {},
		...changes,
	});

const issue = async (items: readonly object[], parameters: IDataObject = {}, changes = {}) =>
	await run('issue', { reference: 'DSR-2026-0017', ...parameters }, items, changes);

const jsonOf = (output: INodeExecutionData[] = []) => output.map(({ json }) => json);

const htmlOf = (item: INodeExecutionData | undefined) =>
	Buffer.from(item?.binary?.page?.data ?? '', 'base64').toString();

describe(`Issue on n8n-core ${coreVersion}`, () => {
	test('makes one certificate of the receipts of all vendors', async () => {
		const { outputs, error } = await issue([receipt(1), receipt(2, accepted), receipt(3, unknown)]);
		expect(error).toBeUndefined();
		const [certificates = [], disclosures = []] = outputs;
		const [json] = jsonOf(certificates);

		expect(json).toMatchObject({
			reference: 'DSR-2026-0017',
			state: 'open',
			counts: { records: 3, deleted: 1, accepted: 1, unknown: 1 },
			issuer: 'https://privacy.example.com',
			kid,
		});
		expect(
			fieldsNotShown('erasureCertificate', 'certificate', 'issue', { ...json, counts: {} }),
		).toEqual([]);
		expect(certificates[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(jsonOf(disclosures).map(({ record }) => (record as IDataObject).target)).toEqual([
			{ callId: 'call_1' },
			{ callId: 'call_2' },
			{ callId: 'call_3' },
		]);
		expect(disclosures.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);

		const text = json?.certificate as string;
		const presented =
			text +
			jsonOf(disclosures)
				.map(({ disclosure }) => `${disclosure as string}~`)
				.join('');
		const { results } = askOthers([presented], publishedPublicKey);
		expect(results[0]?.jose.payload).toMatchObject({ jti: json?.jti });
		expect(results[0]?.sdJwt.payload?.erasure.records).toHaveLength(3);
		expect(opensslVerifies(text, publishedPublicKey)).toBe(true);
	});

	test('gives a page to read, and nothing that identifies anybody', async () => {
		const { outputs } = await issue([receipt(1, { itemReference: 'order 66' })]);
		const [certificate] = outputs[0] ?? [];
		expect(certificate?.binary?.page).toMatchObject({
			mimeType: 'text/html',
			fileName: 'erasure-certificate-DSR-2026-0017.html',
		});
		expect(htmlOf(certificate)).toContain('Certificate of erasure');
		expect(htmlOf(certificate) + JSON.stringify(certificate?.json)).not.toMatch(/call_1|order 66/);
	});

	test('says what its fields were given', async () => {
		const { json, outputs } = await issue([receipt(1)], {
			notCovered: 'Backups\n\nPaper',
			options: {
				received: '2026-11-20T09:00:00Z',
				approvedAt: '2026-11-21T09:00:00+01:00',
				approvedBy: 'privacy-office',
				subject: 'Ada Example',
			},
		});
		expect(json[0]).toMatchObject({
			received: '2026-11-20T09:00:00.000Z',
			approved: { at: '2026-11-21T08:00:00.000Z', by: 'privacy-office' },
			notCovered: ['Backups', 'Paper'],
		});
		expect(JSON.stringify(json)).not.toContain('Ada');
		expect(jsonOf(outputs[1])).toContainEqual(expect.objectContaining({ subject: true }));
	});

	test('in a test run marks it and signs nothing', async () => {
		const { json, outputs } = await issue([receipt(1)], {}, { mode: 'manual' });
		expect(json[0]).toMatchObject({ test: true, document: { erasure: { test: true } } });
		expect(json[0]).not.toHaveProperty('certificate');
		expect(jsonOf(outputs[1])[0]).toHaveProperty('test', true);
		expect(htmlOf(outputs[0]?.[0])).toContain('certifies nothing');
	});

	test('keeps several requests apart, if wanted', async () => {
		const items = [
			{ ...receipt(1), request: 'A-1' },
			{ ...receipt(2), request: 'B-2' },
			{ ...receipt(3), request: 'A-1' },
		];
		const options = { certificateForEachRequest: true };
		const { json } = await issue(items, { reference: '={{ $json.request }}', options });
		expect(json.map(({ reference, counts }) => [reference, counts])).toEqual([
			['A-1', { records: 2, deleted: 2 }],
			['B-2', { records: 1, deleted: 1 }],
		]);
	});

	test('reads receipts from a chunk of "Erase in bulk" and from a table', async () => {
		const receipts = JSON.stringify([{ final: true, receipt: receipt(1) }]);
		const row = {
			...receipt(2),
			target: 'callId: call_2',
			reason: '',
			settledAt: '2026-11-22T10:00:00.000Z',
			at: undefined,
		};
		const { json } = await issue([{ receipts }, row]);
		expect(json[0]).toMatchObject({ counts: { records: 2, deleted: 2 } });
	});

	test('lists what changed since an earlier certificate', async () => {
		const first = await issue([receipt(1), receipt(2, accepted)]);
		const options = {
			amends: first.json[0]?.certificate,
			amendsDisclosures: JSON.stringify(jsonOf(first.outputs[1])),
		};
		const now = receipt(2, { vendor: 'creovai', evidence: 'rechecked' });
		const { json, outputs } = await issue([receipt(1), now], { options });
		expect(json[0]).toMatchObject({
			state: 'final',
			counts: { records: 1, deleted: 1 },
			total: { records: 2, deleted: 2 },
			amends: { jti: first.json[0]?.jti, sha256: first.json[0]?.sha256 },
		});
		const [, old] = jsonOf(first.outputs[1]);
		expect(jsonOf(outputs[1])[0]?.record).toHaveProperty('was', old?.digest);

		const verified = await run(
			'verify',
			{
				certificate: json[0]?.certificate,
				disclosures: jsonOf(outputs[1])[0]?.disclosure,
				publicKey: publicPem,
				options,
			},
			[{}],
		);
		expect(verified.json[0]).toMatchObject({ valid: true, disclosed: 1 });
		expect(jsonOf(verified.outputs[1])[0]?.record).toMatchObject({
			outcome: 'deleted',
			before: { outcome: 'accepted' },
		});

		const unchanged = await issue([receipt(1)], { options });
		expect(unchanged.json).toEqual([]);
		expect(unchanged.hints[0]?.message).toMatch(/none was issued/);
	});

	test.each<[string, readonly object[], IDataObject, RegExp, number | undefined]>([
		[
			'a preview',
			[receipt(0), receipt(1, { deleted: false, outcome: 'preview', evidence: 'none' })],
			{},
			/^The receipt in item 1 is a preview/,
			1,
		],
		[
			'a record twice',
			[receipt(1), receipt(1)],
			{},
			/^The receipts in item 0 and in item 1 are of the same record/,
			1,
		],
		[
			'what contradicts itself',
			[receipt(0), receipt(1, { deleted: false })],
			{},
			/^The receipt in item 1 contradicts itself/,
			1,
		],
		['what is no receipt', [{ callId: 1 }], {}, /^The receipt in item 0 is not a receipt/, 0],
		[
			'two requests by their reference',
			[
				{ ...receipt(1), request: 'A' },
				{ ...receipt(2), request: 'B' },
			],
			{ reference: '={{ $json.request }}' },
			/of two requests, A and B/,
			1,
		],
		[
			'two requests by a field',
			[
				{ ...receipt(1), request: 'A' },
				{ ...receipt(2), request: 'B' },
			],
			{},
			/their field "request" differs/,
			1,
		],
		[
			'two requests by a field, whatever Reference gives',
			[
				{ ...receipt(1), Request: 'A' },
				{ ...receipt(2), Request: 'B' },
			],
			{ reference: '={{ $json.ref ?? "DSR-1" }}' },
			/^The receipts in item 0 and in item 1 are of two requests: their field "Request" differs/,
			1,
		],
		[
			'two requests in a list',
			[{ receipts: [receipt(1, { requestId: 'A' }), receipt(2, { requestId: 'B' })] }],
			{},
			/^The receipts at position 1 in item 0 and at position 2 in item 0 are of two requests: their field "requestId" differs\. Give the receipts of one$/,
			0,
		],
		[
			'two requests by the column of the examples',
			[{ ...receipt(1), reference: 'DSR-1' }, { receipt: receipt(2, { reference: 'DSR-2' }) }],
			{},
			/^The receipts in item 0 and in item 1 are of two requests: their field "reference" differs/,
			1,
		],
		[
			'a number for a reference',
			[receipt(1)],
			{ reference: '+1 512 555 1234' },
			/^Reference in item 0 has to be/,
			0,
		],
		[
			'nothing that is not covered',
			[receipt(1)],
			{ notCovered: ' ' },
			/^Not Covered is empty/,
			undefined,
		],
		[
			'half an approval',
			[receipt(1)],
			{ options: { approvedBy: 'x' } },
			/^Approved At and Approved By go together/,
			undefined,
		],
	])('turns down %s', async (_, items, parameters, why, itemIndex) => {
		const { error, outputs } = await issue(items, parameters);
		expect(error?.message).toMatch(why);
		expect(error?.context?.itemIndex).toBe(itemIndex);
		expect(outputs).toEqual([]);
	});

	test('under On Error = Continue, what is wrong with one request holds no other back', async () => {
		const items = [
			{ ...receipt(1), request: 'A' },
			{ ...receipt(1), request: 'A' },
			{ ...receipt(2), request: 'B' },
		];
		const parameters = {
			reference: '={{ $json.request }}',
			options: { certificateForEachRequest: true },
		};
		const { json, error } = await issue(items, parameters, { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(json[0]?.error).toMatch(/same record/);
		expect(json[1]).toMatchObject({ reference: 'B', state: 'final' });
	});

	test.each<[string, string, RegExp]>([
		['nothing', '', /^Private Key in the credentials is empty/],
		[
			'RSA',
			generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
				type: 'pkcs8',
				format: 'pem',
			}) as string,
			/another kind \(rsa\)/,
		],
	])('a key that cannot be used: %s', async (_, privateKey, why) => {
		const credentials = { erasureCertificateKeyApi: { ...issuer, privateKey } };
		const { error } = await issue([receipt(1)], {}, { credentials });
		expect(error?.message).toMatch(why);
		expect(JSON.stringify(error)).not.toContain('MII');
	});

	test('nothing of the key comes out', async () => {
		const { run: whole } = await issue([receipt(1)]);
		expect(JSON.stringify(whole.data)).not.toContain(publishedPem.split('\n')[1]);
	});
});

describe(`Verify on n8n-core ${coreVersion}`, () => {
	test('answers item by item, and stops nothing', async () => {
		const issued = await issue([receipt(1)]);
		const certificate = issued.json[0]?.certificate as string;
		const changed = altered(certificate);
		const items = [{ certificate }, { certificate: changed }, { certificate: '' }];
		const { json } = await run(
			'verify',
			{ certificate: '={{ $json.certificate }}', publicKey: publicPem },
			items,
		);
		expect(json).toEqual([
			expect.objectContaining({ valid: true, reasons: [], reference: 'DSR-2026-0017', kid }),
			{ valid: false, reasons: [expect.any(String)] },
			{ valid: false, reasons: [expect.stringMatching(/^Certificate has to be exactly one/)] },
		]);
	});

	test('another key', async () => {
		const {
			json: [issued],
		} = await issue([receipt(1)]);
		const other = createPublicKey(generateKeyPairSync('ed25519').privateKey);
		const publicKey = JSON.stringify({ keys: [other.export({ format: 'jwk' })] });
		const { json } = await run('verify', { certificate: issued?.certificate, publicKey }, [{}]);
		expect(json[0]).toMatchObject({ valid: false, reasons: [expect.stringContaining(kid)] });
	});
});

describe(`The Test button on n8n-core ${coreVersion}`, () => {
	const press = async (changes: object) =>
		await testCredential('erasureCertificate', 'erasureCertificateKeyApi', {
			...issuer,
			...changes,
		});

	test('signs, verifies, and shows the thumbprint', async () => {
		expect(await press({})).toEqual({
			status: 'OK',
			message: expect.stringContaining(kid) as unknown,
		});
	});

	test.each<[object, RegExp]>([
		[{ issuer: 'privacy' }, /^Issuer Address in the credentials is not a web address/],
		[{ privateKey: publicPem }, /^Private Key in the credentials is a public key/],
	])('says what is wrong: %j', async (changes, why) => {
		expect(await press(changes)).toEqual({
			status: 'Error',
			message: expect.stringMatching(why) as unknown,
		});
	});
});

test(`100,000 receipts on n8n-core ${coreVersion}`, async () => {
	const items = Array.from({ length: 100_000 }, (_, index) => ({
		...receipt(index),
		request: 'R-1',
	}));
	const { json, outputs, error } = await issue(items, { reference: '={{ $json.request }}' });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(20);
	expect(outputs[1]).toHaveLength(100_000);
}, 180_000);
