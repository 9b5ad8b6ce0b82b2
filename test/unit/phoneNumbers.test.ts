import { describe, expect, test } from '@jest/globals';

import { holdsNumber, isPhoneNumber } from '../../nodes/shared/parameters/phoneNumbers';

describe('holdsNumber: the same number', () => {
	test.each([
		['+15125551234', '+1 (512) 555-1234'],
		['+15125551234', '(512) 555-1234'],
		['+15125551234', '001 512 555 1234'],
		['+15125551234', 'sip:15125551234@example.com'],
		['+1_512_555_1234', '+15125551234'],
		['0015125551234', '+15125551234'],
		['15125551234', '+15125551234'],
		['(512) 555-1234', '+15125551234'],
		['5551234', '+15125551234'],
		['+49 (0)30 5551234', '+49305551234'],
		['+49305551234', '030 5551234'],
		['030 5551234', '+49305551234'],
		['+15125551234', '+１５１２５５５１２３４'],
		['+15125551234', 'He said +1 512 555 1234, and +1 512 555 9999.'],
		['+15125551234', '+15125550000 +15125551234'],
	])('%s is %s', (wanted, text) => {
		expect(holdsNumber({ from: text }, wanted)).toBe(true);
	});

	test('however deep it stands', () => {
		expect(holdsNumber([{ a: [{ b: { number: 15125551234 } }] }], '+15125551234')).toBe(true);
		let deep: unknown = '+15125551234';
		for (let level = 0; level < 50_000; level++) deep = [deep];
		expect(holdsNumber(deep, '+15125551234')).toBe(true);
	});
});

describe('holdsNumber: somebody else', () => {
	test.each([
		['+15125551234', '+13035551234'],
		['+15125551234', '+445125551234'],
		['+15125551234', '5551234'],
		['+15125551234', '25551234'],
		['+15125551234', '+5125551234'],
		['(512) 555-1234', '+13035551234'],
		['5125551234', '5551234'],
		['+15125551234', '+151255512345'],
		['+15125551234', '1512555, 1234'],
		['+15125551234', ''],
	])('%s is not %s', (wanted, text) => {
		expect(holdsNumber({ from: text, to: null }, wanted)).toBe(false);
	});
});

test('a megabyte is read in no time', () => {
	const start = Date.now();
	for (const text of ['1', '-', '1-', '1 ', '1;', '+1 ', '(0)']) {
		holdsNumber(text.repeat(1_000_000 / text.length), '+15125551234');
	}
	expect(Date.now() - start).toBeLessThan(5000);
});

test.each([
	['+1 (512) 555-1234', true],
	['5551234', true],
	['555123', false],
	['L-5551234', false],
	['', false],
])('isPhoneNumber: %s', (text, isOne) => {
	expect(isPhoneNumber(text)).toBe(isOne);
});
