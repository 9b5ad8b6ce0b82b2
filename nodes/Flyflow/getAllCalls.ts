import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { isSameIdentifier } from '../../erasure/sameIdentifier';
import { told } from '../../erasure/reading';
import type { Operation } from '../shared/operations/operations';
import { PageSize } from '../shared/operations/pageSize';
import { holdsNumber, isPhoneNumber } from '../shared/parameters/phoneNumbers';
import {
	executeReading,
	fetchFrom,
	readLimit,
	returnAllFields,
} from '../shared/operations/reading';
import { emptyFilter } from '../shared/parameters/unusableValue';
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

/**
 * A filter as it is sent. What comes back is held against it once more: what is found may be deleted,
 * and a vendor that ignores it would give the calls of other people.
 */
interface CallFilter {
	readonly parameter: string;
	readonly value: string;
	/** Whether the call certainly does not match. */
	readonly excludes: (call: IDataObject) => boolean;
}

/** A filter that resolved to nothing must not turn into "all calls". */
function readFilters(filters: IDataObject): CallFilter[] {
	return filterParameters.flatMap(({ name, displayName, parameter, matches }) => {
		if (!(name in filters)) return [];
		const value = filters[name];
		if (typeof value !== 'string' || value.trim() === '') throw emptyFilter(displayName);
		const wanted = value.trim();
		return [{ parameter, value: wanted, excludes: (call) => !matches(call, wanted) }];
	});
}

const filterParameters = [
	{
		name: 'agentId',
		displayName: 'Agent ID',
		parameter: 'agent_id',
		matches: ({ agent_id: agent }: IDataObject, wanted: string) =>
			isUntold(agent) || isSameIdentifier(agent, wanted),
	},
	{
		name: 'clientNumber',
		displayName: 'Client Number',
		parameter: 'client_number',
		matches: (call: IDataObject, wanted: string) => {
			const numbers = [call.from, call.to, call.client_number].filter(
				(number) => !isUntold(number),
			);
			return numbers.length === 0 || numbers.some((number) => isSameParty(number, wanted));
		},
	},
] as const;

/** The page on List Calls does not show which fields its calls have. */
function isUntold(field: unknown): boolean {
	return field === undefined || field === null || field === '';
}

/** What is no phone number, such as the name of a SIP account, counts as it is written. */
function isSameParty(party: unknown, wanted: string): boolean {
	if (isPhoneNumber(wanted)) return holdsNumber(party, wanted);
	return String(party).trim().toLowerCase() === wanted.toLowerCase();
}

async function readCalls(
	context: IExecuteFunctions,
	api: FlyflowApi,
	filters: readonly CallFilter[],
	limit: number,
): Promise<IDataObject[]> {
	const query = Object.fromEntries(filters.map(({ parameter, value }) => [parameter, value]));
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
					async (most) => await api.listCalls({ ...query, limit: most, ...from }),
				),
			(answer) => {
				const content = readPage(answer);
				return content && told(content);
			},
		);
		calls.push(...page.calls.filter((call) => !filters.some(({ excludes }) => excludes(call))));
		cursor = page.cursor;
		if (cursor !== undefined && cursors.has(cursor)) {
			throw new UserError('Flyflow keeps giving the same page. Try again later or use Limit');
		}
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined && calls.length < limit);
	return calls.slice(0, limit);
}
