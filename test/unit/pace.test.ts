import { getEventListeners } from 'node:events';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { AccountPace } from '../../erasure/accountPace';
import { Pace, type Load, type PaceLimits, type Turn } from '../../erasure/pace';
import { VirtualClock } from './virtualClock';

const keptUp: Load = { kind: 'keptUp' };
const strained: Load = { kind: 'strained' };
const pushedBack = (pauseMs: number): Load => ({ kind: 'pushedBack', pauseMs });

/** A pace with as many asking for a turn as there can be. */
class Crowd {
	readonly clock = new VirtualClock();

	readonly turns: Turn[] = [];

	/** When each turn came, in milliseconds since the test began. */
	readonly starts: number[] = [];

	turnedAway = 0;

	private readonly pace: Pace;

	private readonly controller = new AbortController();

	constructor(limits: PaceLimits, people = 100) {
		this.pace = new Pace(limits, this.clock, this.controller.signal);
		for (let index = 0; index < people; index++) void this.ask();
	}

	private async ask(): Promise<void> {
		const turn = await this.pace.turn();
		if (turn === undefined) {
			this.turnedAway += 1;
			return;
		}
		this.turns.push(turn);
		this.starts.push(this.clock.elapsed);
	}

	abort(): void {
		this.controller.abort();
	}

	/** Ends the oldest turns, one for each load, and says how many are running then. */
	async end(...loads: Load[]): Promise<number> {
		for (const load of loads) {
			const turn = this.turns.shift();
			if (turn === undefined) throw new Error('No turn to end');
			this.pace.end(turn, load);
		}
		return await this.running();
	}

	/** Ends all turns of this moment, as a round of replies does. */
	async round(load: Load): Promise<number> {
		return await this.end(...this.turns.map(() => load));
	}

	async running(): Promise<number> {
		await this.clock.run(this.clock.pass(0));
		return this.turns.length;
	}

	async after(ms: number): Promise<number> {
		await this.clock.run(this.clock.pass(ms));
		return await this.running();
	}
}

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

