import type { INodeProperties } from 'n8n-workflow';

/** The field of the credential that holds the key, whichever way it is sent. */
export const keyField: INodeProperties = {
	displayName: 'Key',
	name: 'key',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description:
		'The key from the vendor. For a header, with the word before it if the vendor wants one, as in Token abc.',
	displayOptions: { show: { sendKeyAs: ['bearer', 'header', 'query'] } },
};
