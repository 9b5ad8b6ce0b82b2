/* eslint max-lines: "off" -- one function under everything that can happen while it waits */
import { getEventListeners } from 'node:events';

import { describe, expect, test } from '@jest/globals';

import { AccountPace } from '../../erasure/accountPace';
import { followUpDeletions, type FollowUp } from '../../erasure/followUp';
import type { Settlement } from '../../erasure/settlement';
import type { Verdict } from '../../erasure/outcome';
import type { Answer, Reply } from '../../erasure/reply';
import type { RunOptions } from '../../erasure/run';
import { targetKey, type Target } from '../../erasure/target';
import { VirtualClock } from './virtualClock';

const call = (callId: string): Target => ({ identifiers: { callId } });

const accepted = (followUpId?: string): Verdict => ({
	outcome: 'accepted',
	evidence: 'accepted',
	...(followUpId === undefined ? {} : { followUpId }),
});

const answer: Answer = { kind: 'answered', status: 200, headers: {}, body: '' };

interface Scene {
	/** What is known of each target; nothing where it was never settled. */
	verdicts: ReadonlyArray<Verdict | undefined>;
	/** Milliseconds on the clock from which on a session is gone; never where it is left out. */
	goneAt?: Readonly<Record<string, number>>;
	forMs?: number;
	reply?: (asked: number) => Reply;
	/** Called by the vendor's reader before it reads. */
	reading?: (asked: number) => void;
	signal?: AbortSignal;
	clock?: VirtualClock;
	account?: AccountPace;
}

async function play({ verdicts, goneAt = {}, forMs = 60_000, ...scene }: Scene) {
	const { reply, reading, signal, clock = new VirtualClock(), account } = scene;
	const targets = verdicts.map((_, index) => call(`c${index}`));
	const settlements = new Map(
		targets.flatMap((target, index): Array<[string, Settlement]> => {
			const verdict = verdicts[index];
			if (verdict === undefined) return [];
			return [
				[targetKey(target), { verdict, attempts: 1, at: 'before', final: true, doubt: 'none' }],
			];
		}),
	);
	const asked: string[][] = [];
	const askedAt: number[] = [];
	const followUp: FollowUp = {
		vendorName: 'Acme',
		forMs,
		idsPerRequest: 2,
		send: async (ids) => {
			asked.push([...ids]);
			askedAt.push(clock.elapsed);
			return await Promise.resolve(reply?.(asked.length) ?? answer);
		},
		readGone: ({ kind, status }, ids) => {
			expect(kind).toBe('answered');
			reading?.(asked.length);
			if (status !== 200) return undefined;
			return new Set(ids.filter((id) => (goneAt[id] ?? Infinity) <= clock.elapsed));
		},
	};
	const options: RunOptions = {
		maxConcurrency: 4,
		signal: signal ?? new AbortController().signal,
		clock,
		account,
		keepVendorResponse: false,
		settlements,
	};
	await clock.run(followUpDeletions(targets, followUp, options));
	return {
		asked,
		askedAt,
		clock,
		results: targets.map((target) => settlements.get(targetKey(target))),
	};
}

