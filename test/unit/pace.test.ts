import { getEventListeners } from 'node:events';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { AccountPace } from '../../erasure/accountPace';
import { Pace, type Turn } from '../../erasure/pace';
import { Crowd, keptUp, pushedBack, strained } from './crowd';
import { VirtualClock } from './virtualClock';

describe('the requests in flight', () => {
	test('begin with one', async () => {
		const crowd = new Crowd({ maxConcurrency: 8 });
		expect(await crowd.running()).toBe(1);
		expect(await crowd.after(60_000)).toBe(1);
	});

	test('become more with each reply, not only at the end of a round', async () => {
		const crowd = new Crowd({ maxConcurrency: 8 });
		await crowd.running();
		await crowd.end(keptUp);
		expect(await crowd.end(keptUp)).toBe(3);
	});

	test('become fewer once for a burst of push-backs', async () => {
		const crowd = new Crowd({ maxConcurrency: 8 });
		await crowd.running();
		for (let round = 0; round < 3; round++) await crowd.round(keptUp);
		expect(await crowd.running()).toBe(4);
		await crowd.end(strained);
		expect(await crowd.end(strained)).toBe(2);
		expect(await crowd.end(strained, strained)).toBe(2);
	});

	test('become fewer again for a request that started after they had', async () => {
		const crowd = new Crowd({ maxConcurrency: 8 });
		await crowd.running();
		for (let round = 0; round < 3; round++) await crowd.round(keptUp);
		expect(await crowd.round(strained)).toBe(2);
		expect(await crowd.round(strained)).toBe(1);
	});

	test('are never more than Maximum Concurrency', async () => {
		const crowd = new Crowd({ maxConcurrency: 3 }, 300);
		await crowd.running();
		for (let round = 0; round < 60; round++) {
			expect(await crowd.round(keptUp)).toBeLessThanOrEqual(3);
		}
	});

	test('stay at one where one is the limit', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 });
		for (let round = 0; round < 3; round++) expect(await crowd.round(keptUp)).toBe(1);
	});
});

describe('a pause', () => {
	test('lets nothing start before it is over', async () => {
		const crowd = new Crowd({ maxConcurrency: 8 });
		await crowd.running();
		expect(await crowd.end(pushedBack(5000))).toBe(0);
		expect(await crowd.after(4999)).toBe(0);
		expect(await crowd.after(1)).toBe(1);
	});

	test('lasts as long as the longest that was asked for', async () => {
		const crowd = new Crowd({ maxConcurrency: 2 });
		await crowd.running();
		await crowd.round(keptUp);
		await crowd.end(pushedBack(5000), pushedBack(2000));
		expect(await crowd.after(4999)).toBe(0);
		expect(await crowd.after(1)).toBe(1);
	});

	test('grows when a longer one is asked for while it lasts', async () => {
		const crowd = new Crowd({ maxConcurrency: 2 });
		await crowd.running();
		await crowd.round(keptUp);
		await crowd.end(pushedBack(2000));
		await crowd.after(1000);
		await crowd.end(pushedBack(2000));
		expect(await crowd.after(1999)).toBe(0);
		expect(await crowd.after(1)).toBe(1);
	});

	test('is waited for once, however many want to start', async () => {
		const clock = new VirtualClock();
		const pace = new Pace({ maxConcurrency: 8 }, clock, new AbortController().signal);
		const first = (await clock.run(pace.turn())) as Turn;
		pace.end(first, pushedBack(5000));
		const turns = Array.from({ length: 2 }, async () => await pace.turn());
		await clock.run(Promise.race(turns));
		expect(clock.sleeps).toEqual([5000]);
	});

	test('is not asked for by a server error', async () => {
		const crowd = new Crowd({ maxConcurrency: 2 });
		await crowd.running();
		expect(await crowd.end(strained)).toBe(1);
		expect(crowd.starts).toEqual([0, 0]);
	});
});

