import { describe, expect, test } from '@jest/globals';

import type { Load } from '../../erasure/pace';
import { holdMs } from '../../erasure/vendorRate';
import { Crowd, keptUp, pushedBack } from './crowd';

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
		await serve(crowd, 100, 32);
		const held = startsIn(crowd, resumed, resumed + 5000);
		const raised = startsIn(crowd, resumed + holdMs + 7000, resumed + holdMs + 12_000);
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
