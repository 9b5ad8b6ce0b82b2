import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { holdMs, VendorRate } from '../../erasure/vendorRate';

const second = 1000;

/** A rate after `count` good answers, one every `everyMs`, the last of them at time 0. */
function after(count: number, everyMs = 1): VendorRate {
	const rate = new VendorRate();
	for (let index = count - 1; index >= 0; index--) rate.keptUp(-index * everyMs, -index * everyMs);
	return rate;
}

/** A rate of 97 a second, learnt at time 0 and held until 20,000. */
function learned(pauseMs = 0): VendorRate {
	const rate = after(100);
	rate.pushedBack(0, 0, pauseMs);
	return rate;
}

describe('the first push-back', () => {
	test('before which nothing is known', () => {
		expect(new VendorRate().limit).toBeUndefined();
		expect(after(100).limit).toBeUndefined();
	});

	test('teaches a little less than what the vendor answered well in the second before', () => {
		expect(learned().limit).toBeCloseTo(97, 9);
		expect(after(5).limit).toBeUndefined();
	});

	test('teaches nothing after fewer than five good answers', () => {
		const four = after(4);
		four.pushedBack(0, 0, 0);
		expect(four.limit).toBeUndefined();
		const five = after(5);
		five.pushedBack(0, 0, 0);
		expect(five.limit).toBeCloseTo(4.85, 9);
	});

	test('counts the answers of one second and no older ones', () => {
		const rate = after(20, 100);
		rate.pushedBack(0, 0, 0);
		// At 0, -100, … -900; the one at -1000 is a second old.
		expect(rate.limit).toBeCloseTo(9.7, 9);
	});

	test('counts none that is a second old', () => {
		const rate = after(10);
		rate.pushedBack(second, second, 0);
		expect(rate.limit).toBeUndefined();
	});
});

describe("a vendor that counts by the clock's seconds", () => {
	/** Good answers, one every 5 ms, up to so many milliseconds after a second began; a push-back. */
	function pushedBackAt(ms: number, rate = new VendorRate()): VendorRate {
		for (let time = 10 * second + ms - 990; time <= 10 * second + ms; time += 5)
			rate.keptUp(time, time);
		rate.pushedBack(10 * second + ms, 10 * second + ms, 0);
		return rate;
	}

	test('shows its limit since the second began, and more in the second before', () => {
		// 199 in the second before, of which 151 came since the clock's second began.
		expect(pushedBackAt(750).limit).toBeCloseTo(151 * 0.97, 9);
	});

	test('shows it at a later push-back too', () => {
		const rate = learned();
		// Taking a fifth would leave 78.
		for (let index = 1; index <= 70; index++) rate.keptUp(5 * second + index, 5 * second + index);
		rate.pushedBack(5 * second + 900, 5 * second + 900, 0);
		expect(rate.limit).toBeCloseTo(70 * 0.97, 9);
	});

	test('shows nothing where little of a second has gone by', () => {
		// 71 of 199: less than three fifths.
		expect(pushedBackAt(350).limit).toBeCloseTo(199 * 0.97, 9);
	});
});

describe('where the second before shows more than the second of the clock', () => {
	/** 60 of 100 answers in the second before came since the second of the clock began. */
	function twoReadings(): VendorRate {
		const rate = new VendorRate();
		for (let time = -400; time < 600; time += 10) rate.keptUp(10_000 + time, 10_000 + time);
		rate.pushedBack(10_600, 10_600, second);
		return rate;
	}

	test('the lower rate holds at first, and after two seconds the higher one is tried', () => {
		const rate = twoReadings();
		expect(rate.limit).toBeCloseTo(58.2, 9);
		rate.keptUp(13_599, 13_599);
		expect(rate.limit).toBeCloseTo(58.2, 9);
		rate.keptUp(13_600, 13_600);
		expect(rate.limit).toBeCloseTo(96.03, 9);
	});

	test('a push-back at the higher one leads to what the second of the clock has shown by then', () => {
		const rate = twoReadings();
		for (let index = 0; index < 80; index++) rate.keptUp(14_000 + index * 10, 14_000 + index * 10);
		rate.pushedBack(14_800, 14_800, second);
		expect(rate.limit).toBeCloseTo(80 * 0.97, 9);
	});

	test('and never to more than the rate at which it came', () => {
		const rate = twoReadings();
		for (let index = 0; index < 300; index++) rate.keptUp(14_000 + index, 14_000 + index);
		rate.pushedBack(14_300, 14_300, second);
		expect(rate.limit).toBeCloseTo(96.03, 9);
	});

	test('a push-back at the higher one leads back to the lower one, where it shows no more', () => {
		const rate = twoReadings();
		const lower = rate.limit ?? 0;
		rate.keptUp(13_600, 13_600);
		rate.pushedBack(14_000, 14_000, second);
		expect(rate.limit).toBeCloseTo(lower, 9);
		rate.pushedBack(15_500, 15_500, second);
		expect(rate.limit).toBeLessThan(lower);
	});
});

test('what was under way at the push-back and answered well counts as well, and nothing later', () => {
	const rate = learned();
	rate.keptUp(-5, 20);
	expect(rate.limit).toBeCloseTo(97.97, 9);
	rate.keptUp(1, 30);
	expect(rate.limit).toBeCloseTo(97.97, 9);
});

