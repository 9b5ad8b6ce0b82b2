import type { INodeProperties } from 'n8n-workflow';

import { rulesField, ruleValues } from './ruleFields';

const meaning: INodeProperties = {
	displayName: 'Meaning',
	name: 'meaning',
	type: 'options',
	default: 'deleted',
	options: [
		{
			name: 'Deleted',
			value: 'deleted',
			description: 'The vendor says that the record is gone for good. Trash is not gone.',
		},
		{
			name: 'Refused',
			value: 'refused',
			description: 'The vendor says no, and will say no again: a legal hold, for example',
		},
		{
			name: 'Taken On, Deleted Later',
			value: 'accepted',
			description: 'The vendor has begun, or has put it into a queue',
		},
	],
	description: 'What such an answer says',
};

/** What can be said of "not there", by deletions and by looks. */
export const absenceFields: readonly INodeProperties[] = [
	rulesField(
		{
			displayName: 'What Says Not Found',
			name: 'notFoundRules',
			description:
				'How the vendor says that it has no such record, such as status 404 with a code of its own. Holds for deletions and looks.',
		},
		ruleValues({ status: '404', field: 'code', value: 'not_found' }),
	),
	{
		displayName: '404 Alone Means Not Found',
		name: 'notFoundByStatus',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether a 404 says so whatever stands in it. A page of HTML never counts.',
	},
	{
		displayName:
			'A misspelt path and a wrong address are answered with 404 too: every record would then count as gone. First preview one record that is there: it has to be found.',
		name: 'notFoundByStatusNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { notFoundByStatus: [true] } },
	},
];

const forSeveral: INodeProperties['displayOptions'] = {
	hide: { idsPerRequest: [1], method: ['GET'] },
};

/** What the vendor answers, as its page shows it. */
export const answerFields: readonly INodeProperties[] = [
	{
		displayName:
			'The answers: what no rule covers is never a success. It becomes unknown, or what its status says at every vendor.',
		name: 'answersNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'What Says Deleted',
		name: 'deletedAnswer',
		type: 'options',
		noDataExpression: true,
		default: 'noContent',
		options: [
			{
				name: '204 Without a Body',
				value: 'noContent',
				description: 'The page says 204, No Content or an empty answer',
			},
			{
				name: 'A Rule Below',
				value: 'rule',
				description: 'The page shows JSON: add a rule for the field that says it',
			},
		],
		description: 'How the vendor says that a record is gone',
	},
	rulesField(
		{
			displayName: 'Rules for Answers',
			name: 'answerRules',
			description:
				'What other answers mean that the page shows. A page of HTML meets no rule for Deleted.',
		},
		[
			meaning,
			...ruleValues({
				status: '200',
				field: 'data.status',
				value: 'deleted',
				withoutField: ['anyJson', 'noBody'],
			}),
		],
	),
	...absenceFields,
	{
		displayName: 'The Answer Proves Nothing',
		name: 'provesNothing',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether the vendor answers the same whether or not it deletes, or the page leaves that open. A success is then accepted, or, with a look below, whatever a look before and after shows.',
	},
	{
		displayName: 'Answer for Several IDs',
		name: 'bulkAnswer',
		type: 'options',
		noDataExpression: true,
		default: 'list',
		displayOptions: forSeveral,
		options: [
			{
				name: 'An Entry for Each ID',
				value: 'list',
				description: 'The rules are about the fields of an entry',
			},
			{
				name: 'One for All',
				value: 'whole',
				description: 'Proves nothing of any one record: see The Answer Proves Nothing',
			},
		],
		description: 'What the answer says of the records',
	},
	{
		displayName: 'List in the Answer',
		name: 'bulkList',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. data.items',
		displayOptions: { ...forSeveral, show: { bulkAnswer: ['list'] } },
		description: 'The JSON field that holds the entries. Empty if the answer itself is the list.',
	},
	{
		displayName: 'ID in an Entry',
		name: 'bulkId',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. sid',
		displayOptions: { ...forSeveral, show: { bulkAnswer: ['list'] } },
		description:
			'The field of an entry that says which record it is about. A record without an entry is unknown.',
	},
];
