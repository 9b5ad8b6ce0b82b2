import { expect, test } from '@jest/globals';
import { assert, asyncProperty, constantFrom, array, integer } from 'fast-check';

import { readOverlapping } from '../../nodes/shared/operations/overlappingPages';

/** Reads a list, newest first, to which something happens before each request. */
async function read(
	list: number[],
	{ size = 10, happens = () => {} }: { size?: number; happens?: (request: number) => void } = {},
) {
	const taken: number[] = [];
	let requests = 0;
	const isWhole = await readOverlapping<number>({
		page: async (skip) => {
			happens(requests++);
			return await Promise.resolve(list.slice(skip, skip + size));
		},
		keyOf: (entry) => entry,
		take: (fresh) => taken.push(...fresh) > 0,
	});
	return { taken, requests, isWhole };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => count - index);

test.each([0, 1, 2, 9, 10, 11, 19, 20, 25])('all of %i entries, each once', async (count) => {
	const { taken, isWhole } = await read(upTo(count));
	expect(taken).toEqual(upTo(count));
	expect(isWhole).toBe(true);
});

test('pages of one, whatever is asked for', async () => {
	expect((await read(upTo(4), { size: 1 })).taken).toEqual(upTo(4));
});

test('an entry that goes while pages are read costs no other', async () => {
	const list = upTo(25);
	const { taken } = await read(list, {
		happens: (request) => request === 1 && list.splice(3, 1),
	});
	expect(taken).toEqual(upTo(25));
});

test('what stays is taken exactly once, whatever comes and goes between requests', async () => {
	const change = constantFrom('none', 'none', 'goes', 'comes', 'many go');
	await assert(
		asyncProperty(
			integer({ min: 0, max: 60 }),
			array(change),
			integer(),
			async (count, changes, seed) => {
				const list = upTo(count);
				const gone = new Set<number>();
				let next = count;
				const happens = (request: number) => {
					const kind = changes[request];
					const index = Math.abs(seed + request * 7919) % Math.max(1, list.length);
					if (kind === 'comes') list.unshift((next += 1));
					if (kind === 'goes' || kind === 'many go') {
						const some = list.splice(index, kind === 'goes' ? 1 : 15);
						for (const entry of some) gone.add(entry);
					}
				};
				const { taken, isWhole } = await read(list, { happens });
				expect(new Set(taken).size).toBe(taken.length);
				const stays = upTo(count).filter((entry) => !gone.has(entry));
				if (isWhole) expect(stays.filter((entry) => !taken.includes(entry))).toEqual([]);
				// As many may come in once as were left out; a list that does so again is given up, aloud.
				const came = changes.filter((kind) => kind === 'comes').length;
				if (changes.length < 5 && came < 2) expect(isWhole).toBe(true);
			},
		),
		{ numRuns: 500 },
	);
});

test('a list that gives the same page whatever is left out is not read for ever', async () => {
	let requests = 0;
	const isWhole = await readOverlapping<number>({
		page: async () => {
			requests += 1;
			return await Promise.resolve([1, 2, 3]);
		},
		keyOf: (entry) => entry,
		take: () => true,
	});
	expect([isWhole, requests]).toEqual([false, 3]);
});