test('a rate that is learnt again is held twice as long, and a new one as long as at first', () => {
	const rate = learned();
	const serve = (from: number, perSecond: number) => {
		for (let time = from - 999; time <= from; time += second / perSecond) rate.keptUp(time, time);
		rate.pushedBack(from, from, 0);
	};
	serve(22 * second, 100);
	const again = rate.limit ?? 0;
	rate.keptUp(62 * second - 1, 62 * second - 1);
	expect(rate.limit).toBe(again);
	rate.keptUp(62 * second, 62 * second);
	expect(rate.limit).toBeCloseTo(again * 1.02, 9);
	serve(64 * second, 50);
	const other = rate.limit ?? 0;
	rate.keptUp(84 * second, 84 * second);
	expect(rate.limit).toBeCloseTo(other * 1.02, 9);
});

test('push-backs without an end leave half a request a second', () => {
	const rate = learned();
	for (let time = 1; time < 1000; time++) rate.pushedBack(time, time, 0);
	expect(rate.limit).toBe(0.5);
});

describe('another push-back', () => {
	test('while the rate is held takes a fifth, another fifth, and then a twentieth each', () => {
		const rate = learned();
		const limits = Array.from({ length: 4 }, () => {
			rate.pushedBack(1, 1, 0);
			return (rate.limit ?? 0) / 97;
		});
		expect(limits[0]).toBeCloseTo(0.8, 9);
		expect(limits[1]).toBeCloseTo(0.64, 9);
		expect(limits[2]).toBeCloseTo(0.608, 9);
		expect(limits[3]).toBeCloseTo(0.5776, 9);
	});

	test('holds the rate anew, for twenty seconds after the pause', () => {
		expect(holdMs).toBe(20 * second);
		const rate = learned(2 * second);
		rate.pushedBack(22 * second - 1, 22 * second - 1, 0);
		expect(rate.limit).toBeCloseTo(97 * 0.8, 9);
	});

	test('after that teaches a rate of its own, and the steps begin again', () => {
		const rate = learned(2 * second);
		rate.pushedBack(3 * second, 3 * second, 0);
		rate.pushedBack(4 * second, 4 * second, 0);
		for (let index = 1; index <= 50; index++) rate.keptUp(24 * second - index, 24 * second - index);
		rate.pushedBack(24 * second, 24 * second, 0);
		expect(rate.limit).toBeCloseTo(48.5, 9);
		rate.pushedBack(24 * second + 1, 24 * second + 1, 0);
		expect(rate.limit).toBeCloseTo(48.5 * 0.8, 9);
	});

	test('after that, with hardly an answer since, leaves the rate as it is', () => {
		const rate = learned();
		rate.pushedBack(20 * second, 20 * second, 0);
		expect(rate.limit).toBeCloseTo(97, 9);
	});
});

describe('good answers', () => {
	test('raise nothing while the rate is held', () => {
		const rate = learned(second);
		rate.keptUp(21 * second - 1, 21 * second - 1);
		expect(rate.limit).toBeCloseTo(97, 9);
		rate.keptUp(21 * second, 21 * second);
		expect(rate.limit).toBeCloseTo(97 * 1.02, 9);
	});

	test('then raise it once a second, faster each time', () => {
		const rate = learned();
		rate.keptUp(20 * second, 20 * second);
		rate.keptUp(21 * second - 1, 21 * second - 1);
		expect(rate.limit).toBeCloseTo(97 * 1.02, 9);
		rate.keptUp(21 * second, 21 * second);
		expect(rate.limit).toBeCloseTo(97 * 1.02 * 1.04, 9);
		rate.keptUp(22 * second, 22 * second);
		expect(rate.limit).toBeCloseTo(97 * 1.02 * 1.04 * 1.06, 9);
	});

	test('raise it slowly again after a push-back', () => {
		const rate = learned();
		rate.keptUp(20 * second, 20 * second);
		rate.keptUp(21 * second, 21 * second);
		rate.pushedBack(21 * second, 21 * second, 0);
		const before = rate.limit ?? 0;
		rate.keptUp(41 * second, 41 * second);
		expect(rate.limit).toBeCloseTo(before * 1.02, 9);
	});

	test('after a long silence count as one', () => {
		const rate = learned();
		rate.keptUp(1000 * second, 1000 * second);
		rate.keptUp(1000 * second + 1, 1000 * second + 1);
		expect(rate.limit).toBeCloseTo(97 * 1.02, 9);
	});
});

test('whatever happens, the rate is unknown or more than none', () => {
	const event = fc.record({
		kind: fc.constantFrom('keptUp', 'pushedBack'),
		afterMs: fc.nat({ max: 3000 }),
		pauseMs: fc.nat({ max: 60_000 }),
	});
	fc.assert(
		fc.property(fc.array(event, { maxLength: 200 }), (events) => {
			const rate = new VendorRate();
			let now = 0;
			for (const { kind, afterMs, pauseMs } of events) {
				now += afterMs;
				if (kind === 'keptUp') rate.keptUp(now, now);
				else rate.pushedBack(now, now, pauseMs);
				expect(rate.limit === undefined || rate.limit > 0).toBe(true);
			}
		}),
	);
});
