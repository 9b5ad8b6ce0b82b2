/** docs/certificate.md and docs/verify.md, followed to the letter in a shell. */
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { isUsable, readSigningKey } from '../../../erasure/certificate/key';
import { verifyCommands } from '../../../erasure/certificate/page/sections';
import { readPublicKeys } from '../../../erasure/certificate/publicKey';
import { blocksOf, readPage } from '../../docs/pages';
import { askOthers } from './others';
import { accepted, altered, certifyOne, key, receipt } from './receipts';

const blocks = (path: string) =>
	blocksOf(readPage(path))
		.filter(({ language }) => language === 'sh')
		.map(({ text }) => text);

const verifying = blocks('docs/verify.md');
const operating = blocks('docs/certificate.md');

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'certificate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const shell = (commands: string) =>
	execFileSync('sh', ['-e', '-c', commands], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
		.toString()
		.trim();

describe('docs/verify.md', () => {
	const certificate = certifyOne([receipt(1), receipt(2, accepted)]);
	const [
		keyFromJwks = '',
		thumbprint = '',
		signature = '',
		reading = '',
		digest = '',
		record = '',
	] = verifying;

	test('a certificate that is good', () => {
		writeFileSync(join(folder, 'certificate.txt'), `${certificate.text}\r\n`);
		// The x on the page is that of the key of RFC 8037, which signs in these tests.
		shell(keyFromJwks);
		expect(shell(thumbprint)).toBe(key.kid);
		expect(shell(signature)).toBe('Signature Verified Successfully');
		const read = shell(reading);
		expect(read).toContain('"typ":"erasure-certificate+sd-jwt"');
		expect(read).toContain(JSON.stringify(certificate.payload));
	});

	test('the SHA-256 by which a later certificate names this one', () => {
		expect(shell(digest)).toContain(certificate.sha256);
	});

	test('a record', () => {
		const [{ disclosure, record: shown } = { disclosure: undefined, record: undefined }] =
			certificate.records;
		writeFileSync(join(folder, 'disclosure.txt'), `${disclosure?.text ?? ''}\n`);
		const decode = reading.split('\n')[0] ?? '';
		const output = shell(`${decode}\n${record}`);
		expect(output.split('\n')[0]).toBe('1');
		expect(output).toContain(JSON.stringify(shown));
	});

	test('a certificate that was changed', () => {
		writeFileSync(join(folder, 'certificate.txt'), altered(certificate.text));
		expect(() => shell(signature)).toThrow();
	});

	test('has the commands of the page of each certificate', () => {
		expect(verifyCommands).toBe(signature);
	});
});

describe('docs/certificate.md', () => {
	const [making = '', publishing = '', stamping = ''] = operating;

	test('makes a key that signs, and a JWKS that verifies', () => {
		shell(making);
		const pem = readFileSync(join(folder, 'key.pem'), 'utf8');
		const made = readSigningKey(pem);
		if (!isUsable(made)) throw new Error(made.complaint);
		const jwks = shell(publishing);
		const keys = readPublicKeys(jwks);
		if (!isUsable(keys)) throw new Error(keys.complaint);
		expect(keys.map(({ kid }) => kid)).toEqual([made.kid]);
		// Among several keys, programs look for the one that the certificate names.
		const { text } = certifyOne([receipt(1)], { key: made });
		const [result] = askOthers([text], createPublicKey(pem), JSON.parse(jwks)).results;
		expect(result).toMatchObject({ isFoundInJwks: true });
	});

	test('asks for a timestamp', () => {
		writeFileSync(join(folder, 'certificate.txt'), certifyOne([receipt(1)]).text);
		shell(stamping);
		expect(readFileSync(join(folder, 'query.tsq')).length).toBeGreaterThan(40);
	});
});
