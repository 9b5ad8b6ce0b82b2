import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { targetKey } from '../../erasure/target';

const identifiers = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), {
	maxKeys: 3,
});

test('names and values of the identifiers, by name', () => {
	expect(targetKey({ identifiers: { noteId: 'n"1', callId: 'c' } })).toBe(
		'[["callId","c"],["noteId","n\\"1"]]',
	);
});

test('the order of the identifiers and what is shown do not matter', () => {
	fc.assert(
		fc.property(identifiers, (given) => {
			const reversed = Object.fromEntries(Object.entries(given).reverse());
			expect(targetKey({ identifiers: reversed, shown: { phone: '****' } })).toBe(
				targetKey({ identifiers: given }),
			);
		}),
	);
});

test('different identifiers never have the same key', () => {
	fc.assert(
		fc.property(identifiers, identifiers, (a, b) => {
			const sorted = (given: Record<string, string>) =>
				JSON.stringify(Object.entries(given).sort(([x], [y]) => (x < y ? -1 : 1)));
			expect(targetKey({ identifiers: a }) === targetKey({ identifiers: b })).toBe(
				sorted(a) === sorted(b),
			);
		}),
	);
});

test.each([
	[{ a: 'b,c' }, { a: 'b', c: '' }],
	[
		{ a: 'x', b: 'y' },
		{ a: 'y', b: 'x' },
	],
	[{ a: 'x' }, { b: 'x' }],
	[{ a: 'X' }, { a: 'x' }],
	[{}, { a: '' }],
])('%j is another record than %j', (a, b) => {
	expect(targetKey({ identifiers: { ...a } })).not.toBe(targetKey({ identifiers: { ...b } }));
});
