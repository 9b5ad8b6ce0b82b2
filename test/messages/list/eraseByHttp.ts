/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
	readHttpVendor,
	readLookedAtVendor,
} from '../../../nodes/EraseByHttp/description/readDescription';
import { readEntries } from '../../../nodes/EraseByHttp/record/bulkAnswer';
import { readDeletion } from '../../../nodes/EraseByHttp/record/deletionAnswer';
import { runNode } from '../../engine/engine';
import { described, describedBulk, nodeWith, rule } from '../../unit/eraseByHttp/describedNode';
import type { Listed } from '../listed';
import { thrownBy, type Met } from '../stage';

/** What is wrong with a description: with the field's name, and a way out. */
function turnedDown(
	field: string,
	complaint: string,
	wayOut: string,
	changes: IDataObject,
	from: IDataObject = described,
): Listed {
	return {
		text: `${field} ${complaint}`,
		names: field.replace(/^.*Rule \d of /, ''),
		wayOut,
		meet: async () => await thrownBy(() => readHttpVendor(nodeWith({ ...from, ...changes }))),
	};
}

const asOnThePage = 'Write it as the page of the vendor has it, such as /recordings/{id}';

const path = (complaint: string, value: string, wayOut = asOnThePage) =>
	turnedDown('Path', `${complaint}. ${wayOut}`, wayOut, { path: value });

const paths: readonly Listed[] = [
	path('is empty', ''),
	path(
		'holds a whole address, and requests go to the one in the credential alone',
		'https://api.example.com/{id}',
	),
	path('does not begin with "/"', 'recordings/{id}'),
	path('holds an expression that was not filled in', '/{{ $json.id }}'),
	path('has {id} more than once', '/{id}/{id}'),
	path('has braces around something else than {id}', '/recordings/{sid}'),
	path(
		'holds a character that an address cannot have as it stands',
		'/my recordings/{id}',
		'Write blanks and letters of other scripts encoded, such as %20',
	),
	path('holds "." or ".." between slashes', '/../{id}'),
	path(
		'holds what looks like a key',
		'/{id}?api_key=abc',
		'Enter the key in the credential, where it is kept secret',
	),
	path(
		'has no {id}, so that every request would be the same',
		'/recordings',
		'Put {id} where the page of the vendor has the ID, in Path or in JSON Body',
	),
	{
		...turnedDown(
			'Path of the Look',
			'has no {id}. Put {id} where the page of the vendor has the ID',
			'Put {id} where the page of the vendor has the ID',
			{},
		),
		meet: async () =>
			await thrownBy(() => readLookedAtVendor(nodeWith({ ...described, lookPath: '/recordings' }))),
	},
];

const body = (complaint: string, wayOut: string, value: string) =>
	turnedDown('JSON Body', `${complaint}. ${wayOut}`, wayOut, {
		...{ method: 'POST', path: '/purge', body: value },
	});

const bodies: readonly Listed[] = [
	body(
		'is not a JSON object',
		'Write it as the page of the vendor has it, such as {"ids": "{ids}"}, with every place for an ID in quotes',
		'{"id": {id}}',
	),
	body(
		'has more than one place for IDs',
		'Write "{id}" or "{ids}" once',
		'{"a": "{id}", "b": "{id}"}',
	),
	body(
		'has {ids} within a longer text',
		'Write "{ids}" with nothing else in the quotes',
		'{"ids": "all {ids}"}',
	),
	body('has a member "constructor", which cannot be sent', 'Remove it', '{"constructor": "{id}"}'),
	body(
		'holds the number 12345678901234567890, whose digits would change on their way',
		'Put it into quotes',
		'{"account": 12345678901234567890, "id": "{id}"}',
	),
	body(
		'holds an expression that was not filled in',
		'Write "{id}" where the ID goes',
		'{"id": "{{ $json.id }}"}',
	),
	body(
		'is nested too deeply',
		'Leave out what the vendor does not need',
		`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`,
	),
	turnedDown(
		'Path',
		'and JSON Body both have a place for the ID. Keep one of them',
		'Keep one of them',
		{ method: 'POST', body: '{"id": "{id}"}' },
	),
	turnedDown(
		'IDs per Request',
		'must be a whole number from 1 to 1000',
		'must be a whole number from 1 to 1000',
		{ idsPerRequest: 0 },
	),
	turnedDown(
		'IDs per Request',
		'is more than 1, but no place takes several. Put "{ids}" into JSON Body where the array of IDs goes',
		'Put "{ids}" into JSON Body where the array of IDs goes',
		{ idsPerRequest: 2 },
	),
];

