import { describe, expect, test } from '@jest/globals';

import {
	checkNumberFilter,
	checkWordsFilter,
	emptyFilter,
	readIdFilter,
	readIdsFilter,
} from '../../nodes/shared/parameters/filters';
import { realIds } from '../pasted/realIds';

const agent = { name: 'agentId', displayName: 'Agent ID' };

test('an empty filter does not turn into "all"', () => {
	expect(emptyFilter('Search').message).toBe('Search is empty. Fill it in or remove the filter');
});

test.each(['+1512555****', '5551001/5551002', '5125551001.0', '+44 (0)20 7946 0000'])(
	'a filter is not searched for as the number %s, which the complaint does not repeat',
	(number) => {
		const check = () => checkNumberFilter('Number', number);
		expect(check).toThrow(/^Number holds .*\. Fill it in or remove the filter$/);
		expect(check).not.toThrow(/\d{3}/);
	},
);

test.each(['+1 (512) 555-1001', '8856', 'sip:anna@example.com'])('a filter may be %s', (number) => {
	expect(() => checkNumberFilter('Number', number)).not.toThrow();
});

test.each([
	'2026-11-22',
	'#N/A',
	'5,125,551,234',
	'+15125551234-567',
	'undefined',
	'5551234, 5551235',
	'8856 8857',
	'8856-8857',
	'12345 12346',
	'5551234-35',
])('nor as %s', (number) => {
	const check = () => checkNumberFilter('Number', number);
	expect(check).toThrow(/^Number .*\. Fill it in or remove the filter$/);
});

describe('a filter that takes one ID', () => {
	const read = (value: unknown, asWritten = false) => readIdFilter(agent, value, asWritten);

	test.each([
		[
			'{{ $json.agent }}',
			'Agent ID holds an expression in a field that is set to Fixed. Correct it',
		],
		['agent_1 and agent_2', 'Agent ID looks like several IDs or words in one. Correct it'],
		['Agent ID', 'Agent ID looks like the header of a column. Correct it'],
		['#REF!', 'Agent ID looks like what a spreadsheet shows in place of a value. Correct it'],
		['22.11.2026', 'Agent ID looks like a date or a time. Correct it'],
	])('takes no accident: %s', (value, says) => {
		expect(() => read(value)).toThrow(
			`${says} or remove the filter; if IDs really look like that, add the option IDs as Written`,
		);
		expect(read(value, true)).toBe(value);
	});

	test.each([
		[' ', 'Agent ID is empty. Fill it in or remove the filter'],
		[null, 'Agent ID is empty. Fill it in or remove the filter'],
		[
			'a\u200b1',
			'Agent ID holds an invisible or control character. Correct it or remove the filter',
		],
		[
			'agent_1, agent_2',
			'Agent ID holds 2 IDs, where one is expected. Give one ID or remove the filter',
		],
		[
			{ id: 'agent_1' },
			'Agent ID holds an object instead of an ID. Correct it or remove the filter',
		],
	])('takes nothing that is none: %j', (value, says) => {
		expect(() => read(value)).toThrow(says);
	});

	test('takes IDs', () => {
		for (const id of realIds.flatMap(([, ids]) => ids)) expect(read(` ${id} `)).toBe(id);
		expect(read(7)).toBe('7');
		expect(readIdsFilter(agent, 'u1, u2', false)).toEqual(['u1', 'u2']);
	});
});

describe('a filter that takes words', () => {
	test.each([
		'undefined',
		'[object Object]',
		'{{ $json.name }}',
		'#N/A',
		'=A1',
		'1.12E+17',
		'Anna&nbsp;Müller',
		'Anna…',
		'****',
		'Anna\u200b',
		'+1512555****',
		'5551234 / 5551235',
		'tel:+15125551234',
		'Tel. 5125551234',
		'+15125551234x5',
		'5125551234 ext. 5',
		'15125551234@c.us',
		'whatsapp:+15125551234',
		'5551234 or 5551235',
	])('takes no accident: %s', (text) => {
		expect(() => checkWordsFilter('Search', text)).toThrow(/^Search .* remove the filter$/);
	});

	test.each([
		'Anna Müller',
		'Müller, Anna',
		'order 12.50',
		'order 20261122',
		'64b7f0c2a91d3e5f60718293',
		'12345',
		'pending',
		'anna@example.com',
		'(urgent)',
		'Total',
		'+1 (512) 555-1234',
		'call_1 and call_2',
		'12:30',
		'https://example.com',
	])('takes %s', (text) => {
		expect(() => checkWordsFilter('Search', text)).not.toThrow();
	});
});
