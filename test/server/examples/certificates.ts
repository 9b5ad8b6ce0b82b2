import { createPublicKey } from 'node:crypto';

import { certificateIssuer } from '../../../sandbox/accounts';
import { askOthers, type Payload } from '../../unit/certificate/others';
import type { Stage } from '../n8n';

/** The data tables in which the examples keep certificates, and what shows single records by them. */
export const certificateTable = 'Erasure certificates';

export const disclosureTable = 'Erasure disclosures';

/** A credential with a key that nobody can sign with. */
export const brokenIssuer = {
	...certificateIssuer,
	privateKey: '-----BEGIN PRIVATE KEY-----\nno key\n-----END PRIVATE KEY-----\n',
};

export interface CertificateRow {
	readonly reference: string;
	readonly jti: string;
	readonly issuedAt: string;
	readonly state: string;
	readonly certificate: string;
	readonly reason: string;
}

export interface DisclosureRow {
	readonly jti: string;
	readonly digest: string;
	readonly disclosure: string;
}

export async function certificatesOf({ n8n }: Stage): Promise<CertificateRow[]> {
	return (await n8n.api.dataTableRows(certificateTable)) as unknown as CertificateRow[];
}

export async function disclosuresOf({ n8n }: Stage): Promise<DisclosureRow[]> {
	return (await n8n.api.dataTableRows(disclosureTable)) as unknown as DisclosureRow[];
}

export async function forgetCertificates({ n8n }: Stage): Promise<void> {
	await n8n.api.deleteDataTable(certificateTable);
	await n8n.api.deleteDataTable(disclosureTable);
}

/** What others read of a certificate with its disclosures: jose verifies it, @sd-jwt/core opens it. */
export function verified(
	certificate: string,
	disclosures: readonly DisclosureRow[],
): { readonly signed: Payload; readonly records: readonly object[] } {
	const presented = certificate + disclosures.map(({ disclosure }) => `${disclosure}~`).join('');
	const key = createPublicKey(certificateIssuer.privateKey);
	const [result] = askOthers([presented], key).results;
	const signed = result?.jose.payload;
	if (signed === undefined) throw new Error(`jose refused it: ${result?.jose.refused}`);
	return { signed, records: result?.sdJwt.payload?.erasure.records ?? [] };
}
