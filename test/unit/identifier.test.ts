import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { maximumIdentifierLength, readIdentifiers } from '../../erasure/identifier';

function problemOf(value: unknown): string | undefined {
	const check = readIdentifiers(value);
	return check.valid ? undefined : check.problem;
}

function identifiersOf(value: unknown): readonly string[] | undefined {
	const check = readIdentifiers(value);
	return check.valid ? check.identifiers : undefined;
}

describe('reads', () => {
	test.each<[string, unknown, string[]]>([
		['one ID', 'call_123', ['call_123']],
		['a comma-separated list', 'a,b, c ', ['a', 'b', 'c']],
		['an array', ['a', 'b'], ['a', 'b']],
		['the JSON text of an array', ' ["a", "bc"] ', ['a', 'bc']],
		['numbers in the JSON text of an array', '[1, 22]', ['1', '22']],
		['a whole number', 42, ['42']],
		['the largest exact number', Number.MAX_SAFE_INTEGER, ['9007199254740991']],
		['digits as text, however many', '12345678901234567890', ['12345678901234567890']],
		['repeated IDs as often as they are given', 'a,a', ['a', 'a']],
		['an ID without the space around it', ['\t call_1\n'], ['call_1']],
		['an ID without a byte order mark before it', '\ufeffcall_1', ['call_1']],
		['slashes and non-Latin letters', 'ab/c?d#é漢😀', ['ab/c?d#é漢😀']],
		['one ID a line', 'a\nb\r\n', ['a', 'b']],
		['nothing of a comma at the end', 'a,', ['a']],
		['dots among other characters', 'x.1.y', ['x.1.y']],
		['words that only hold a leftover', 'undefinable,nullable', ['undefinable', 'nullable']],
		['an ID that only holds a leftover', 'undefined_1', ['undefined_1']],
		['brackets that do not come first', 'a[1]', ['a[1]']],
	])('%s', (_, value, expected) => {
		expect(identifiersOf(value)).toEqual(expected);
	});
});

describe('turns down', () => {
	const notFoundValue = (text: string) => `holds "${text}" (a placeholder for a missing value)`;
	const path = (text: string) => `holds "${text}" (a path, not an ID)`;
	const invisible = 'holds an invisible or control character';
	const inexact = 'holds a number that is not an exact ID (pass it as text)';

	test.each<[string, unknown, string]>([
		['nothing', undefined, 'is empty'],
		['null', null, 'is empty'],
		['empty text', '', 'is empty'],
		['blank text', ' \t\n', 'is empty'],
		['a comma alone', ',', 'is empty'],
		['an empty array', [], 'is an empty list'],
		['the JSON text of an empty array', '[]', 'is an empty list'],
		['the word undefined', 'undefined', notFoundValue('undefined')],
		['the word null in any case', ' NULL ', notFoundValue('null')],
		['the word NaN', 'NaN', notFoundValue('NaN')],
		['an object put into text', '[object Object]', notFoundValue('[object Object]')],
		['one dot', '.', path('.')],
		['two dots', ' .. ', path('..')],
		['a control character', 'a\u0000b', invisible],
		['a line break inside', ['a\nb'], invisible],
		['a zero-width space', 'call_1\u200b', invisible],
		['a byte order mark inside', 'a\ufeffb', invisible],
		['a line separator', 'a\u2028b', invisible],
		['a paragraph separator', 'a\u2029b', invisible],
		['a high surrogate alone', 'a\ud83d', invisible],
		['a low surrogate alone', '\ude00a', invisible],
		['text that begins like a list and is none', '["a"', 'is not a valid JSON list'],
		[
			'several objects put into text',
			'[object Object],[object Object]',
			'is not a valid JSON list',
		],
		['a negative number', -1, 'looks like an amount'],
		['zero', 0, 'holds nothing but zeros'],
		['a fraction', 1.5, inexact],
		['a number beyond the exact ones', Number.MAX_SAFE_INTEGER + 1, inexact],
		['no number', Number.NaN, inexact],
		['a variation selector', 'call_1\ufe0f', invisible],
		['a filler of Hangul', '\u3164call_1', invisible],
		['blank Braille', 'call_1\u2800', invisible],
		['what is no character', 'call_1\ufffe', invisible],
		['an infinite number', Infinity, inexact],
		['an object', { id: 'a' }, 'holds an object instead of an ID'],
		['a truth value', true, 'holds a boolean instead of an ID'],
		['a big integer', 10n, 'holds a bigint instead of an ID'],
		['a function', () => 'a', 'holds a function instead of an ID'],
		['a list of one list', [['a']], 'holds a list inside a list'],
	])('%s', (_, value, problem) => {
		expect(problemOf(value)).toBe(problem);
	});

	test.each<[string, unknown, string]>([
		['an entry between two commas', 'a,,b', 'is empty at position 2'],
		['nothing before a comma', ',a', 'is empty at position 1'],
		['a missing array entry', ['a', undefined], 'is empty at position 2'],
		['null in JSON text', '["a","b",null]', 'is empty at position 3'],
		['a list inside a list', ['a', ['b']], 'holds a list inside a list at position 2'],
		['a nested list in JSON text', '["a",["b"]]', 'holds a list inside a list at position 2'],
		['an object', [{}, 'a'], 'holds an object instead of an ID at position 1'],
		['an inexact number in JSON text', '["a",12345678901234567890]', `${inexact} at position 2`],
		['a leftover', 'a,undefined', `${notFoundValue('undefined')} at position 2`],
		['a path', ['..', 'a'], `${path('..')} at position 1`],
		['an invisible character', ['a', 'b', 'c\u00ad'], `${invisible} at position 3`],
	])('%s, and says where', (_, value, problem) => {
		expect(problemOf(value)).toBe(problem);
	});
});

