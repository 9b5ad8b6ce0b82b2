import { expect, test } from '@jest/globals';

import {
	checkNumberFilter,
	emptyFilter,
	UnusableValue,
} from '../../nodes/shared/parameters/unusableValue';

test('a value that cannot be used names its parameter, the item where there is one, and a way out', () => {
	const start = new UnusableValue('Start', 'is not a date', 'Enter one');
	expect(start.message).toBe('Start is not a date. Enter one');
	expect(start.inItem(3)).toBe('Start in item 3 is not a date. Enter one');
	expect(start.name).toBe('UnusableValue');
});

test('the complaint may say the way out itself', () => {
	const limit = new UnusableValue('Limit', 'must be at least 1');
	expect(limit.message).toBe('Limit must be at least 1');
	expect(limit.inItem(0)).toBe('Limit in item 0 must be at least 1');
});

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