const field = { condition: 'equals', field: 'status', value: 'ok' };

const answerRule = (complaint: string, wayOut: string, entry: IDataObject, before = '') =>
	turnedDown(`${before}Rule 1 of Rules for Answers`, `${complaint}. ${wayOut}`, wayOut, {
		...{ deletedAnswer: 'rule', answerRules: rule(entry) },
	});

const statuses = (words: string) =>
	`It may have a status ${words}; several are separated by commas`;

const rules: readonly Listed[] = [
	answerRule('has no known Meaning', 'Choose it again', { status: '200', ...field }),
	answerRule('has a Condition that cannot be used there', 'Choose it again', {
		...{ meaning: 'deleted', status: '200', condition: 'anyJson' },
	}),
	answerRule(
		'has the Status "600"',
		statuses('from 200 to 299 for Deleted, but for 202, which means Taken On'),
		{
			...{ meaning: 'deleted', status: '600', ...field },
		},
	),
	answerRule('has the Status "302"', statuses('from 200 to 299 for Taken On'), {
		...{ meaning: 'accepted', status: '302', ...field },
	}),
	answerRule(
		'has the Status "429"',
		statuses('from 200 to 299 or from 400 to 499 for Refused, but for 401, 408 and 429'),
		{ meaning: 'refused', status: '429', ...field },
	),
	turnedDown(
		'Rule 1 of What Says Not Found',
		`has the Status "500". ${statuses('200, 400, 404, 410 or 422')}`,
		statuses('200, 400, 404, 410 or 422'),
		{ notFoundRules: rule({ status: '500', ...field }) },
	),
	turnedDown(
		'Rule 1 of What a Deleted Record Looks Like',
		`has the Status "404". ${statuses('from 200 to 299')}`,
		statuses('from 200 to 299'),
		{ goneRules: rule({ status: '404', ...field }) },
	),
	answerRule(
		'has the Status 204, with which no answer has a body',
		'Set Condition to No Body, or give another status',
		{ meaning: 'accepted', status: '204', ...field },
	),
	answerRule(
		'is empty',
		'Give the name of a JSON field, such as status',
		{ meaning: 'deleted', status: '200', condition: 'exists' },
		'Field in ',
	),
	answerRule(
		'is not the name of a JSON field',
		'Write a name such as status, or names with dots between them such as data.status or items.0.code',
		{ meaning: 'deleted', status: '200', ...field, field: '$.a[0]' },
		'Field in ',
	),
	answerRule(
		'is empty',
		'Write what the field has to hold',
		{ meaning: 'deleted', status: '200', ...field, value: '' },
		'Value in ',
	),
	answerRule(
		'holds an expression that was not filled in',
		'Write what the field has to hold',
		{ meaning: 'deleted', status: '200', ...field, value: '{{ $json.x }}' },
		'Value in ',
	),
	turnedDown(
		'What Says Not Found',
		'is not a list of rules. Fill it in again',
		'Fill it in again',
		{
			notFoundRules: { rule: 'x' },
		},
	),
	turnedDown('Rules for Answers', 'is not a list of rules. Fill it in again', 'Fill it in again', {
		answerRules: { rule: 'x' },
	}),
	turnedDown(
		'Rules for Answers',
		'has no rule for Deleted or Taken On, so that no deletion could ever succeed. Add one, or set What Says Deleted to 204 Without a Body',
		'Add one, or set What Says Deleted to 204 Without a Body',
		{ deletedAnswer: 'rule' },
	),
	{
		text: 'Rules for Answers contradict each other: the box 404 Alone Means Not Found and a rule for Refused can be met by the same answer. Change one of them',
		names: '404 Alone Means Not Found',
		wayOut: 'Change one of them',
		meet: async () =>
			await thrownBy(() =>
				readHttpVendor(
					nodeWith({
						...{ ...described, notFoundRules: rule(), notFoundByStatus: true },
						answerRules: rule({ meaning: 'refused', status: '404', condition: 'anyJson' }),
					}),
				),
			),
	},
	{
		text: 'Rules for Answers contradict each other: a rule of What Says Not Found and a rule for Taken On can be met by the same answer. Change one of them',
		names: 'What Says Not Found',
		wayOut: 'Change one of them',
		meet: async () =>
			await thrownBy(() =>
				readHttpVendor(
					nodeWith({
						...{ ...described, notFoundRules: rule({ status: '200', ...field }) },
						answerRules: rule({ meaning: 'accepted', status: '200', condition: 'anyJson' }),
					}),
				),
			),
	},
];

