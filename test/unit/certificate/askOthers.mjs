/**
 * Certificates as programs of other people see them: reads `{ certificates, jwk, jwks }` from standard
 * input, and writes for each certificate what jose and @sd-jwt/core make of it. A process of its own,
 * because jose is a module that Jest cannot load, and because nothing of ours may help.
 */
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';

import { SDJwtInstance } from '@sd-jwt/core';
import {
	calculateJwkThumbprint,
	compactVerify,
	createLocalJWKSet,
	importJWK,
	jwtVerify,
} from 'jose';

const { certificates, jwk, jwks = { keys: [] } } = JSON.parse(await text(process.stdin));
const key = await importJWK(jwk, 'EdDSA');

const sdJwt = new SDJwtInstance({
	hashAlg: 'sha-256',
	hasher: (data) => new Uint8Array(createHash('sha256').update(Buffer.from(data)).digest()),
	verifier: async (data, signature) => {
		await compactVerify(`${data}.${signature}`, key);
		return true;
	},
});

async function attempt(work) {
	try {
		return await work();
	} catch (error) {
		return { refused: String(error) };
	}
}

const published = createLocalJWKSet(jwks);
const results = [];
for (const certificate of certificates) {
	const jose = await attempt(async () => await jwtVerify(certificate.split('~')[0], key));
	const found = await attempt(async () => await jwtVerify(certificate.split('~')[0], published));
	const core = await attempt(async () => await sdJwt.verify(certificate));
	results.push({
		jose: 'refused' in jose ? jose : { header: jose.protectedHeader, payload: jose.payload },
		isFoundInJwks: !('refused' in found),
		sdJwt: 'refused' in core ? core : { payload: core.payload },
	});
}
const kid = await calculateJwkThumbprint(jwk, 'sha256');
process.stdout.write(JSON.stringify({ kid, results }));
