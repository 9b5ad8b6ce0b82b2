import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SeenByOthers {
	readonly jose: {
		readonly refused?: string;
		readonly header?: object;
		readonly payload?: Payload;
	};
	/** Whether jose finds the key in the JWKS that was given, by the `kid` that the certificate names. */
	readonly isFoundInJwks: boolean;
	readonly sdJwt: { readonly refused?: string; readonly payload?: Payload };
}

export interface Payload {
	readonly erasure: { readonly records: readonly object[]; readonly [name: string]: unknown };
	readonly [name: string]: unknown;
}

/** What jose and @sd-jwt/core make of certificates, and the thumbprint that jose gives to the key. */
export function askOthers(
	certificates: readonly string[],
	key: KeyObject,
	jwks?: unknown,
): { readonly kid: string; readonly results: readonly SeenByOthers[] } {
	const jwk = key.export({ format: 'jwk' });
	const input = JSON.stringify({ certificates, jwk, jwks });
	const script = join(__dirname, 'askOthers.mjs');
	const output = execFileSync(process.execPath, [script], { input, maxBuffer: 1 << 28 });
	return JSON.parse(output.toString()) as ReturnType<typeof askOthers>;
}

/** Whether the `openssl` command verifies the signature of a certificate, by the commands of docs/verify.md. */
export function opensslVerifies(certificate: string, key: KeyObject): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	try {
		const file = (name: string) => join(folder, name);
		const [header = '', payload = '', signature = ''] = (certificate.split('~')[0] ?? '').split(
			'.',
		);
		writeFileSync(file('signed'), `${header}.${payload}`);
		writeFileSync(file('signature'), Buffer.from(signature, 'base64url'));
		writeFileSync(file('public.pem'), key.export({ type: 'spki', format: 'pem' }));
		const given = ['-in', file('signed'), '-sigfile', file('signature')];
		const output = execFileSync(
			'openssl',
			['pkeyutl', '-verify', '-pubin', '-inkey', file('public.pem'), '-rawin', ...given],
			{ stdio: ['ignore', 'pipe', 'ignore'] },
		);
		return output.toString().includes('Verified Successfully');
	} catch {
		return false;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The key of RFC 8037, appendix A.1, which is that of RFC 8032, section 7.1, test 1. */
const published = {
	kty: 'OKP',
	crv: 'Ed25519',
	d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
	x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

export const publishedPrivateKey = createPrivateKey({ key: published, format: 'jwk' });

export const publishedPublicKey = createPublicKey(publishedPrivateKey);

export const publishedPem = publishedPrivateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
