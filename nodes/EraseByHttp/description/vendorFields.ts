import type { INodeProperties } from 'n8n-workflow';

/**
 * With which kind of key the vendor is asked. A field of the node and of no operation: n8n shows it
 * as a part of the credential, and hides whatever fields it depends on.
 */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'eraseByHttpApi',
	options: [
		{ name: 'Key or Password', value: 'eraseByHttpApi' },
		{ name: 'OAuth2 (Client Credentials)', value: 'eraseByHttpOAuth2Api' },
	],
	description: 'How the vendor knows who asks. The address is in the credential as well.',
};

export const vendorName: INodeProperties = {
	displayName: 'Vendor Name',
	name: 'vendorName',
	type: 'string',
	noDataExpression: true,
	required: true,
	default: '',
	placeholder: 'e.g. Twilio',
	description:
		'What receipts and certificates call the vendor. Keep it: a recheck goes by this name.',
};

export const headers: INodeProperties = {
	displayName: 'Headers',
	name: 'headers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add header',
	default: {},
	description: 'What the vendor wants on every request apart from the key, such as a version',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Api-Version',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-01-01',
				},
			],
		},
	],
};

export const idEncoding: INodeProperties = {
	displayName: 'ID Encoding',
	name: 'idEncoding',
	type: 'options',
	default: 'once',
	description: 'How IDs are written into paths',
	options: [
		{ name: 'Once', value: 'once', description: 'As nearly all vendors want it' },
		{ name: 'Twice', value: 'twice', description: 'For vendors that decode a path twice' },
		{
			name: 'Twice if It Begins with / or Has //',
			value: 'twiceIfSlashes',
			description: 'As Zoom wants it',
		},
	],
};
