import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import { isMissing } from '../../../erasure/receiptFields';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import { readByCursor, type CursorList } from '../../shared/operations/cursorPages';
import type { Operation } from '../../shared/operations/operations';
import { PageSize } from '../../shared/operations/pageSize';
import { executeReading, readLimit, returnAllFields } from '../../shared/operations/reading';
import { readAsWritten } from '../../shared/parameters/deletionSettings';
import {
	checkNumberFilter,
	emptyFilter,
	readIdFilter,
	type FilterField,
} from '../../shared/parameters/filters';
import { readingOptions } from '../../shared/parameters/idsAsWritten';
import { holdsNumber, isPhoneNumber } from '../../shared/parameters/phoneNumbers';
import { openAccount, type OpenAccount } from '../../shared/sending/account';
import { flyflow } from '../flyflowAccount';
import { exampleCall } from './callReply';
import { largestPage, pageOfCalls, readPage } from './callPages';

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
		readingOptions,
	],
	example: exampleCall,
	execute: async (context) => {
		const open = async () => await openAccount(context, flyflow);
		return await executeReading(context, open, async (account, { itemIndex }) => {
			const filters: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			const read = readFilters(filters, readAsWritten(context));
			return await readCalls(context, account, read, readLimit(context, itemIndex));
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
function readFilters(filters: IDataObject, asWritten: boolean): CallFilter[] {
	return filterParameters.flatMap(({ name, displayName, parameter, matches, readAs }) => {
		if (!(name in filters)) return [];
		const wanted = readAs({ name, displayName }, filters[name], asWritten);
		return [{ parameter, value: wanted, excludes: (call) => !matches(call, wanted) }];
	});
}

function readClientNumber({ displayName }: FilterField, value: unknown): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '') throw emptyFilter(displayName);
	const wanted = text.trim();
	checkNumberFilter(displayName, wanted);
	return wanted;
}

/** The page on List Calls does not show which fields its calls have: one that is missing excludes nothing. */
const filterParameters = [
	{
		name: 'agentId',
		displayName: 'Agent ID',
		parameter: 'agent_id',
		readAs: readIdFilter,
		matches: ({ agent_id: agent }: IDataObject, wanted: string) =>
			isMissing(agent) || isSameIdentifier(agent, wanted),
	},
	{
		name: 'clientNumber',
		displayName: 'Client Number',
		parameter: 'client_number',
		readAs: readClientNumber,
		matches: (call: IDataObject, wanted: string) => {
			const numbers = [call.from, call.to, call.client_number].filter(
				(number) => !isMissing(number),
			);
			return numbers.length === 0 || numbers.some((number) => isSameParty(number, wanted));
		},
	},
] as const;

/** What is not a phone number, such as the name of a SIP account, counts as it is written. */
function isSameParty(party: unknown, wanted: string): boolean {
	if (isPhoneNumber(wanted)) return holdsNumber(party, wanted);
	return String(party).trim().toLowerCase() === wanted.toLowerCase();
}

async function readCalls(
	context: IExecuteFunctions,
	{ send, account: { vendorName } }: OpenAccount,
	filters: readonly CallFilter[],
	limit: number,
): Promise<IDataObject[]> {
	const query = Object.fromEntries(filters.map(({ parameter, value }) => [parameter, value]));
	const size = new PageSize(largestPage);
	const page: CursorList['page'] = async (cursor, wanted) => {
		const from = cursor === undefined ? {} : { cursor };
		return await size.ask(
			wanted,
			async (most) => await send(pageOfCalls({ ...query, limit: most, ...from })),
		);
	};
	const read: CursorList['read'] = (answer) => {
		const content = readPage(answer);
		return content && told(content);
	};
	const isWanted = (call: IDataObject) => !filters.some(({ excludes }) => excludes(call));
	return await readByCursor(context, { vendorName, page, read, isWanted }, limit);
}