const choice = (label: string, changes: IDataObject, from = described) =>
	turnedDown(label, 'is not known. Choose it again', 'Choose it again', changes, from);

const flag = (label: string, changes: IDataObject) =>
	turnedDown(label, 'must be true or false', 'must be true or false', changes);

const ofTheRun: readonly Listed[] = [
	turnedDown(
		'Vendor Name',
		"is not a name of at most 40 letters, with at most 6 digits and single blanks, '.', '_', '-', '&' or apostrophes among them. Give it again",
		'Give it again',
		{ vendorName: '+15125551234' },
	),
	turnedDown(
		'Vendor Name',
		'is that of a vendor with a node of its own, whose receipts would be taken for these. Use that node, or give another name, such as flyflow-by-HTTP',
		'Use that node, or give another name, such as flyflow-by-HTTP',
		{ vendorName: 'flyflow' },
	),
	choice('Method', { method: 'TRACE' }),
	choice('What Says Deleted', { deletedAnswer: 'anything' }),
	choice('Answer for Several IDs', { bulkAnswer: 'some' }, describedBulk),
	turnedDown(
		'List in the Answer',
		'is not the name of a JSON field. Write a name such as status, or names with dots between them such as data.status or items.0.code',
		'Write a name such as status',
		{ bulkList: 'a[0]' },
		describedBulk,
	),
	turnedDown(
		'ID in an Entry',
		'is empty. Give the name of a JSON field, such as status',
		'Give the name of a JSON field, such as status',
		{ bulkId: '' },
		describedBulk,
	),
	turnedDown(
		'Field with the ID',
		'is empty. Give the name of a JSON field, such as status',
		'Give the name of a JSON field, such as status',
		{ lookIdField: '' },
	),
	flag('404 Alone Means Not Found', { notFoundByStatus: 'yes' }),
	flag('The Answer Proves Nothing', { provesNothing: 'yes' }),
	flag('Look at Single Records', { hasLook: 'yes' }),
	turnedDown(
		"Recheck in the node's options",
		'needs a look. Switch on Look at Single Records, or remove the option',
		'Switch on Look at Single Records, or remove the option',
		{ hasLook: false, options: { recheck: true } },
	),
	turnedDown(
		'What a Deleted Record Looks Like',
		'goes by Field with the ID, which records that are there have too. Name the field that only a deleted record has',
		'Name the field that only a deleted record has',
		{ goneRules: rule({ status: '200', condition: 'exists', field: 'sid' }) },
	),
	turnedDown(
		'What Says Not Found',
		'goes by Field with the ID, which records that are there have. Name the code or the words that say that there is none',
		'Name the code or the words that say that there is none',
		{ notFoundRules: rule({ status: '200', condition: 'exists', field: 'sid' }) },
	),
	turnedDown(
		'Rules for Answers',
		'has no rule on a field of an entry, so that no record could ever count as deleted. Add one, or set Answer for Several IDs to One for All',
		'Add one, or set Answer for Several IDs to One for All',
		{ deletedAnswer: 'noContent', answerRules: rule() },
		describedBulk,
	),
	turnedDown(
		"Headers in the node's options",
		'holds "x-a" twice. Remove one of them',
		'Remove one of them',
		{
			options: {
				headers: {
					header: [
						{ name: 'X-A', value: '1' },
						{ name: 'x-a', value: '2' },
					],
				},
			},
		},
	),
	turnedDown(
		'The value of "X-A" under Headers in the node\'s options',
		'holds an expression that was not filled in. Write what the vendor wants there',
		'Write what the vendor wants there',
		{ options: { headers: { header: [{ name: 'X-A', value: '{{ $json.a }}' }] } } },
	),
	turnedDown(
		"Fields of the Record in the node's options",
		'holds "success", which is no field that describes a record. Remove it',
		'Remove it',
		{ options: { fieldsOfRecord: 'status, success' } },
	),
	{
		text: 'An expression in Options gives item 1 something else than item 0, and the description of a vendor holds for all items. Run the node once for each, for example in a loop',
		names: 'Options',
		item: 1,
		wayOut: 'Run the node once for each, for example in a loop',
		meet: async ({ sandbox }) => {
			const header = [{ name: 'X-Tenant', value: '={{ $json.tenant }}' }];
			return await runDescribed(sandbox, {
				items: [{ tenant: 'A' }, { tenant: 'B' }],
				options: { headers: { header } },
			});
		},
	},
	{
		text: 'Path holds the query parameter "K", in which the credentials send the key. Remove it from the path',
		names: 'Path',
		wayOut: 'Remove it from the path',
		meet: async ({ sandbox }) =>
			await runDescribed(sandbox, { items: [{}], path: '/r/{id}?K=x', sendKeyAs: 'query' }),
	},
	{
		text: 'Record ID holds "*" in item 0. Some APIs take that for all records. Check the expression or the data that it reads',
		names: 'Record ID',
		item: 0,
		wayOut: 'Check the expression or the data that it reads',
		meet: async ({ sandbox }) => await runDescribed(sandbox, { items: [{}], recordId: 'RE*' }),
	},
	turnedDown(
		"Headers in the node's options",
		'must have a Name and a Value each',
		'must have a Name and a Value each',
		{ options: { headers: { header: [{ name: 'X' }] } } },
	),
	turnedDown(
		"ID Encoding in the node's options",
		'is not known. Choose it again',
		'Choose it again',
		{ options: { idEncoding: 'thrice' } },
	),
	turnedDown("Fields of the Record in the node's options", 'must be text', 'must be text', {
		options: { fieldsOfRecord: 5 },
	}),
];

