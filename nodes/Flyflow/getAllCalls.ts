import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../shared/operations';
import { PageSize } from '../shared/pageSize';
import { executeReading, fetchFrom, readLimit, returnAllFields } from '../shared/reading';
import { emptyFilter } from '../shared/unusableValue';
import { largestPage, openFlyflow, readPage, vendorName, type FlyflowApi } from './flyflowApi';

export const getAllCalls: Operation = {
	name: 'Get Many',
	action: 'Get many calls',
	subtitle: 'get many calls',
	description: 'Get many calls, for example all calls of a client',
	fields: [
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Agent ID',
					name: 'agentId',
					type: 'string',
					default: '',
					description: 'Only calls of this agent',
				},
				{
					displayName: 'Client Number',
					name: 'clientNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +15125551234',
					description: 'Only calls with this phone number of the client',
				},
			],
		},
	],
	execute: async (context) => {
		const api = await openFlyflow(context);
		return await executeReading(context, async ({ itemIndex }) => {
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			return await readCalls(context, api, readFilters(filters), readLimit(context, itemIndex));
		});
	},
};

/** A filter that resolved to nothing must not turn into "all calls": what is found may be deleted. */
function readFilters(filters: IDataObject): Record<string, string> {
	const query: Record<string, string> = {};
	for (const { name, displayName, parameter } of filterParameters) {
		if (!(name in filters)) continue;
		const value = filters[name];
		if (typeof value !== 'string' || value.trim() === '') {
			throw emptyFilter(displayName);
		}
		query[parameter] = value.trim();
	}
	return query;
}

const filterParameters = [
	{ name: 'agentId', displayName: 'Agent ID', parameter: 'agent_id' },
	{ name: 'clientNumber', displayName: 'Client Number', parameter: 'client_number' },
] as const;

async function readCalls(
	context: IExecuteFunctions,
	api: FlyflowApi,
	filters: Record<string, string>,
	limit: number,
): Promise<IDataObject[]> {
	const calls: IDataObject[] = [];
	const cursors = new Set<string>();
	const size = new PageSize(largestPage);
	let cursor: string | undefined;
	do {
		const wanted = limit - calls.length;
		const from = cursor === undefined ? {} : { cursor };
		const page = await fetchFrom(
			context,
			vendorName,
			async () =>
				await size.ask(
					wanted,
					async (most) => await api.listCalls({ ...filters, limit: most, ...from }),
				),
			(answer) => {
				const content = readPage(answer);
				return content && { content };
			},
		);
		calls.push(...page.calls);
		cursor = page.cursor;
		if (cursor !== undefined && cursors.has(cursor)) {
			throw new UserError('Flyflow keeps giving the same page. Try again later or use Limit');
		}
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined && calls.length < limit);
	return calls.slice(0, limit);
}
