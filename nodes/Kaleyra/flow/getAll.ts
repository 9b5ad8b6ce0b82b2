import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { notErased } from '../../../erasure/outcome';
import { told } from '../../../erasure/reading';
import { readByCursor, type CursorList } from '../../shared/operations/cursorPages';
import type { Operation } from '../../shared/operations/operations';
import { executeReading, readLimit, returnAllFields } from '../../shared/operations/reading';
import { readingOptions } from '../../shared/parameters/idsAsWritten';
import { UnusableValue } from '../../shared/parameters/unusableValue';
import { openAccount } from '../../shared/sending/account';
import { kaleyra } from '../kaleyraAccount';
import { pageOfFlows, readPage } from './flowPages';
import { exampleFlow, isNoSuchFlow, readRefusal } from './flowReply';
import { flowStatuses, readStatus, type FlowStatus } from './flowStatus';

const wabaId: INodeProperties = {
	displayName: 'WABA ID',
	name: 'wabaId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 102290129340398',
	description: 'The ID of the WhatsApp Business Account whose flows to get',
};

export const getAllFlows: Operation = {
	name: 'Get Many',
	action: 'Get many flows',
	subtitle: 'get many flows',
	description: 'Get many flows of a WhatsApp Business Account, for example all drafts',
	fields: [
		wabaId,
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'DRAFT',
					description: 'Only flows in this state. Kaleyra deletes drafts only.',
					options: [
						{ name: 'Blocked', value: 'BLOCKED' },
						{ name: 'Deprecated', value: 'DEPRECATED' },
						{ name: 'Draft', value: 'DRAFT' },
						{ name: 'Published', value: 'PUBLISHED' },
						{ name: 'Throttled', value: 'THROTTLED' },
					],
				},
			],
		},
		readingOptions,
	],
	example: exampleFlow,
	execute: async (context) => {
		const open = async () => await openAccount(context, kaleyra);
		return await executeReading(context, open, async ({ send, account }, parameters) => {
			const { itemIndex } = parameters;
			const waba = parameters.identifier(wabaId.name, wabaId.displayName);
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			const list: CursorList = {
				vendorName: account.vendorName,
				page: async (cursor) => await send(pageOfFlows(waba, cursor)),
				read: readList,
				isWanted: statusFilter(filters),
			};
			return await readByCursor(context, list, readLimit(context, itemIndex));
		});
	},
};

/** Words about a flow, where none was asked for: something is not there. */
const noSuchAccount = {
	kind: 'refused',
	why: notErased(
		'failed',
		'notUnderstood',
		'Kaleyra gave no usable answer. Check the parameters, and the address in the credentials',
	),
} as const;

const readList: CursorList['read'] = (answer) => {
	const content = readPage(answer);
	if (content !== undefined) return told(content);
	return isNoSuchFlow(answer) ? noSuchAccount : readRefusal(answer);
};

/** A filter that resolved to nothing must not turn into "all flows": what is found may be deleted. */
function statusFilter(filters: IDataObject): (flow: IDataObject) => boolean {
	if (!('status' in filters)) return () => true;
	const wanted: FlowStatus | undefined = readStatus(filters);
	if (wanted === undefined) {
		throw new UnusableValue(
			'Status',
			`must be one of ${flowStatuses.join(', ')}`,
			'Choose one or remove the filter',
		);
	}
	return (flow) => readStatus(flow) === wanted;
}
