import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { asRecord, longestShownReply, parseJson, showReply } from '../../erasure/reply';

describe('parseJson', () => {
	test('reads any JSON', () => {
		fc.assert(
			fc.property(fc.json(), (body) => {
				expect(parseJson(body)).toEqual(JSON.parse(body));
			}),
		);
	});

	test('null is JSON', () => {
		expect(parseJson('null')).toBeNull();
	});

	test.each([[''], ['<html>'], ['{"a":1'], ['{"a":1} x'], ['undefined']])(
		'%p is no JSON',
		(body) => {
			expect(parseJson(body)).toBeUndefined();
		},
	);
});

describe('showReply', () => {
	const shown = (body: string) => showReply({ kind: 'answered', status: 500, headers: {}, body });

	test.each<[string, unknown]>([
		['', undefined],
		[' \n', undefined],
		['{"a":1}', { a: 1 }],
		[' No luck\n', 'No luck'],
		['null', 'null'],
	])('%j', (body, expected) => {
		expect(shown(body)).toEqual(expected);
	});

	test('of a long reply, its beginning', () => {
		const most = 'x'.repeat(longestShownReply);
		expect(shown(most)).toBe(most);
		expect(shown(`${most}x`)).toBe(`${most.slice(1)}…`);
		expect(shown(JSON.stringify({ a: most }))).toHaveLength(longestShownReply);
	});
});

describe('asRecord', () => {
	test('an object is a record, and the same one', () => {
		const value = { a: 1 };
		expect(asRecord(value)).toBe(value);
	});

	test.each<[unknown]>([[null], [undefined], [[]], [[{}]], ['text'], [1], [true], [() => 1]])(
		'%p is none',
		(value) => {
			expect(asRecord(value)).toBeUndefined();
		},
	);
});
