import { expect, test } from '@jest/globals';

import { readIdentifiers } from '../../erasure/identifier';
import {
	findNumberProblem,
	findUnclearDigits,
} from '../../nodes/shared/parameters/phoneNumberForm';
import { pastedNumbers } from '../pasted/numbers';

test.each(pastedNumbers.map((pasted) => [pasted.what, pasted] as const))(
	'what people paste where phone numbers belong: %s',
	(_, { value, right }) => {
		const names = ['phoneNumber', 'Phone Number'];
		const check = readIdentifiers(value, { names, isNumber: true, formOf: findNumberProblem });
		if (right instanceof RegExp) {
			expect(check).toMatchObject({
				valid: false,
				problem: expect.stringMatching(right) as unknown,
			});
			expect('problem' in check && check.problem).not.toMatch(/555/);
		} else {
			expect(check).toEqual({ valid: true, identifiers: right });
		}
	},
);

test.each([
	'8856',
	'+15125551001',
	'+1 512 555 1001',
	'sip:anna@example.com',
	'anna',
	'030/5551001',
	'1001',
	'100-1',
	'anna@example.com',
	'tel:+15125551001',
])('an extension may be %s', (value) => {
	const check = readIdentifiers(value, { isNumber: true, formOf: findUnclearDigits });
	expect(check).toEqual({ valid: true, identifiers: [value] });
});

test.each([
	...['+1512555****', '5551001/5551002', '88561.0', '8,856', '8856 and 8857', 'anna maria'],
	...['8856-', '0000', 'anonymous', '5551001-5551002', '+15125551234-567', '030 12345 030 12346'],
	...['5551234,123', '+15125551234,567', '04321;567890', '512,5551234', '8856 8857', '8856-8857'],
])('an extension may not be %s', (value) => {
	const check = readIdentifiers(value, { isNumber: true, formOf: findUnclearDigits });
	expect(check.valid).toBe(false);
});

test.each([
	[['8856', '8857', '102']],
	[['+15125551001', '5125551002', '030 5551003']],
	[['0100', '0101']],
	[['anna', '8856']],
	[['sip:anna@example.com', '+15125551001']],
	[['555123', '5551234']],
	[['+15125551001', '8856']],
])('extensions and numbers may be %j', (numbers) => {
	const check = readIdentifiers(numbers.join('\n'), { isNumber: true, formOf: findUnclearDigits });
	expect(check).toEqual({ valid: true, identifiers: numbers });
});

test.each([[['5551234', '123']], [['04321', '567890']]])(
	'an array is no pasted list: %j',
	(given) => {
		const check = readIdentifiers(given, { isNumber: true, formOf: findUnclearDigits });
		expect(check).toEqual({ valid: true, identifiers: given });
	},
);