describe('following up deletions that were taken on', () => {
	test('asks in batches about what is open, and about nothing else', async () => {
		const { asked, results } = await play({
			verdicts: [
				accepted('s0'),
				accepted('s1'),
				{ outcome: 'notFound', evidence: 'confirmed' },
				accepted(),
				accepted('s4'),
				accepted('s4'),
			],
			goneAt: { s0: 0, s1: 1000, s4: 0 },
		});
		expect(asked).toEqual([['s0', 's1'], ['s4'], ['s1']]);
		expect(results.map((result) => result?.verdict.outcome)).toEqual([
			'deleted',
			'deleted',
			'notFound',
			'accepted',
			'deleted',
			'deleted',
		]);
		expect(results[0]).toMatchObject({ verdict: { evidence: 'rechecked' }, attempts: 1 });
		expect(results[0]?.at).not.toBe('before');
		expect(results[3]?.at).toBe('before');
	});

	test('asks in full batches, and sends no empty one after them', async () => {
		const verdicts = ['a', 'b', 'c', 'd'].map(accepted);
		const { asked } = await play({ verdicts, forMs: 500 });
		expect(asked).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
	});

	test('leaves a target alone of which nothing is known', async () => {
		const { asked, results } = await play({
			verdicts: [undefined, accepted('s')],
			goneAt: { s: 0 },
		});
		expect(asked).toEqual([['s']]);
		expect(results[0]).toBeUndefined();
	});

	test("keeps the vendor's reply where there is one", async () => {
		const { results } = await play({
			verdicts: [{ ...accepted('s'), vendorResponse: 'Purging' }, accepted('t')],
			goneAt: { s: 0, t: 0 },
		});
		const deleted = { outcome: 'deleted', evidence: 'rechecked' };
		expect(results.map((result) => result?.verdict)).toStrictEqual([
			{ ...deleted, vendorResponse: 'Purging' },
			deleted,
		]);
	});

	test('waits longer each time, up to half a minute, and looks once more when the time is over', async () => {
		const { askedAt, clock, results } = await play({ verdicts: [accepted('s')], forMs: 100_000 });
		expect(askedAt).toEqual([500, 1500, 3500, 7500, 15_500, 31_500, 61_500, 91_500, 100_000]);
		expect(clock.elapsed).toBe(100_000);
		expect(results[0]).toMatchObject({ verdict: { outcome: 'accepted' }, at: 'before' });
	});

	test('keeps the records of a selector apart', async () => {
		const { results } = await play({
			verdicts: [
				{
					outcome: 'accepted',
					evidence: 'accepted',
					records: [
						{ target: call('a'), verdict: accepted('gone') },
						{ target: call('b'), verdict: accepted('there') },
						{ target: call('c'), verdict: { outcome: 'notFound', evidence: 'confirmed' } },
					],
				},
			],
			goneAt: { gone: 0 },
			forMs: 1000,
		});
		expect(results[0]?.verdict).toMatchObject({
			outcome: 'accepted',
			records: [
				{ verdict: { outcome: 'deleted' } },
				{ verdict: { outcome: 'accepted' } },
				{ verdict: { outcome: 'notFound' } },
			],
		});
	});

	test('keeps by what else the record was named', async () => {
		const named = { sessionId: 's' };
		const { results } = await play({
			verdicts: [{ ...accepted('s'), named }],
			goneAt: { s: 0 },
		});
		expect(results[0]?.verdict).toStrictEqual({
			outcome: 'deleted',
			evidence: 'rechecked',
			named,
		});
	});

	test.each<[string, Reply]>([
		['a lost reply', { kind: 'lost', cause: 'reset' }],
		['a server that breaks down', { ...answer, status: 500 }],
		['a vendor that is busy', { ...answer, status: 429 }],
		['an answer that says nothing', { ...answer, status: 204 }],
	])('goes on asking after %s', async (_, reply) => {
		const { results } = await play({
			verdicts: [accepted('s')],
			goneAt: { s: 0 },
			reply: (asked) => (asked === 1 ? reply : answer),
		});
		expect(results[0]?.verdict.outcome).toBe('deleted');
	});

	test.each(['reply', 'reading'])(
		"goes on asking after a vendor's %s that throws",
		async (part) => {
			const throwOnce = (asked: number): Reply => {
				if (asked === 1) throw new TypeError('Cannot read properties of null');
				return answer;
			};
			const { asked, results } = await play({
				verdicts: [accepted('s'), { outcome: 'deleted', evidence: 'confirmed' }],
				goneAt: { s: 0 },
				[part]: throwOnce,
			});
			expect(asked).toEqual([['s'], ['s']]);
			expect(results.map((result) => result?.verdict.outcome)).toEqual(['deleted', 'deleted']);
		},
	);

	test("costs no receipt where a vendor's reader always throws", async () => {
		const { results } = await play({
			verdicts: [accepted('s')],
			reading: () => {
				throw new TypeError('Cannot read properties of null');
			},
		});
		expect(results).toMatchObject([
			{ verdict: { outcome: 'accepted' }, attempts: 1, at: 'before' },
		]);
	});

	const busy = (seconds: number): Reply => ({
		...answer,
		status: 429,
		headers: { 'retry-after': String(seconds) },
	});

	test('waits as long as the vendor asks for', async () => {
		const patient = await play({
			verdicts: [accepted('s')],
			goneAt: { s: 0 },
			reply: (asked) => (asked === 1 ? busy(20) : answer),
		});
		expect(patient.askedAt).toEqual([500, 20_500]);
	});

	test('does not wait past the end, and leaves what it knows as it is', async () => {
		const { askedAt, clock, results } = await play({
			verdicts: [accepted('s')],
			forMs: 10_000,
			reply: () => busy(60),
		});
		expect(askedAt).toEqual([500]);
		expect(clock.elapsed).toBe(10_000);
		expect(results[0]).toMatchObject({ verdict: { outcome: 'accepted' }, at: 'before' });

		const forAnHour = await play({ verdicts: [accepted('s')], reply: () => busy(3600) });
		expect(forAnHour.askedAt).toEqual([500]);
		expect(forAnHour.results[0]?.verdict.outcome).toBe('accepted');
	});

	test('gives a round that begins at the end a few seconds', async () => {
		const { askedAt, clock } = await play({
			verdicts: [accepted('s')],
			forMs: 500,
			reply: () => busy(2),
		});
		expect(askedAt).toEqual([500, 2500, 4500]);
		expect(clock.elapsed).toBe(5500);
	});

	test('asks about the other batches where one gets no good answer, and shares the pace of the account', async () => {
		const clock = new VirtualClock();
		const account = new AccountPace(clock);
		const { asked, results } = await play({
			verdicts: ['a', 'b', 'c'].map(accepted),
			goneAt: { a: 0, b: 0, c: 0 },
			reply: (times) => (times === 1 ? { ...answer, status: 500 } : answer),
			clock,
			account,
		});
		expect(asked.slice(0, 2)).toEqual([['a', 'b'], ['c']]);
		expect(results.map((result) => result?.verdict.outcome)).toEqual(Array(3).fill('deleted'));
		expect(account.idleSince).toBeGreaterThan(0);
	});

	test.each<[string, Reply]>([
		['the credentials are no longer good', { kind: 'badCredentials', cause: 'no' }],
		['asking is not allowed', { ...answer, status: 403 }],
		['the question is not understood', { ...answer, status: 400 }],
		['the execution is cancelled meanwhile', { kind: 'cancelled' }],
	])('stops when %s', async (_, reply) => {
		const { asked, results } = await play({ verdicts: [accepted('s')], reply: () => reply });
		expect(asked).toHaveLength(1);
		expect(results[0]?.verdict.outcome).toBe('accepted');
	});

	test('asks nothing once the execution is cancelled', async () => {
		const { asked } = await play({
			verdicts: [accepted('s')],
			signal: AbortSignal.abort(),
		});
		expect(asked).toEqual([]);
	});

	test('listens to the signal no longer than it asks', async () => {
		const { signal } = new AbortController();
		const listeners: number[] = [];
		const clock = new VirtualClock();
		clock.at(250, () => listeners.push(getEventListeners(signal, 'abort').length));
		await play({ verdicts: [accepted('s')], goneAt: { s: 0 }, signal, clock });
		expect(listeners).toEqual([1]);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});
