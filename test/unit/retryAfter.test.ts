import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { readPause, readRetryAfter } from '../../erasure/retryAfter';

const now = Date.parse('2026-11-22T10:00:00.000Z');

describe('seconds', () => {
	test.each<[string, number]>([
		['0', 0],
		['1', 1000],
		['120', 120_000],
		[' 5 ', 5000],
		['0.25', 250],
		['12.75', 12_750],
		['007', 7000],
		['31536000', 31_536_000_000],
		['9'.repeat(400), Infinity],
	])('%s', (header, expected) => {
		expect(readRetryAfter(header, now)).toBe(expected);
	});
});

describe('a date', () => {
	test.each<[string, string, string | undefined, number]>([
		['is read against our clock', 'Sun, 22 Nov 2026 10:00:30 GMT', undefined, 30_000],
		['in the older long form', 'Sunday, 22-Nov-26 10:00:30 GMT', undefined, 30_000],
		['that is now means no wait', 'Sun, 22 Nov 2026 10:00:00 GMT', undefined, 0],
		['that is past means no wait', 'Sun, 22 Nov 2026 09:00:00 GMT', undefined, 0],
		[
			"is read against the vendor's clock where the reply gives it",
			'Sun, 22 Nov 2026 11:00:30 GMT',
			'Sun, 22 Nov 2026 11:00:00 GMT',
			30_000,
		],
		[
			"that is past by the vendor's clock means no wait",
			'Sun, 22 Nov 2026 10:00:30 GMT',
			'Sun, 22 Nov 2026 11:00:00 GMT',
			0,
		],
		[
			"is read against our clock if the vendor's is unreadable",
			'Sun, 22 Nov 2026 10:00:30 GMT',
			'yesterday',
			30_000,
		],
	])('%s', (_, header, date, expected) => {
		expect(readRetryAfter(header, now, date)).toBe(expected);
	});
});

test.each<[string | undefined]>([
	[undefined],
	[''],
	['  '],
	['soon'],
	['-5'],
	['+5'],
	['1e3'],
	['.5'],
	['5.'],
	['5 seconds'],
	['5, 5'],
	['0x10'],
	['Infinity'],
	['2026-11-22T10:00:30Z'],
	['22 Nov 2026 10:00:30 GMT'],
	['x Sun, 22 Nov 2026 10:00:30 GMT'],
	['Su, 22 Nov 2026 10:00:30 GMT'],
	['Wednesdayy, 25 Nov 2026 10:00:30 GMT'],
	['Sun, some day'],
])('%p is not understood', (header) => {
	expect(readRetryAfter(header, now)).toBeUndefined();
});

test('the name of the longest weekday is read', () => {
	expect(readRetryAfter('Wednesday, 25-Nov-26 10:00:00 GMT', now)).toBe(3 * 24 * 3600 * 1000);
});

test('never a negative wait, whatever the headers hold', () => {
	const header = fc.oneof(
		fc.string(),
		fc.double().map(String),
		fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
	);
	fc.assert(
		fc.property(header, fc.option(header, { nil: undefined }), (retryAfter, date) => {
			const wait = readRetryAfter(retryAfter, now, date);
			expect(wait === undefined || wait >= 0).toBe(true);
		}),
	);
});

describe('when the limit begins anew', () => {
	test.each<[string, string, number | undefined]>([
		['ratelimit-reset', '30', 30_000],
		['x-ratelimit-reset', '30', 30_000],
		['x-rate-limit-reset', '0.5', 500],
		['x-ratelimit-reset', String(now / 1000 + 30), 30_000],
		['x-ratelimit-reset', String(now + 30_000), 30_000],
		['x-ratelimit-reset', String(now / 1000 - 30), 0],
		['x-ratelimit-reset', '2026-11-22T10:00:30Z', 30_000],
		['x-ratelimit-reset', 'Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
		['x-ratelimit-reset', '2026-11-22T10:00:30', undefined],
		['x-ratelimit-reset', 'soon', undefined],
		['x-ratelimit-remaining', '30', undefined],
	])('%s: %s', (name, value, expected) => {
		expect(readPause({ [name]: value }, now)).toBe(expected);
	});

	test('counts only where Retry-After names no time', () => {
		expect(readPause({ 'retry-after': '5', 'ratelimit-reset': '30' }, now)).toBe(5000);
		expect(readPause({ 'retry-after': 'soon', 'ratelimit-reset': '30' }, now)).toBe(30_000);
	});
});