/** What stops the workflow where the node is run as it is described, but for this. */
async function runDescribed(
	sandbox: Sandbox,
	{ items, sendKeyAs = 'bearer', ...parameters }: IDataObject & { items: IDataObject[] },
): Promise<Met> {
	const { error } = await runNode({
		...{ type: 'eraseByHttp', items, onError: 'stopWorkflow' },
		parameters: {
			...{ resource: 'record', operation: 'delete', recordId: 'RE1' },
			...{ ...described, authentication: 'eraseByHttpApi', ...parameters },
		},
		credentials: {
			eraseByHttpApi: {
				...{ baseUrl: sandbox.address(), sendKeyAs: sendKeyAs as string },
				...{ queryName: 'k', key: 'a-key-of-the-test' },
			},
		},
	});
	return { text: error?.message ?? '', item: error?.context?.itemIndex as number | undefined };
}

const answer = (status: number, json?: object): Answer => ({
	...{ kind: 'answered', status, headers: {} },
	body: json === undefined ? '' : JSON.stringify(json),
});

/** What a verdict says of why nobody knows, or of why not. */
function reasonIn(verdict: unknown): Met {
	const { reason } = verdict as { readonly reason?: { readonly message: string } };
	return { text: reason?.message ?? '' };
}

const fromAnswers: readonly Listed[] = [
	{
		text: 'Twilio turned it down, by a rule for Refused. Look at its answer with Include Vendor Response',
		wayOut: 'Look at its answer with Include Vendor Response',
		meet: async () => {
			const held = { meaning: 'refused', status: '409', condition: 'anyJson' };
			const vendor = readHttpVendor(nodeWith({ ...described, answerRules: rule(held) }));
			return await Promise.resolve(reasonIn(readDeletion(answer(409, {}), 'RE1', vendor)));
		},
	},
	{
		text: "Twilio's answer proves nothing, as the node says, and the record has not been looked up since. Look for the record at Twilio",
		wayOut: 'Look for the record at Twilio',
		meet: async () => {
			const vendor = readHttpVendor(nodeWith({ ...described, provesNothing: true }));
			return await Promise.resolve(reasonIn(readDeletion(answer(204), 'RE1', vendor)));
		},
	},
	{
		text: "No rule of the node says what Bulk's answer means for this record. Look for the record at Bulk",
		wayOut: 'Look for the record at Bulk',
		meet: async () => {
			const vendor = readHttpVendor(nodeWith(describedBulk));
			const target: Target<'recordId'> = { identifiers: { recordId: 'a' } };
			const items = [{ id: 'a', status: 'Perhaps' }];
			const entries = vendor.answers.entries ?? { list: [], id: [] };
			const reading = readEntries(answer(200, { items }), [target], entries, vendor);
			const content = reading.kind === 'understood' ? reading.content : new Map();
			return await Promise.resolve(reasonIn(content.get(target)));
		},
	},
	{
		text: 'The node describes no look at single records, so nobody can say before the deletion whether Twilio has this one',
		because: 'the docs say how to describe a look, and that a preview without one says nothing',
		meet: async ({ sandbox }) => {
			const { json } = await runNode({
				...{ type: 'eraseByHttp', mode: 'manual', items: [{}] },
				parameters: {
					...{ resource: 'record', operation: 'delete', recordId: 'RE1' },
					...{ ...described, hasLook: false, authentication: 'eraseByHttpApi' },
				},
				credentials: {
					eraseByHttpApi: {
						baseUrl: sandbox.address(),
						sendKeyAs: 'bearer',
						key: 'a-key-of-the-test',
					},
				},
			});
			return { text: (json[0]?.preview as { note?: string } | undefined)?.note ?? '' };
		},
	},
];

