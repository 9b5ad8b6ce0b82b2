import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * The key that signs certificates. Nothing is ever sent with it. The Test button is the node's: see
 * nodes/ErasureCertificate/keyTest.ts.
 */
export class ErasureCertificateKeyApi implements ICredentialType {
	name = 'erasureCertificateKeyApi';

	displayName = 'Erasure Certificate Key API';

	icon: Icon = {
		light: 'file:../nodes/ErasureCertificate/erasureCertificate.svg',
		dark: 'file:../nodes/ErasureCertificate/erasureCertificate.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/certificate.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Issuer Address',
			name: 'issuer',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://privacy.example.com',
			description:
				'Who issues the certificates: an https address of your own, below which you publish the public key at /.well-known/jwks.json',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. -----BEGIN PRIVATE KEY-----…',
			description:
				'An Ed25519 key in PKCS#8 PEM, the whole file. Make one with: openssl genpkey -algorithm ed25519 -out key.pem.',
		},
	];
}
