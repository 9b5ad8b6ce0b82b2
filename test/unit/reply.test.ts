import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { asRecord, parseJson } from '../../erasure/reply';

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
