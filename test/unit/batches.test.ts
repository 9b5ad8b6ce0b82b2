import { describe, expect, test } from '@jest/globals';

import type { Clock } from '../../erasure/clock';
import { type Exchange } from '../../erasure/exchange';
import { notDocumented } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { settle } from '../../erasure/run';
import type { Target } from '../../erasure/target';

const clock: Clock = { now: () => 0, sleep: async () => {}, random: () => 0 };

async function batchesOf(
	targets: readonly Target[],
	grouping: Pick<Exchange, 'groupOf'>,
): Promise<string[][]> {
	const batches: string[][] = [];
	const exchange: Exchange = {
		vendorName: 'Vendor',
		targetsPerRequest: 2,
		repeatable: true,
		...grouping,
		send: async (batch): Promise<Reply> => {
			batches.push(batch.flatMap(({ identifiers }) => Object.values(identifiers)));
			return await Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: '' });
		},
		read: () => notDocumented,
	};
	await settle(targets, exchange, {
		maxConcurrency: 1,
		signal: new AbortController().signal,
		clock,
		keepVendorResponse: false,
		settlements: new Map(),
	});
	return batches;
}

const call = (callId: string): Target => ({ identifiers: { callId } });
const session = (sessionId: string): Target => ({ identifiers: { sessionId } });
const mixed = [call('c1'), session('s1'), call('c2'), session('s2'), call('c3')];

describe('batches', () => {
	test('hold targets of one group only, each in its order', async () => {
		const batches = await batchesOf(mixed, {
			groupOf: ({ identifiers }) => Object.keys(identifiers).join(),
		});
		expect(batches).toEqual([['c1', 'c2'], ['c3'], ['s1', 's2']]);
	});

	test('hold any targets where the vendor takes all kinds in one request', async () => {
		expect(await batchesOf(mixed, {})).toEqual([['c1', 's1'], ['c2', 's2'], ['c3']]);
	});
});
