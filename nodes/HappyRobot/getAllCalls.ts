import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../shared/operations';
import { PageSize } from '../shared/pageSize';
import { executeReading, fetchFrom, readLimit, returnAllFields } from '../shared/reading';
import { filterFields, readFilters, type CallFilter } from './callFilters';
import {
	openHappyRobot,
	pageSize,
	readPage,
	vendorName,
	type HappyRobotApi,
} from './happyRobotApi';

export const getAllCalls: Operation = {
	name: 'Get Many',
	action: 'Get many calls',
	subtitle: 'get many calls',
	description: 'Get many calls with their notes, for example all calls with a phone number',
	fields: [...returnAllFields, filterFields],
	execute: async (context) => {
		const api = await openHappyRobot(context);
		return await executeReading(context, async ({ itemIndex }) => {
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			return await readCalls(context, api, readFilters(filters), readLimit(context, itemIndex));
		});
	},
};

/**
 * Reads pages until one is empty: neither the total nor a page's length says for certain that
 * there is no more. A call that comes in meanwhile moves others to the next page, so that some come
 * twice; they are given once.
 */
async function readCalls(
	context: IExecuteFunctions,
	api: HappyRobotApi,
	filters: readonly CallFilter[],
	limit: number,
): Promise<IDataObject[]> {
	const query = Object.fromEntries(filters.map(({ parameter, value }) => [parameter, value]));
	const calls: IDataObject[] = [];
	const seen = new Set<unknown>();
	const size = new PageSize(pageSize);
	let skip = 0;
	while (calls.length < limit) {
		const page = await fetchFrom(
			context,
			vendorName,
			async () =>
				await size.ask(limit, async (most) => await api.listCalls({ ...query, limit: most, skip })),
			(answer) => {
				const content = readPage(answer);
				return content && { content };
			},
		);
		if (page.length === 0) break;
		const fresh = page.filter(({ id }) => !seen.has(id));
		if (fresh.length === 0) {
			throw new UserError('HappyRobot keeps giving the same calls. Try again later or use Limit');
		}
		for (const { id } of fresh) seen.add(id);
		calls.push(...fresh.filter((call) => !filters.some(({ excludes }) => excludes(call))));
		skip += page.length;
	}
	return calls.slice(0, limit);
}
