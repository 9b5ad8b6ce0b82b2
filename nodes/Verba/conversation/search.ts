import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import { notErased } from '../../../erasure/outcome';
import type { Operation } from '../../shared/operations/operations';
import {
	executeReading,
	fetchFrom,
	readLimit,
	returnAllFields,
} from '../../shared/operations/reading';
import { checkNumberFilter, checkWordsFilter, emptyFilter } from '../../shared/parameters/filters';
import { UnusableValue } from '../../shared/parameters/unusableValue';
import { exampleConversation } from './exampleConversation';
import {
	describeContradiction,
	describeRefusal,
	isPutOff,
	readUnsettled,
} from './findConversation';
import { isSameNumber, normalise, partyFields } from './partyNumber';
import { halve, readPeriod, showPeriod, type Period } from './period';
import {
	openVerba,
	searchPageLength,
	vendorName,
	type CallSearch,
	type VerbaApi,
} from '../verbaApi';
import { readConversations, readReply, type Conversation } from '../verbaReply';
import { actions } from '../verbaRequest';

type Filters = Omit<CallSearch, 'start' | 'end'>;

export const searchConversations: Operation = {
	name: 'Search',
	action: 'Search for conversations',
	subtitle: 'find conversations',
	description: 'Find conversations of a period, for example all of a phone number',
	fields: [
		{
			displayName: 'Start',
			name: 'start',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'The beginning of the period',
		},
		{
			displayName: 'End',
			name: 'end',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'The end of the period',
		},
		...returnAllFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Only conversations in which a party has this in its name',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'string',
					default: '',
					placeholder: 'e.g. +15125551234',
					description:
						'Only conversations with exactly this number on either side. Verba also finds numbers that only contain this one; they are not returned.',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'recorded',
					description: 'Whether to find finished conversations or those that are still going on',
					options: [
						{ name: 'Ongoing', value: 'ongoing' },
						{ name: 'Recorded', value: 'recorded' },
					],
				},
				{
					displayName: 'Time Zone',
					name: 'timeZone',
					type: 'string',
					default: 'UTC',
					placeholder: 'e.g. Europe/Budapest',
					description:
						'The time zone of the Verba user in the credentials, in which Verba reads and shows times; UTC if the credentials have no user',
				},
			],
		},
	],
	example: exampleConversation,
	execute: async (context) => {
		const open = async () => await openVerba(context);
		return await executeReading(context, open, async (api, { itemIndex }) => {
			const given: IDataObject = context.getNodeParameter('filters', itemIndex, {});
			const period = readPeriod(
				context.getNodeParameter('start', itemIndex),
				context.getNodeParameter('end', itemIndex),
				readFilter(given, 'timeZone', 'Time Zone'),
			);
			const filters = readFilters(given);
			const limit = readLimit(context, itemIndex);
			const found = new Map<string, Conversation>();
			await collect(context, api, period, filters, limit, found);
			return [...found.values()].slice(0, limit).map(({ fields }) => fields);
		});
	},
};

/** A filter that resolved to nothing must not turn into "all": what is found may be deleted. */
function readFilters(given: IDataObject): Filters {
	const status = given.status ?? 'recorded';
	if (status !== 'recorded' && status !== 'ongoing') {
		throw new UnusableValue(
			'Status',
			'must be recorded or ongoing',
			'Choose it again or remove the filter',
		);
	}
	const number = readFilter(given, 'number', 'Number');
	if (number !== undefined) checkNumberFilter('Number', number);
	const name = readFilter(given, 'name', 'Name');
	if (name !== undefined) checkWordsFilter('Name', name);
	return { status, number, name };
}

function readFilter(given: IDataObject, name: string, displayName: string): string | undefined {
	if (!(name in given)) return undefined;
	const value = typeof given[name] === 'number' ? String(given[name]) : given[name];
	if (typeof value !== 'string' || value.trim() === '') {
		throw emptyFilter(displayName);
	}
	return value.trim();
}

/**
 * Verba documents no pages. A reply as long as it can get may be cut short, so its period is asked
 * for again in two halves, until each reply is shorter than that.
 */
async function collect(
	context: IExecuteFunctions,
	api: VerbaApi,
	period: Period,
	filters: Filters,
	limit: number,
	found: Map<string, Conversation>,
): Promise<void> {
	const conversations = await searchOnce(context, api, period, filters);
	const mayBeCut = conversations.length >= searchPageLength;
	for (const conversation of conversations) {
		if (isWanted(conversation, filters)) found.set(conversation.callId, conversation);
	}
	if (!mayBeCut || found.size >= limit) return;
	const halves = halve(period);
	if (halves === undefined) {
		throw new UserError(
			`Verba has ${searchPageLength} conversations or more within one second and lists no more at a time. Narrow the search with Name or Number`,
		);
	}
	for (const half of halves) {
		if (found.size >= limit) return;
		await collect(context, api, half, filters, limit, found);
	}
}

async function searchOnce(
	context: IExecuteFunctions,
	api: VerbaApi,
	period: Period,
	filters: Filters,
): Promise<readonly Conversation[]> {
	const { number } = filters;
	const search = {
		...filters,
		...showPeriod(period),
		number: number === undefined ? undefined : normalise(number),
	};
	return await fetchFrom(
		context,
		vendorName,
		async () => await api.searchCalls(search),
		(answer) => {
			const reply = readReply(answer, actions.searchCalls);
			if (reply?.kind === 'notFound') return told([]);
			if (reply?.kind === 'refusal') {
				const asked = number === undefined ? {} : { extension: search.number ?? '' };
				const why = describeRefusal(reply.code, reply.words, { identifiers: asked });
				if (isPutOff(reply.words)) return readUnsettled({ kind: 'putOff', why });
				return { kind: 'refused', why: notErased('failed', 'vendorError', why) };
			}
			if (reply?.kind === 'contradiction') {
				const why = `${describeContradiction(answer)}. Try again later`;
				return readUnsettled({ kind: 'contradiction', why });
			}
			const content = reply && readConversations(reply.root);
			return content && told(content);
		},
	);
}

/** "The phone number part": https://kanasoftware.jira.com/wiki/spaces/v94/pages/4388628184/Search+Calls */
function isWanted({ fields }: Conversation, { number }: Filters): boolean {
	if (number === undefined) return true;
	return partyFields.some((field) => {
		const party = fields[field];
		return typeof party === 'string' && isSameNumber(party, number);
	});
}