describe('requests per second', () => {
	test('are spread evenly, from the second on', async () => {
		const crowd = new Crowd({ maxConcurrency: 8, requestsPerSecond: 4 });
		await crowd.running();
		for (let request = 0; request < 4; request++) {
			await crowd.end(keptUp);
			await crowd.after(1000);
		}
		expect(crowd.starts.slice(0, 6)).toEqual([0, 250, 500, 1000, 1250, 2000]);
	});

	test('may be fewer than one', async () => {
		const crowd = new Crowd({ maxConcurrency: 1, requestsPerSecond: 0.1 });
		await crowd.running();
		await crowd.end(keptUp);
		expect(await crowd.after(9999)).toBe(0);
		expect(await crowd.after(1)).toBe(1);
	});

	test('are not made up for after a time in which none was sent', async () => {
		const crowd = new Crowd({ maxConcurrency: 4, requestsPerSecond: 1 }, 1);
		await crowd.after(10_000);
		const more = new Crowd({ maxConcurrency: 4, requestsPerSecond: 1 }, 4);
		await more.after(10_000);
		await more.end(keptUp);
		await more.after(5000);
		expect(more.starts).toEqual([0, 10_000, 11_000]);
	});

	test('are kept up at a high rate although a start is late', async () => {
		const crowd = new Crowd({ maxConcurrency: 1, requestsPerSecond: 25 });
		await crowd.running();
		await crowd.end(keptUp);
		await crowd.after(130);
		// Due at 80, and so 50 ms late; the next is due 40 ms after that time and not after this.
		await crowd.end(keptUp);
		await crowd.end(keptUp);
		await crowd.end(keptUp);
		await crowd.after(30);
		expect(crowd.starts).toEqual([0, 40, 130, 130, 160]);
	});

	test('are not made up for at a low rate, where a late start costs little', async () => {
		const crowd = new Crowd({ maxConcurrency: 1, requestsPerSecond: 20 });
		await crowd.running();
		await crowd.after(80);
		await crowd.end(keptUp);
		await crowd.end(keptUp);
		expect(await crowd.after(49)).toBe(0);
		expect(await crowd.after(1)).toBe(1);
		expect(crowd.starts).toEqual([0, 80, 130]);
	});

	test('are counted on from the end of a pause', async () => {
		const crowd = new Crowd({ maxConcurrency: 4, requestsPerSecond: 2 });
		await crowd.running();
		await crowd.end(keptUp);
		await crowd.after(500);
		await crowd.end(pushedBack(3000));
		await crowd.after(10_000);
		expect(crowd.starts).toEqual([0, 500, 3500]);
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

describe('the rate that a vendor takes', () => {
	const second = (perSecond: number): Load[] => Array.from({ length: perSecond }, () => keptUp);

	/** Lets the vendor answer at an even rate for a while, each request at once. */
	async function serve(crowd: Crowd, perSecond: number, seconds: number): Promise<void> {
		for (let index = 0; index < perSecond * seconds; index++) {
			if (crowd.turns.length > 0) await crowd.end(keptUp);
			await crowd.after(1000 / perSecond);
		}
	}

	const startsIn = (crowd: Crowd, from: number, to: number) =>
		crowd.starts.filter((start) => start >= from && start < to).length;

	test('is not limited before the first push-back', async () => {
		const crowd = new Crowd({ maxConcurrency: 4 }, 1000);
		await crowd.running();
		for (const load of second(200)) await crowd.end(load);
		expect(crowd.clock.elapsed).toBe(0);
		expect(crowd.starts.length).toBeGreaterThan(200);
	});

	test('is learnt from the second before the push-back, and held just below', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 }, 1000);
		await serve(crowd, 20, 3);
		await crowd.end(pushedBack(1000));
		await crowd.after(1000);
		const resumed = crowd.clock.elapsed;
		await serve(crowd, 200, 5);
		const rate = startsIn(crowd, resumed, resumed + 5000) / 5;
		expect(rate).toBeGreaterThan(17);
		expect(rate).toBeLessThanOrEqual(20);
	});

	test('is learnt once from push-backs that come together', async () => {
		const crowd = new Crowd({ maxConcurrency: 4 }, 1000);
		await serve(crowd, 20, 3);
		expect(crowd.turns.length).toBeGreaterThan(1);
		await crowd.round(pushedBack(1000));
		await crowd.after(1000);
		const resumed = crowd.clock.elapsed;
		await serve(crowd, 200, 5);
		expect(startsIn(crowd, resumed, resumed + 5000) / 5).toBeGreaterThan(17);
	});

	test('is raised again after a while without push-backs', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 }, 2000);
		await serve(crowd, 20, 3);
		await crowd.end(pushedBack(1000));
		await crowd.after(1000);
		const resumed = crowd.clock.elapsed;
		await serve(crowd, 100, 22);
		const held = startsIn(crowd, resumed, resumed + 5000);
		const raised = startsIn(crowd, resumed + 17_000, resumed + 22_000);
		expect(raised).toBeGreaterThan(held * 1.5);
	});

	test('is lowered step by step if it was learnt too high', async () => {
		const crowd = new Crowd({ maxConcurrency: 1 }, 1000);
		await serve(crowd, 40, 2);
		const rates: number[] = [];
		for (let index = 0; index < 3; index++) {
			if (crowd.turns.length === 0) await crowd.after(100);
			await crowd.end(pushedBack(1000));
			await crowd.after(1000);
			const resumed = crowd.clock.elapsed;
			await serve(crowd, 400, 2);
			rates.push(startsIn(crowd, resumed, resumed + 2000) / 2);
		}
		const [first = 0, stepped = 0, again = 0] = rates;
		expect(stepped).toBeLessThan(first * 0.9);
		expect(again).toBeLessThan(stepped * 0.9);
	});

	test('says nothing if there were only a few answers', async () => {
		const crowd = new Crowd({ maxConcurrency: 4 }, 100);
		await serve(crowd, 2, 4);
		await crowd.end(pushedBack(1000));
		await crowd.after(1000);
		const resumed = crowd.clock.elapsed;
		await serve(crowd, 40, 1);
		expect(startsIn(crowd, resumed, resumed + 1000)).toBeGreaterThan(20);
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
