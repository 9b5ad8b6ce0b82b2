import { describe, expect, test } from '@jest/globals';

import {
	boundDepth,
	boundReply,
	deepestReply,
	longestReplyText,
	mostReplyValues,
	tooDeep,
} from '../../erasure/bounds';

function nested(depth: number): string {
	return `${'{"a":['.repeat(depth / 2)}1${']}'.repeat(depth / 2)}`;
}

describe('a reply that is nested too deep', () => {
	test.each([
		['of lists', '['.repeat(20_000) + ']'.repeat(20_000)],
		['of objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
		['of both', nested(20_000)],
	])('%s becomes one that everything can be done with, and says so', (_, body) => {
		const cut = boundDepth(body);
		expect(cut).toContain(tooDeep);
		expect(cut.split(/[[{]/).length - 1).toBe(deepestReply);
		expect(JSON.stringify(boundReply(JSON.parse(body)))).toBe(cut);
	});

	test('what stands beside it stays', () => {
		const cut = boundDepth(`{"success":true,"deep":${nested(20_000)},"message":"done"}`);
		expect(JSON.parse(cut)).toMatchObject({ success: true, message: 'done' });
	});

	test.each([
		['as deep as allowed', nested(deepestReply)],
		['with brackets in its texts', JSON.stringify({ text: '[{'.repeat(500), more: '\\"[' })],
		['that is no JSON', '['.repeat(20_000)],
		['with numbers that JavaScript would change', '{"id": 12345678901234567890}'],
	])('one %s stays as it came', (_, body) => {
		expect(boundDepth(body)).toBe(body);
	});
});

describe('a reply that is too long for a receipt', () => {
	test('is cut after so many values, in a list and in an object, and says so', () => {
		const list = boundReply(Array.from({ length: 20_000 }, (_, index) => index)) as unknown[];
		expect(list).toHaveLength(mostReplyValues + 1);
		expect(list.at(-1)).toBe('…');
		const fields = Array.from({ length: 20_000 }, (_, index) => [`f${index}`, [index]] as const);
		const object = boundReply(Object.fromEntries(fields)) as object;
		expect(Object.keys(object).at(-1)).toBe('…');
		expect(JSON.stringify(object).length).toBeLessThan(200_000);
	});

	test('has its long texts cut', () => {
		const { text } = boundReply({ text: 'x'.repeat(30_000) }) as { text: string };
		expect(text).toHaveLength(longestReplyText);
		expect(text.endsWith('x…')).toBe(true);
	});

	test('and any other is as it came', () => {
		const reply = { a: [1, null, true, { b: 'text' }], __proto__: null };
		expect(boundReply(reply)).toEqual({ a: [1, null, true, { b: 'text' }] });
		const named = JSON.parse('{"__proto__":{"polluted":true}}') as object;
		expect(JSON.stringify(boundReply(named))).toBe('{"__proto__":{"polluted":true}}');
	});
});