const ofRecheck: readonly Listed[] = [
	{
		text: 'Not rechecked: the receipt is from another account, from this one with another key, or from a node with another look. If it is from this one, switch on the option Receipts of Other Accounts',
		names: 'Receipts of Other Accounts',
		wayOut: 'switch on the option Receipts of Other Accounts',
		meet: async ({ sandbox }) => {
			const { notFoundRules, lookPath, lookIdField, vendorName } = described;
			const receipt = {
				...{ deleted: false, outcome: 'accepted', evidence: 'accepted', resource: 'record' },
				...{ vendor: vendorName, target: { recordId: 'RE1' }, at: '2026-11-22T10:00:00.000Z' },
				account: '0123456789abcdef',
			};
			const { json } = await runNode({
				...{ type: 'eraseByHttp', items: [receipt] },
				parameters: {
					...{ resource: 'receipt', operation: 'recheck', authentication: 'eraseByHttpApi' },
					...{ notFoundRules, lookPath, lookIdField, vendorName },
				},
				credentials: {
					eraseByHttpApi: {
						...{ baseUrl: sandbox.address(), sendKeyAs: 'bearer', key: 'a-key-of-the-test' },
					},
				},
			});
			return reasonIn(json[0]);
		},
	},
];

/** What is said of a vendor that the fields of Erase by HTTP describe. */
export const eraseByHttp: readonly Listed[] = [
	...paths,
	...bodies,
	...rules,
	...ofTheRun,
	...fromAnswers,
	...ofRecheck,
];
