import { describe, expect, test } from '@jest/globals';

import { describeEffort, inWords } from '../../nodes/shared/receipts/effort';

describe('A time span in words', () => {
	test.each([
		[0, '0 s'],
		[1, '0.1 s'],
		[420, '0.5 s'],
		[9_900, '9.9 s'],
		[9_999, '10 s'],
		[12_400, '12 s'],
		[59_499, '59 s'],
		[59_500, '1 min'],
		[61_000, '1 min 1 s'],
		[3_599_499, '59 min 59 s'],
		[3_599_500, '1 h'],
		[7_800_000, '2 h 10 min'],
	])('%d milliseconds are %s', (milliseconds, words) => {
		expect(inWords(milliseconds)).toBe(words);
	});
});

describe('What a run took', () => {
	test.each([
		[0, '12 s'],
		[1, '12 s; Flyflow pushed back 1 request'],
		[3, '12 s; Flyflow pushed back 3 requests'],
	])('with %d push-backs', (pushBacks, words) => {
		const effort = { elapsedMs: 12_000, pushBacks, vendorName: 'Flyflow' };
		expect(describeEffort(effort)).toBe(words);
	});
});
