import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import type { Operation } from '../../shared/operations/operations';
import { readOverlapping } from '../../shared/operations/overlappingPages';
import { PageSize } from '../../shared/operations/pageSize';
import {
	executeReading,
	fetchFrom,
	readLimit,
	returnAllFields,
} from '../../shared/operations/reading';
import { readAsWritten } from '../../shared/parameters/deletionSettings';
import { readingOptions } from '../../shared/parameters/idsAsWritten';
import { openAccount, type OpenAccount } from '../../shared/sending/account';
import { happyRobot } from '../happyRobotAccount';
import { pageOfCalls, pageSize, readPage } from './callPages';
import { exampleCall } from './exampleCall';
import { filterFields, readFilters, type CallFilter } from './filters';

export const getAllCalls: Operation = {
	name: 'Get Many',
	action: 'Get many calls',
	subtitle: 'get many calls',
	description: 'Get many calls with their notes, for example all calls with a phone number',
	fields: [...returnAllFields, filterFields, readingOptions],
	example: exampleCall,
	execute: async (context) => {
		const open = async () => await openAccount(context, happyRobot);
		return await executeReading(context, open, async (account, { itemIndex }) => {
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			return await readCalls(
				context,
				account,
				readFilters(filters, readAsWritten(context)),
				readLimit(context, itemIndex),
			);
		});
	},
};

async function readCalls(
	context: IExecuteFunctions,
	{ send, account: { vendorName } }: OpenAccount,
	filters: readonly CallFilter[],
	limit: number,
): Promise<IDataObject[]> {
	const query = Object.fromEntries(filters.map(({ parameter, value }) => [parameter, value]));
	const calls: IDataObject[] = [];
	// Pages overlap by one.
	const wanted = Math.max(2, limit);
	const size = new PageSize(pageSize);
	const isWhole = await readOverlapping<IDataObject>({
		page: async (skip) =>
			await fetchFrom(
				context,
				vendorName,
				async () =>
					await size.ask(
						wanted,
						async (most) => await send(pageOfCalls({ ...query, limit: most, skip })),
					),
				(answer) => {
					const content = readPage(answer);
					return content && told(content);
				},
			),
		keyOf: ({ id }) => id,
		take: (fresh) => {
			calls.push(...fresh.filter((call) => !filters.some(({ excludes }) => excludes(call))));
			return calls.length < limit;
		},
	});
	if (!isWhole) {
		throw new UserError('HappyRobot keeps giving the same calls. Try again later or use Limit');
	}
	return calls.slice(0, limit);
}
