import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { notErased } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import type { Operation } from '../shared/operations/operations';
import {
	executeReading,
	fetchFrom,
	readLimit,
	returnAllFields,
} from '../shared/operations/reading';
import { UnusableValue } from '../shared/parameters/unusableValue';
import {
	flowStatuses,
	isNoSuchFlow,
	openKaleyra,
	readPage,
	readRefusal,
	readStatus,
	vendorName,
	type FlowStatus,
	type KaleyraApi,
} from './kaleyraApi';

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
	],
	execute: async (context) => {
		const api = await openKaleyra(context);
		return await executeReading(context, async (parameters) => {
			const { itemIndex } = parameters;
			const account = parameters.identifier(wabaId.name, wabaId.displayName);
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			const isWanted = statusFilter(filters);
			return await readFlows(context, api, account, isWanted, readLimit(context, itemIndex));
		});
	},
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

/** Words about a flow, where none was asked for: something is not there. */
const noSuchAccount = {
	kind: 'refused',
	why: notErased(
		'failed',
		'notUnderstood',
		'Kaleyra gave no usable answer. Check the parameters, and the address in the credentials',
	),
} as const;

async function readFlows(
	context: IExecuteFunctions,
	api: KaleyraApi,
	account: string,
	isWanted: (flow: IDataObject) => boolean,
	limit: number,
): Promise<IDataObject[]> {
	const flows: IDataObject[] = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	do {
		const from = cursor;
		const page = await fetchFrom(
			context,
			vendorName,
			async () => await api.listFlows(account, from),
			(answer) => {
				const content = readPage(answer);
				if (content !== undefined) return told(content);
				return isNoSuchFlow(answer) ? noSuchAccount : readRefusal(answer);
			},
		);
		flows.push(...page.flows.filter(isWanted));
		cursor = page.cursor;
		if (cursor !== undefined && cursors.has(cursor)) {
			throw new UserError('Kaleyra keeps giving the same page. Try again later or use Limit');
		}
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined && flows.length < limit);
	return flows.slice(0, limit);
}
