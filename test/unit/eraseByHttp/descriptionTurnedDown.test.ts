/* eslint max-lines: "off" -- one operation, and what is said where it cannot be carried out, beside each other */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	readHttpVendor,
	readLookedAtVendor,
} from '../../../nodes/EraseByHttp/description/readDescription';
import { described, describedBulk, nodeWith, rule } from './describedNode';

const read = (changes: IDataObject = {}, from: IDataObject = described) =>
	readHttpVendor(nodeWith({ ...from, ...changes }));

const field = { condition: 'equals', field: 'status', value: 'ok' };

describe('a description that cannot work is turned down with the name of its field', () => {
	const paths: ReadonlyArray<readonly [unknown, string]> = [
		['', 'Path is empty'],
		[undefined, 'Path is empty'],
		['/recordings', 'Path has no {id}'],
		['recordings/{id}', 'Path does not begin with "/"'],
		['/{id}/x/{id}', 'Path has {id} more than once'],
		['https://api.example.com/{id}', 'Path holds a whole address'],
		['https://{id}.example.com/', 'Path holds a whole address'],
		['//{id}.example.com/x', 'Path holds a whole address'],
		['//evil.example/{id}', 'Path holds a whole address'],
		['/../{id}', 'Path holds "." or ".."'],
		['/a/%2e%2E/{id}', 'Path holds "." or ".."'],
		['/a/./{id}', 'Path holds "." or ".."'],
		['/recordings/{sid}', 'Path has braces around something else than {id}'],
		['/recordings/{ids}', 'Path has braces around something else than {id}'],
		['/recordings/{{ $json.id }}', 'Path holds an expression'],
		['/recordings/{id}#part', 'Path holds a character'],
		['/my recordings/{id}', 'Path holds a character'],
		['/aufträge/{id}', 'Path holds a character'],
		['/a\\b/{id}', 'Path holds a character'],
		['/a\n/{id}', 'Path holds a character'],
		['/100%/{id}', 'Path holds a character'],
		['/a?b={id}?c', 'Path holds a character'],
	];

	test.each(paths)('the path %j', (path, complaint) => {
		expect(() => read({ path } as IDataObject)).toThrow(complaint);
		if (path !== '/recordings') {
			const lookPath = { lookPath: path } as IDataObject;
			const ofLook = complaint.replace('Path', 'Path of the Look');
			expect(() => readLookedAtVendor(nodeWith({ ...described, ...lookPath }))).toThrow(ofLook);
		}
	});

	const bodies: ReadonlyArray<readonly [unknown, string]> = [
		['{"id": {id}}', 'JSON Body is not a JSON object'],
		['["{ids}"]', 'JSON Body is not a JSON object'],
		['ids={ids}', 'JSON Body is not a JSON object'],
		['{"id": "{id}", "again": "{id}"}', 'JSON Body has more than one place'],
		['{"id": "{id}{id}"}', 'JSON Body has {id} within a longer text'],
		['{"id": "{id}", "ids": "{ids}"}', 'JSON Body has more than one place'],
		['{"ids": "all {ids}"}', 'JSON Body has {ids} within a longer text'],
		['{"id": "{{ $json.id }}"}', 'JSON Body holds an expression'],
		[`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`, 'JSON Body is nested too deeply'],
	];

	test.each(bodies)('the body %j', (body, complaint) => {
		expect(() => read({ method: 'POST', path: '/purge', body } as IDataObject)).toThrow(complaint);
	});

	const unsent: ReadonlyArray<readonly [string, string]> = [
		['{"f": "id=\'{id}\'"}', 'JSON Body has {id} within a longer text'],
		['{"name": "recordings/{id}"}', 'JSON Body has {id} within a longer text'],
		['{"constructor": "{id}"}', 'JSON Body has a member "constructor", which cannot be sent'],
		['{"a": [{"__proto__": {"id": "{id}"}}]}', 'JSON Body has a member "__proto__"'],
		[
			'{"account": 12345678901234567890, "id": "{id}"}',
			'JSON Body holds the number 12345678901234567890',
		],
	];

	test.each(unsent)('the body %s, which would be sent otherwise', (body, complaint) => {
		expect(() => read({ method: 'POST', path: '/purge', body })).toThrow(complaint);
	});

	test.each([
		['/..%2f..%2f{id}', 'Path holds "." or ".."'],
		['/%252e%252e/{id}', 'Path holds "." or ".."'],
		['/a/..;/{id}', 'Path holds "." or ".."'],
		['/a/%5c..%5c{id}', 'Path holds "." or ".."'],
		['/r/{id}?api_key=abc', 'Path holds what looks like a key'],
		['/r/{id}?x=1&access_token=abc', 'Path holds what looks like a key'],
	])('the path %s, which leads elsewhere or holds a key', (path, complaint) => {
		expect(() => read({ path })).toThrow(complaint);
	});

	const rules: ReadonlyArray<readonly [string, IDataObject, string]> = [
		[
			'a status of 600',
			{ meaning: 'deleted', status: '600', ...field },
			'Rule 1 of Rules for Answers',
		],
		[
			'no status',
			{ meaning: 'deleted', ...field },
			'Rule 1 of Rules for Answers has the Status ""',
		],
		['2xx', { meaning: 'deleted', status: '2xx', ...field }, 'has the Status "2xx"'],
		[
			'a breakdown',
			{ meaning: 'deleted', status: '200, 500', ...field },
			'has the Status "200, 500"',
		],
		['a redirect', { meaning: 'accepted', status: '302', ...field }, 'has the Status "302"'],
		['401', { meaning: 'refused', status: '401', ...field }, 'has the Status "401"'],
		['429', { meaning: 'refused', status: '429', ...field }, 'has the Status "429"'],
		[
			'any JSON for deleted',
			{ meaning: 'deleted', status: '200', condition: 'anyJson' },
			'has a Condition',
		],
		['no meaning', { status: '200', ...field }, 'has no known Meaning'],
		[
			'no field',
			{ meaning: 'deleted', status: '200', condition: 'exists' },
			'Field in Rule 1 of Rules for Answers is empty',
		],
		...[
			'a..b',
			'.a',
			'a b',
			'$.a[0]',
			'https://x.example',
			'a/b',
			'a.{id}',
			'{{ $json.a }}',
			'a,b',
		].map(
			(path) =>
				[
					`the field ${path}`,
					{ meaning: 'deleted', status: '200', ...field, field: path },
					'Field in Rule 1 of Rules for Answers is not the name of a JSON field',
				] as const,
		),
		[
			'no value',
			{ meaning: 'deleted', status: '200', ...field, value: ' ' },
			'Value in Rule 1 of Rules for Answers is empty',
		],
		[
			'a value that is left out',
			{ meaning: 'deleted', status: '200', ...field, condition: 'isOneOf', value: 'a,,b' },
			'Value in Rule 1 of Rules for Answers is empty',
		],
		[
			'an expression',
			{ meaning: 'deleted', status: '200', ...field, value: '{{ $json.x }}' },
			'holds an expression',
		],
	];

	test.each(rules)('a rule with %s', (_, entry, complaint) => {
		expect(() => read({ deletedAnswer: 'rule', answerRules: rule(entry) })).toThrow(complaint);
	});

	test.each([
		['a status that is no absence', { status: '500', ...field }, 'Rule 1 of What Says Not Found'],
		['401', { status: '401', ...field }, 'has the Status "401"'],
		['no body', { status: '404', condition: 'noBody' }, 'has a Condition'],
	])('a rule for not found with %s', (_, entry, complaint) => {
		expect(() => read({ notFoundRules: rule(entry) })).toThrow(complaint);
	});

	const equals = (meaning: string, value: string, name = 'status') => ({
		...{ meaning, status: '200, 201', condition: 'equals', field: name, value },
	});

	const contradictory: ReadonlyArray<readonly [string, IDataObject, IDataObject]> = [
		['the same value', equals('deleted', 'ok'), equals('refused', 'ok')],
		[
			'one of the same values',
			{ ...equals('deleted', 'a,b'), condition: 'isOneOf' },
			equals('accepted', 'b'),
		],
		[
			'a value and its field',
			equals('refused', 'ok'),
			{ ...equals('deleted', ''), condition: 'exists' },
		],
		[
			'a value and a part of it',
			equals('refused', 'not done'),
			{ ...equals('deleted', 'done'), condition: 'contains' },
		],
		[
			'any JSON',
			{ meaning: 'accepted', status: '200', condition: 'anyJson' },
			equals('refused', 'no'),
		],
		[
			'no body twice',
			{ meaning: 'deleted', status: '200', condition: 'noBody' },
			{ meaning: 'accepted', status: '200', condition: 'noBody' },
		],
	];

	test.each(contradictory)('two rules that mean different things: %s', (_, one, other) => {
		for (const entries of [
			[one, other],
			[other, one],
		]) {
			expect(() => read({ deletedAnswer: 'rule', answerRules: rule(...entries) })).toThrow(
				/a rule for \w[\w ]* and a rule for \w[\w ]* can be met by the same answer/,
			);
		}
	});

	test('a rule that refuses what the box for 404 calls not found', () => {
		const refused = { meaning: 'refused', status: '404', condition: 'anyJson' };
		expect(() =>
			read({ notFoundRules: rule(), notFoundByStatus: true, answerRules: rule(refused) }),
		).toThrow(
			'the box 404 Alone Means Not Found and a rule for Refused can be met by the same answer',
		);
	});

	test.each([
		['Vendor Name', { vendorName: '' }],
		['Vendor Name', { vendorName: '+15125551234' }],
		['Vendor Name', { vendorName: 'Caller 5125551234' }],
		['Vendor Name', { vendorName: 'a"b' }],
		['Vendor Name', { vendorName: '{{ $json.vendor }}' }],
		['Vendor Name', { vendorName: 'x'.repeat(41) }],
		['Vendor Name is that of a vendor with a node of its own', { vendorName: 'flyflow' }],
		['Vendor Name is that of a vendor with a node of its own', { vendorName: 'HAPPYROBOT' }],
		['Method', { method: 'TRACE' }],
		['What Says Deleted', { deletedAnswer: 'anything' }],
		['Rules for Answers has no rule for Deleted or Taken On', { deletedAnswer: 'rule' }],
		['Rules for Answers', { answerRules: { rule: 'x' } }],
		['IDs per Request is more than 1', { idsPerRequest: 2 }],
		['IDs per Request', { idsPerRequest: 1.5 }],
		['IDs per Request', { idsPerRequest: 1001 }],
		['Path and JSON Body both have a place', { method: 'POST', body: '{"id": "{id}"}' }],
		['404 Alone Means Not Found', { notFoundByStatus: 'yes' }],
		['The Answer Proves Nothing', { provesNothing: 'false' }],
		['Look at Single Records', { hasLook: 'true' }],
		['Field with the ID', { lookIdField: '' }],
		['Field with the ID', { lookIdField: 'a..b' }],
		['Path of the Look has no {id}', { lookPath: '/recordings' }],
		['Recheck in the node', { hasLook: false, options: { recheck: true } }],
		['ID Encoding', { options: { idEncoding: 'thrice' } }],
		['Headers', { options: { headers: { header: [{ name: 'X' }] } } }],
		['Fields of the Record', { options: { fieldsOfRecord: 5 } }],
		['Vendor Name is that of a vendor with a node of its own', { vendorName: 'Fly flow' }],
		['Vendor Name is that of a vendor with a node of its own', { vendorName: 'Verint Verba' }],
		['Vendor Name is that of a vendor with a node of its own', { vendorName: 'eraseByHttp' }],
		[
			'What a Deleted Record Looks Like goes by Field with the ID',
			{ goneRules: rule({ status: '200', condition: 'exists', field: 'sid' }) },
		],
		[
			'What Says Not Found goes by Field with the ID',
			{ notFoundRules: rule({ status: '200', condition: 'exists', field: 'sid' }) },
		],
		[
			'has the Status 204, with which no answer has a body',
			{ answerRules: rule({ meaning: 'accepted', status: '204', ...field }) },
		],
		[
			'has the Status "202"',
			{ answerRules: rule({ meaning: 'deleted', status: '202', ...field }) },
		],
		[
			'Fields of the Record in the node\'s options holds "error"',
			{ options: { fieldsOfRecord: 'status, error' } },
		],
		[
			'Fields of the Record in the node\'s options holds "a b"',
			{ options: { fieldsOfRecord: 'a b' } },
		],
		[
			'holds "x-a" twice',
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
		],
		[
			'holds an expression that was not filled in',
			{ options: { headers: { header: [{ name: 'X-A', value: '{{ $json.a }}' }] } } },
		],
	])('%s: %j', (complaint, changes) => {
		expect(() => read(changes as IDataObject)).toThrow(complaint);
	});

	test.each([
		['ID in an Entry', { bulkId: '' }],
		['List in the Answer', { bulkList: 'a[0]' }],
		[
			'Rules for Answers has no rule on a field of an entry',
			{ deletedAnswer: 'noContent', answerRules: rule() },
		],
		['Answer for Several IDs', { bulkAnswer: 'some' }],
	])('several IDs at once: %s: %j', (complaint, changes) => {
		expect(() => read(changes, describedBulk)).toThrow(complaint);
	});
});
