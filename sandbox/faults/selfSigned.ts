import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate for 127.0.0.1 that nobody vouches for, good for a day. Both PEM. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('127.0.0.1')))));
	const toBeSigned = der(
		0x30,
		der(0x02, Buffer.of(1)),
		ecdsaWithSha256,
		name,
		der(0x30, time(Date.now() - day), time(Date.now() + day)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = sign('sha256', toBeSigned, privateKey);
	const certificate = der(
		0x30,
		toBeSigned,
		ecdsaWithSha256,
		// No bits of the last byte are unused.
		der(0x03, Buffer.of(0), signature),
	);
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
	};
}

const day = 86_400_000;

/** One value of ASN.1 in DER: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
	const body = Buffer.concat(content);
	const { length } = body;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.of(tag, ...size), body]);
}

const commonName = der(0x06, Buffer.from('550403', 'hex'));

const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

/** UTCTime, `YYMMDDhhmmssZ`. */
function time(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replace(/\D/g, '');
	return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}
