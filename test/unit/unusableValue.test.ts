import { expect, test } from '@jest/globals';

import { UnusableValue } from '../../nodes/shared/parameters/unusableValue';

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