describe('cancelling', () => {
	test('gives no turn to whoever asks afterwards', async () => {
		const pace = new Pace({ maxConcurrency: 1 }, new VirtualClock(), AbortSignal.abort());
		expect(await pace.turn()).toBeUndefined();
	});

	test('turns away whoever waits for room, at once', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 }, 5);
		await crowd.running();
		crowd.abort();
		await crowd.running();
		expect(crowd.turnedAway).toBe(4);
		expect(crowd.clock.elapsed).toBe(0);
	});

	test('turns away whoever waits for the end of a pause, at once', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 }, 5);
		await crowd.running();
		await crowd.end(pushedBack(60_000));
		crowd.abort();
		await crowd.running();
		expect(crowd.turnedAway).toBe(4);
		expect(crowd.clock.elapsed).toBe(0);
	});

	test('listens on the signal once, however many wait, and no longer than it is open', async () => {
		const { signal } = new AbortController();
		const clock = new VirtualClock();
		const pace = new Pace({ maxConcurrency: 1 }, clock, signal);
		await pace.turn();
		for (let index = 0; index < 20; index++) void pace.turn();
		await clock.run(clock.pass(0));
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		pace.close();
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

test('whatever happens: never above the limit, never faster than asked, and everyone gets a turn', async () => {
	const load = fc.oneof(
		{ weight: 4, arbitrary: fc.constant(keptUp) },
		fc.constant(strained),
		fc.nat({ max: 3000 }).map(pushedBack),
	);
	const request = fc.record({ load, lasts: fc.nat({ max: 500 }), asksAt: fc.nat({ max: 2000 }) });
	await fc.assert(
		fc.asyncProperty(
			fc.array(request, { minLength: 1, maxLength: 30 }),
			fc.integer({ min: 1, max: 6 }),
			fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
			async (requests, maxConcurrency, requestsPerSecond) => {
				const clock = new VirtualClock();
				const pace = new Pace(
					{ maxConcurrency, requestsPerSecond },
					clock,
					new AbortController().signal,
				);
				const starts: number[] = [];
				let inFlight = 0;
				let notBefore = 0;
				const send = async ({ load: how, lasts, asksAt }: (typeof requests)[number]) => {
					await clock.pass(asksAt);
					const turn = await pace.turn();
					if (turn === undefined) throw new Error('Turned away');
					inFlight += 1;
					expect(inFlight).toBeLessThanOrEqual(maxConcurrency);
					expect(clock.elapsed).toBeGreaterThanOrEqual(notBefore);
					starts.push(clock.elapsed);
					await clock.pass(lasts);
					inFlight -= 1;
					if (how.kind === 'pushedBack') {
						notBefore = Math.max(notBefore, clock.elapsed + how.pauseMs);
					}
					pace.end(turn, how);
				};
				await clock.run(Promise.all(requests.map(send)));
				expect(starts).toHaveLength(requests.length);
				const interval = 1000 / (requestsPerSecond ?? Infinity);
				// A request that started late does not delay the next: 50 ms are made up for.
				starts.forEach((start, index) => {
					starts.slice(0, index).forEach((before, earlier) => {
						expect(start - before).toBeGreaterThanOrEqual((index - earlier) * interval - 50.001);
					});
				});
			},
		),
		{ numRuns: 300 },
	);
});

test('a run that ends before its requests do gives their places back, once', async () => {
	const clock = new VirtualClock();
	const account = new AccountPace(clock);
	const { signal } = new AbortController();
	const broken = new Pace({ maxConcurrency: 8 }, clock, signal, account);
	const turn = (await clock.run(broken.turn())) as Turn;
	const other = new Pace({ maxConcurrency: 8 }, clock, signal, account);
	const waiting = other.turn();
	broken.close();
	expect(await clock.run(waiting)).toBeDefined();
	broken.end(turn, keptUp);
	let isGiven = false;
	void other.turn().then(() => {
		isGiven = true;
	});
	await clock.run(clock.pass(1000));
	expect(isGiven).toBe(false);
});
