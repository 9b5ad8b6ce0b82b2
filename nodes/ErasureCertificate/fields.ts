import type { INodeProperties } from 'n8n-workflow';

import { usuallyNotCovered } from '../../erasure/certificate/meanings';

export const reference: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. DSR-2026-0017',
	description:
		'Your number for the request. Everybody may read it in the certificate, so leave out names, phone numbers and addresses.',
};

export const notCovered: INodeProperties = {
	displayName: 'Not Covered',
	name: 'notCovered',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: usuallyNotCovered.join('\n'),
	description: 'What this certificate does not cover, one sentence per line',
};

export const amends: INodeProperties = {
	displayName: 'Amends',
	name: 'amends',
	type: 'string',
	default: '',
	placeholder: 'e.g. eyJhbGciOiJFZERTQSI…~',
	description:
		'The earlier certificate of the same request, or all its parts: the new one lists what has changed since',
};

export const amendsDisclosures: INodeProperties = {
	displayName: 'Disclosures of Amends',
	name: 'amendsDisclosures',
	type: 'string',
	default: '',
	placeholder: 'e.g. WyJfMjZiYzRMVC1hYzZ…',
	description: 'The disclosures of that earlier certificate, as a list or one per line',
};

export const issueOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		amends,
		{
			displayName: 'Approved At',
			name: 'approvedAt',
			type: 'dateTime',
			default: '',
			description: 'When the deletion was approved',
		},
		{
			displayName: 'Approved By',
			name: 'approvedBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. privacy-office',
			description:
				"Who approved it. Everybody may read this: give a role or a number, not a person's name.",
		},
		{
			displayName: 'Certificate for Each Request',
			name: 'certificateForEachRequest',
			type: 'boolean',
			default: false,
			description:
				'Whether to issue a certificate for each request, going by what Reference gives for each item',
		},
		amendsDisclosures,
		{
			displayName: 'Other Vendors',
			name: 'otherVendors',
			type: 'string',
			default: '',
			placeholder: 'e.g. Twilio, Zoom',
			description:
				'The vendors that Erase by HTTP deletes at, separated by commas, as Vendor Name has them there. Receipts of vendors that are named nowhere are turned down, because everybody may read a certificate.',
		},
		{
			displayName: 'Received',
			name: 'received',
			type: 'dateTime',
			default: '',
			description: 'When the request came',
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			description:
				'Whom the request is about. It is not in any certificate: it comes out as a separate disclosure, which shows it to whoever has it.',
		},
	],
};

export const certificate: INodeProperties = {
	displayName: 'Certificate',
	name: 'certificate',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. eyJhbGciOiJFZERTQSI…~',
	description: 'The text of the certificate, with or without disclosures after it',
};

export const disclosures: INodeProperties = {
	displayName: 'Disclosures',
	name: 'disclosures',
	type: 'string',
	default: '',
	placeholder: 'e.g. WyJfMjZiYzRMVC1hYzZ…',
	description: 'Disclosures of single records, as a list or one per line. May be empty.',
};

export const publicKey: INodeProperties = {
	displayName: 'Public Key',
	name: 'publicKey',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. -----BEGIN PUBLIC KEY-----…',
	description: 'The public key of the issuer, from the issuer: as PEM, JWK or JWKS',
};

export const verifyOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{ ...amends, description: 'The earlier certificate that this one amends' },
		amendsDisclosures,
	],
};
