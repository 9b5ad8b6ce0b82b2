import type { IDataObject } from 'n8n-workflow';

/** What the node gives, for the schemas that n8n's editor shows before a first run. */

const common = {
	reference: 'DSR-2026-0017',
	state: 'final',
	counts: { records: 2, deleted: 2 },
	groups: [
		{
			vendor: 'flyflow',
			resource: 'call',
			outcome: 'deleted',
			evidence: 'confirmed',
			count: 2,
			first: '2026-11-22T10:00:00.000Z',
			last: '2026-11-22T10:00:01.000Z',
		},
	],
	notCovered: ['Backups'],
	issuer: 'https://privacy.example.com',
	issuedAt: '2026-11-25T12:00:00.000Z',
	jti: '0d6f2f0e-3f2b-4a35-9a3b-3f6f5d1c2b1a',
	kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
	sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

export const exampleCertificate: IDataObject = { certificate: 'eyJhbGciOiJFZERTQSI~', ...common };

export const exampleVerification: IDataObject = {
	valid: true,
	reasons: [''],
	...common,
	disclosed: 0,
};
