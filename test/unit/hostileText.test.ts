/**
 * Whatever reads text from outside (replies, headers, what a user or an expression gives) does so in
 * time that grows with the length of the text: one that is tried again at each character would hold
 * up all of n8n, which has one thread. Each meets 1 MB of what is worst for it.
 */
import { describe, expect, test } from '@jest/globals';

import { isSameNumber, normalise } from '../../nodes/Verba/partyNumber';
import { findGrowth } from './growth';

interface Reader {
	readonly name: string;
	/** What is repeated, between what begins and what ends the text. */
	readonly pieces: ReadonlyArray<string | readonly [begin: string, piece: string, end: string]>;
	readonly read: (text: string) => unknown;
}

const readers: readonly Reader[] = [
	{
		name: "Verba's number of a party",
		pieces: [['', ';', '\nx'], ['', '@', '\nx'], ['', ' ', 'x'], '(', '+1', ['sip:', ';@', '\n1']],
		read: (text) => [normalise(text), isSameNumber(text, '8856'), isSameNumber('8856', text)],
	},
];

describe('hostile text takes time in proportion to its length', () => {
	test.each(readers)('$name', ({ pieces, read }) => {
		for (const given of pieces) {
			const [begin, piece, end] = typeof given === 'string' ? ['', given, ''] : given;
			const textOf = (length: number) =>
				begin + piece.repeat(Math.ceil(length / piece.length)) + end;
			expect([given, findGrowth(textOf, read)]).toEqual([given, undefined]);
		}
	});
});
