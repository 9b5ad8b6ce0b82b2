import { describe, expect, test } from '@jest/globals';

import { inspectJson, nesting, readJson } from '../../erasure/json';

const complaint = (text: string, deepest = 3) => {
	const inspected = inspectJson(text, deepest);
	return 'complaint' in inspected ? inspected.complaint : undefined;
};

describe('JSON that somebody handed in', () => {
	test.each([
		['null', null],
		['"a\\"]}"', 'a"]}'],
		['[[[1]]]', [[[1]]]],
		['{"a":{"a":[{}]}}'.replace('[{}]', '[]'), { a: { a: [] } }],
		['{"a":"a","b":"a"}', { a: 'a', b: 'a' }],
		['[{"a":1},{"a":1}]', [{ a: 1 }, { a: 1 }]],
		['{"a":["b","b"],"b":"a"}', { a: ['b', 'b'], b: 'a' }],
		['{"a:":1,"a":2}', { 'a:': 1, a: 2 }],
		['{"a":"\\"a\\":","b":1}', { a: '"a":', b: 1 }],
	])('%s is read', (text, value) => {
		expect(inspectJson(text, 3)).toEqual({ value });
	});

	test.each([
		'{"data":{},"data":{}}',
		'{"a":1 ,"b":2, "a"\t:\n1}',
		'{"a":{"b":1,"b":1}}',
		'{"a":{"c":1},"b":[{"c":1}],"a":2}',
		'[{"a":1},{"a":1,"a":1}]',
		'{"a":1,"\\u0061":2}',
		'{"":1,"":2}',
		'{"__proto__":1,"__proto__":2}',
		'{"\\"":1,"\\u0022":2}',
	])('%s names a member twice', (text) => {
		expect(complaint(text)).toBe('namedTwice');
		expect(readJson(text, 3)).toBeUndefined();
	});

	test.each(['', '{', '{"a":1,"a":2', '{"a" 1}', "{'a':1}", '{"\\x":1,"a":2}', '\ufeff{}', '"'])(
		'%p is none',
		(text) => {
			expect(complaint(text)).toBe('notJson');
		},
	);

	test('is not read where it is nested deeper than was said', () => {
		expect(complaint('[[[]]]')).toBeUndefined();
		expect(complaint('[[[[]]]]')).toBe('tooDeep');
		expect(complaint('{"a":[{"b":{}}]}')).toBe('tooDeep');
	});

	test.each([10_000, 200_000])('%d levels deep breaks nothing', (levels) => {
		const deep = '{"a":'.repeat(levels);
		expect(complaint(`${deep}1${'}'.repeat(levels)}`)).toBe('tooDeep');
		expect(nesting(deep)).toBe(levels);
		// As deep as that, where it is allowed.
		expect(complaint(`${deep}1${'}'.repeat(levels)}`, levels)).toBeUndefined();
	});
});
