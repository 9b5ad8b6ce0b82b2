import type { INodeProperties } from 'n8n-workflow';

import { deletionFields } from '../../shared/parameters/deletionFields';
import { manyAtOnce } from '../../shared/vendor/deleteOperation';
import { severalLines } from '../../shared/vendor/recordField';
import { answerFields } from '../description/answerFields';
import { lookFields } from '../description/lookFields';
import { requestFields } from '../description/requestFields';
import { headers, idEncoding, vendorName } from '../description/vendorFields';

export const recordId: INodeProperties & { readonly name: 'recordId' } = {
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	typeOptions: severalLines,
	required: true,
	default: '',
	placeholder: 'e.g. RE1a2b3c4d5e6f',
	description: 'One ID, several separated by commas, or an array from an expression',
};

export const idsArePhoneNumbers: INodeProperties = {
	displayName: 'IDs Are Phone Numbers',
	name: 'idsArePhoneNumbers',
	type: 'boolean',
	default: false,
	description:
		'Whether the vendor names records by phone numbers. They are masked in receipts then, so that those cannot be rechecked.',
};

const fieldsOfRecord: INodeProperties = {
	displayName: 'Fields of the Record',
	name: 'fieldsOfRecord',
	type: 'string',
	default: '',
	placeholder: 'e.g. status, title',
	description:
		'Fields of a good answer that describe the record, separated by commas. What stands in fields such as status, message or error is otherwise taken for a sign of trouble, and the deletion for uncertain.',
};

/** In the order in which a vendor's page says these things. */
export const recordFields: readonly INodeProperties[] = [
	vendorName,
	recordId,
	...requestFields,
	...answerFields,
	...lookFields,
	...deletionFields({ maxConcurrency: manyAtOnce, canLook: true }, [
		headers,
		idEncoding,
		idsArePhoneNumbers,
		fieldsOfRecord,
	]),
];
