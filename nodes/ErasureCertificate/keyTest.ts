import type { ICredentialDataDecryptedObject, ICredentialTestFunction } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isSignedBy, readJws, signJws } from '../../erasure/certificate/jws';
import { isUsable, readSigningKey, type SigningKey } from '../../erasure/certificate/key';
import { checkAddress } from '../shared/sending/address';

export const credentialName = 'erasureCertificateKeyApi';

export interface Issuer {
	readonly address: string;
	readonly key: SigningKey;
}

/** @throws UserError for a field that cannot be used; no part of the key is in its words */
export function readIssuer({ issuer, privateKey }: ICredentialDataDecryptedObject): Issuer {
	const address = checkAddress(issuer, 'Issuer Address');
	const key = readSigningKey(privateKey);
	if (isUsable(key)) return { address, key };
	throw new UserError(`Private Key in the credentials ${key.complaint}. ${key.wayOut}`);
}

/** The credential's Test button: signs something, verifies it, and shows by what the key is known. */
export const erasureCertificateKeyApiTest: ICredentialTestFunction = async function ({
	data = {},
}) {
	try {
		const { key } = readIssuer(data);
		const jws = readJws(signJws({ typ: 'test' }, { at: new Date().toISOString() }, key));
		if (jws === undefined || !isSignedBy(jws, key))
			throw new TypeError('The private key does not match its public key');
		return await Promise.resolve({
			status: 'OK',
			message: `This key signs, and its signature verifies. Its thumbprint (kid) is ${key.kid}`,
		});
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
};