test('the longest ID has 256 characters, not counting the space around it', () => {
	const longest = 'x'.repeat(256);
	expect(maximumIdentifierLength).toBe(256);
	expect(identifiersOf(` ${longest} `)).toEqual([longest]);
	expect(problemOf(`${longest}x`)).toBe('holds an ID of more than 256 characters');
	expect(problemOf(['a', `${longest}x`])).toBe(
		'holds an ID of more than 256 characters at position 2',
	);
});

describe('whatever is given', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({ unit: 'grapheme' }),
		fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', '\\', ' ', '?', '#', '\ud800') }),
	);

	test('a valid ID stays a part of its own in the path', () => {
		fc.assert(
			fc.property(fc.oneof(text, fc.array(text)), (value) => {
				for (const id of identifiersOf(value) ?? []) {
					const encoded = encodeURIComponent(id);
					const { pathname, search, hash } = new URL(`https://h/v1/call/${encoded}`);
					expect(pathname).toBe(`/v1/call/${encoded}`);
					expect(pathname).not.toBe('/v1/call/');
					expect(search + hash).toBe('');
				}
			}),
			{ numRuns: 2000 },
		);
	});

	test('each valid ID is trimmed, short and not empty, and there are as many as entries', () => {
		fc.assert(
			fc.property(fc.array(text, { minLength: 1 }), (entries) => {
				const identifiers = identifiersOf(entries);
				if (identifiers === undefined) return;
				expect(identifiers).toEqual(entries.map((entry) => entry.trim()));
				for (const id of identifiers) expect(id.length).toBeGreaterThan(0);
			}),
		);
	});

	test('there is an answer and no exception', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withSparseArray: true }), (value) => {
				const check = readIdentifiers(value);
				expect(check.valid ? check.identifiers.length : check.problem.length).toBeGreaterThan(0);
			}),
		);
	});

	test('the text of a list and its JSON text are read as the list itself', () => {
		// Digits with commas between them may be one number: see the table of what people paste.
		// And texts of different forms would be a row of a table.
		const id = fc.stringMatching(/^rec_[A-Za-z0-9_-]{1,29}$/);
		fc.assert(
			fc.property(fc.array(id, { minLength: 1 }), (ids) => {
				expect(readIdentifiers(ids.join(','))).toEqual(readIdentifiers(ids));
				expect(readIdentifiers(JSON.stringify(ids))).toEqual(readIdentifiers(ids));
			}),
		);
	});
});
