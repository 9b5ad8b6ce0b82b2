import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readMoment } from '../../../erasure/moment';
import { isMissing } from '../../../erasure/receiptFields';
import { asRecord } from '../../../erasure/reply';
import { checkWordsFilter, emptyFilter, readIdsFilter } from '../../shared/parameters/filters';
import { numbersAmongWords } from '../../shared/parameters/phoneNumberForm';
import { holdsNumber } from '../../shared/parameters/phoneNumbers';
import { UnusableValue } from '../../shared/parameters/unusableValue';

/**
 * A filter as it is sent. What comes back is held against it once more: what is found may be
 * deleted, and the names of the vendor's parameters are known from a third party only
 * (https://github.com/vessl-ai/hyperpocket, tools/happyrobot/list-calls). A name that the vendor
 * does not know would silently turn into "all calls".
 */
export interface CallFilter {
	readonly parameter: string;
	readonly value: string;
	/** Whether the call certainly does not match. */
	readonly excludes: (call: IDataObject) => boolean;
}

const types = ['Inbound', 'Outbound'] as const;

const statuses = [
	'AMD Terminated',
	'Busy',
	'Canceled',
	'Completed',
	'Failed',
	'In progress',
	'Initiated',
	'No answer',
	'Queued',
	'Ringing',
	'Scheduled',
	'Transferred',
] as const;

/** The filters of https://docs.happyrobot.ai/api-reference/calls/list-calls that find what to delete. */
export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description:
				'Only calls created at this time or later. Times without a time zone are in UTC.',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15125551234',
			description: 'Only calls with this phone number, or with this text in the extracted data',
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			default: [],
			description: 'Only calls with one of these statuses',
			options: statuses.map((status) => ({ name: status, value: status })),
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description:
				'Only calls created at this time or earlier. Times without a time zone are in UTC.',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'Inbound',
			description: 'Only calls of this type',
			options: types.map((type) => ({ name: type, value: type })),
		},
		{
			displayName: 'Use Case IDs',
			name: 'useCases',
			type: 'string',
			default: '',
			description: 'Only calls of these use cases: one ID, or several separated by commas',
		},
	],
};

/**
 * Reads the filters that the user added. One that resolved to nothing must not turn into "all
 * calls".
 *
 * @param asWritten what the option IDs as Written says
 * @throws UnusableValue naming the filter that cannot be used
 */
export function readFilters(filters: IDataObject, asWritten = false): CallFilter[] {
	return Object.entries(filters).map(([name, value]) => {
		const read = readers[name];
		if (read === undefined)
			throw new UnusableValue(`The filter "${name}"`, 'is not known', 'Remove it');
		return read(value, asWritten);
	});
}

const readers: Readonly<Record<string, (value: unknown, asWritten: boolean) => CallFilter>> = {
	from: (value) => createdFilter('from', 'From', value, (created, from) => created < from),
	to: (value) => createdFilter('to', 'To', value, (created, to) => created > to),
	search: (value, asWritten) => {
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string' || text.trim() === '') throw emptyFilter('Search');
		const wanted = text.trim();
		if (!asWritten) checkWordsFilter('Search', wanted);
		return { parameter: 'search', value: wanted, excludes: lacksNumber(wanted) };
	},
	statuses: (value) => {
		const chosen = readChoices('Statuses', value, statuses);
		return choiceFilter('statuses', chosen, ({ status }) => status);
	},
	type: (value) => {
		const chosen = readChoices('Type', [value], types);
		return choiceFilter('type', chosen, ({ type }) => type);
	},
	useCases: (value, asWritten) => {
		const field = { name: 'useCases', displayName: 'Use Case IDs' };
		const ids = readIdsFilter(field, value, asWritten);
		return choiceFilter('use_cases', ids, (call) => asRecord(call.use_case)?.id);
	},
};

function readChoices(
	displayName: string,
	value: unknown,
	choices: readonly string[],
): readonly string[] {
	if (!Array.isArray(value) || value.length === 0) throw emptyFilter(displayName);
	if (value.every((choice) => choices.includes(choice as string))) return value as string[];
	throw new UnusableValue(
		displayName,
		`must be one of ${choices.join(', ')}`,
		'Choose again or remove the filter',
	);
}

/** Several values go comma separated, as documented. */
function choiceFilter(
	parameter: string,
	chosen: readonly string[],
	fieldOf: (call: IDataObject) => unknown,
): CallFilter {
	return {
		parameter,
		value: chosen.join(','),
		excludes: (call) => {
			const field = fieldOf(call);
			return typeof field === 'string' && !chosen.includes(field);
		},
	};
}

function createdFilter(
	parameter: string,
	displayName: string,
	value: unknown,
	isOutside: (created: number, bound: number) => boolean,
): CallFilter {
	const bound = readBound(displayName, value);
	return {
		parameter,
		value: new Date(bound).toISOString(),
		excludes: ({ created }) => {
			// HappyRobot does not say in which zone a time without one is; UTC is taken for it too.
			const moment = readMoment(created);
			return moment !== undefined && isOutside(moment.time, bound);
		},
	};
}

/**
 * Without a time zone UTC is meant, as the fields say.
 *
 * @returns milliseconds since the epoch
 */
function readBound(displayName: string, value: unknown): number {
	if (isMissing(value)) throw emptyFilter(displayName);
	const moment = readMoment(value);
	if (moment !== undefined) return moment.time;
	throw new UnusableValue(displayName, 'is not a date', 'Enter one such as 2026-01-31T00:00:00Z');
}

/**
 * Whether a call lacks a number that was searched for, however few digits it has: `12345` is a part of
 * other people's numbers. Words are left to the vendor's own search.
 */
function lacksNumber(text: string): (call: IDataObject) => boolean {
	const isNumber = !/\p{L}/u.test(text) && /\d/.test(text);
	const numbers = isNumber ? [text] : numbersAmongWords(text);
	return ({ metadata, extraction }) =>
		!numbers.every((number) => holdsNumber([metadata, extraction], number));
}
