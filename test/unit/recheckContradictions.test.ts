import { expect, test } from '@jest/globals';

import type { Look } from '../../erasure/exchange';
import type { Settlement } from '../../erasure/settlement';
import { notErased, type Verdict } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import { recheck } from '../../erasure/recheck';
import { targetKey, type Target } from '../../erasure/target';

const target: Target = { identifiers: { callId: 'call_1' } };

const notFound: Verdict = { outcome: 'notFound', evidence: 'confirmed' };

const stillListed = notErased('unknown', 'stillThere', 'The reply still lists it');

/** What is known of the target after a look that finds it, or does not, or is not answered well. */
async function recheckWith(verdict: Verdict, found: boolean | undefined): Promise<Settlement> {
	const settlement: Settlement = { verdict, attempts: 1, at: '', final: true, doubt: 'none' };
	const settlements = new Map([[targetKey(target), settlement]]);
	const look: Look = {
		send: async () =>
			await Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: '' }),
		read: () => {
			if (found === undefined) return undefined;
			return told(found ? { found, wouldBe: 'deleted' } : { found });
		},
	};
	await recheck(
		[target],
		{ vendorName: 'Acme', look },
		{
			maxConcurrency: 1,
			requestsPerSecond: undefined,
			keepVendorResponse: false,
			signal: new AbortController().signal,
			clock: { now: () => 0, sleep: async () => await Promise.resolve(), random: () => 0 },
			settlements,
		},
	);
	return settlements.get(targetKey(target)) ?? settlement;
}

test('"not found" does not stand if a look finds the record', async () => {
	expect(await recheckWith(notFound, true)).toMatchObject({
		verdict: { outcome: 'unknown', reason: { code: 'stillThere' } },
		final: true,
	});
});

test('"not found" stays "not found" and never becomes "deleted"', async () => {
	expect((await recheckWith(notFound, false)).verdict).toEqual(notFound);
	expect((await recheckWith(notFound, undefined)).verdict).toEqual(notFound);
});

test('a reply that still showed the record gives way to a look that no longer does', async () => {
	expect((await recheckWith(stillListed, false)).verdict).toEqual({
		outcome: 'deleted',
		evidence: 'rechecked',
	});
	expect((await recheckWith(stillListed, true)).verdict).toMatchObject({ outcome: 'unknown' });
});
