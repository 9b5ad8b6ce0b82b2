import type { INodeProperties } from 'n8n-workflow';

import { ownVendors } from '../shared/vendor/ownVendors';

export const answerField: INodeProperties = {
	displayName: 'Answer',
	name: 'answer',
	type: 'options',
	noDataExpression: true,
	default: 'afterStoring',
	options: [
		{
			name: 'After Storing',
			value: 'afterStoring',
			description:
				'The node Erasure Request answers, once the request is stored: if it cannot be, the sender hears so and tries again',
		},
		{
			name: 'At Once',
			value: 'atOnce',
			description: 'For senders that wait a few seconds only. The request is not stored yet then.',
		},
	],
	description: 'When the sender gets its answer',
};

export const vendorsField: INodeProperties = {
	displayName: 'Vendors',
	name: 'vendors',
	type: 'string',
	required: true,
	default: ownVendors.join(', '),
	description:
		'The vendors at which this workflow erases, as receipts name them. A request for records of any other is turned down as a whole.',
};
