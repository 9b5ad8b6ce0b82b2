import { describe, expect, test } from '@jest/globals';
import { max, mean, quantile } from 'simple-statistics';

import { AccountPace } from '../../erasure/accountPace';
import {
	SimulatedVendor,
	withLimit,
	withoutLimit,
	withWorkers,
	type Behaviour,
} from './simulatedVendor';
import { VirtualClock } from './virtualClock';

const latencyMs = 50;

/** A run of its own at a vendor, with default options. */
async function simulate(records: number, behaviour: Behaviour, seed = 1, startMs = 0) {
	const clock = new VirtualClock(Date.parse('2026-11-22T10:00:00.000Z') + startMs);
	const vendor = new SimulatedVendor(clock, behaviour, seed);
	const { endedAt, deleted } = await clock.run(vendor.deleteAll(records));
	expect(deleted).toBe(records);
	return { vendor, endedAt };
}

describe('with default options', () => {
	test('10,000 calls at a vendor without a limit take at most half as long again as 128 at once', async () => {
		const { endedAt } = await simulate(10_000, withoutLimit(latencyMs));
		expect(endedAt).toBeLessThanOrEqual(1.5 * (10_000 / 128) * latencyMs);
	});

	test.each([0, 0.2, 0.5])(
		'a vendor that works on eight at a time is kept busy and not overrun (work varies by %f)',
		async (spread) => {
			const { vendor } = await simulate(3000, withWorkers(8, latencyMs, spread));
			const served = vendor.after(1000);
			const inFlight = served.map((request) => request.inFlight);
			// The last few of a run are fewer than the window.
			expect(quantile(inFlight, 0.02)).toBeGreaterThanOrEqual(6);
			expect(max(inFlight)).toBeLessThanOrEqual(16);
			const latencies = served.map((request) => request.latencyMs);
			expect(quantile(latencies, 0.95)).toBeLessThan(2.2 * latencyMs);
		},
	);

	test.each([1, 2, 3, 4, 5])(
		'latencies of 20 to 200 ms at random do not close the window (seed %i)',
		async (seed) => {
			const { vendor, endedAt } = await simulate(5000, withoutLimit(20, 200), seed);
			expect(Math.min(...vendor.after(1000).map(({ inFlight }) => inFlight))).toBeGreaterThan(8);
			expect(endedAt).toBeLessThan(2.5 * (5000 / 128) * 110);
		},
	);
});

describe.each(['bySecondsOfItsClock', 'inTheLastSecond'] as const)(
	'1,000 calls at a vendor that allows 100 a second, counted %s',
	(count) => {
		test.each([0, 0.2])('keep to it (latency varies by %f)', async (spread) => {
			const times: number[] = [];
			const refused: number[] = [];
			for (const seed of [1, 2, 3, 4, 5]) {
				const behaviour = withLimit(100, count, spread);
				const { vendor, endedAt } = await simulate(1000, behaviour, seed, seed * 190);
				times.push(endedAt / 10_000);
				refused.push(vendor.refused / 1000);
			}
			expect(mean(times)).toBeLessThanOrEqual(1.15);
			expect(max(times)).toBeLessThanOrEqual(1.35);
			expect(max(refused)).toBeLessThanOrEqual(0.03);
		});
	},
);

describe('runs at the same account', () => {
	const startAt = (ms: number) => new VirtualClock(Date.parse('2026-11-22T10:00:00.000Z') + ms);

	test.each([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])(
		'four at once keep to a limit of 100 a second together, and end together (begun at %i ms)',
		async (startMs) => {
			const clock = startAt(startMs);
			const vendor = new SimulatedVendor(clock, withLimit(100, 'bySecondsOfItsClock', 0.2));
			const account = new AccountPace(clock);
			const runs = [1, 2, 3, 4].map(
				async (run) => await vendor.deleteAll(1000, { account, name: `run${run}` }),
			);
			const ended = (await clock.run(Promise.all(runs))).map(({ endedAt }) => endedAt);
			expect(4000 / (max(ended) / 1000)).toBeGreaterThanOrEqual(90);
			expect(vendor.refused / 4000).toBeLessThanOrEqual(0.02);
			expect(Math.min(...ended)).toBeGreaterThanOrEqual(0.8 * max(ended));
		},
	);

	test('two at a limit of 50 take as long as it dictates, and end together', async () => {
		const clock = startAt(0);
		const vendor = new SimulatedVendor(clock, withLimit(50, 'bySecondsOfItsClock', 0.2));
		const account = new AccountPace(clock);
		const runs = ['one', 'other'].map(
			async (name) => await vendor.deleteAll(500, { account, name }),
		);
		const ended = (await clock.run(Promise.all(runs))).map(({ endedAt }) => endedAt);
		expect(max(ended)).toBeLessThanOrEqual(1.15 * 20_000);
		expect(Math.min(...ended)).toBeGreaterThanOrEqual(0.8 * max(ended));
	});

	test('the next one begins with what the last one has learnt', async () => {
		const clock = startAt(0);
		const vendor = new SimulatedVendor(clock, withLimit(100, 'bySecondsOfItsClock'));
		const account = new AccountPace(clock);
		await clock.run(vendor.deleteAll(500, { account }));
		const refusedBefore = vendor.refused;
		await clock.run(vendor.deleteAll(300, { account, name: 'next' }));
		expect(refusedBefore).toBeGreaterThan(0);
		expect(vendor.refused).toBe(refusedBefore);
	});

	test('the first request of each goes alone, whatever is known of the account', async () => {
		const clock = startAt(0);
		const vendor = new SimulatedVendor(clock, withoutLimit(latencyMs));
		const account = new AccountPace(clock);
		await clock.run(vendor.deleteAll(1000, { account }));
		const before = vendor.served.length;
		await clock.run(vendor.deleteAll(200, { account, name: 'next' }));
		const [first, second] = vendor.served.slice(before);
		expect(first?.inFlight).toBe(1);
		expect(second?.at).toBe((first?.at ?? 0) + latencyMs);
	});

	test('each keeps to its own Maximum Concurrency', async () => {
		const clock = startAt(0);
		const vendor = new SimulatedVendor(clock, withoutLimit(latencyMs));
		const account = new AccountPace(clock);
		await clock.run(vendor.deleteAll(1000, { account }));
		const before = vendor.served.length;
		await clock.run(vendor.deleteAll(200, { account, maxConcurrency: 3, name: 'slow' }));
		expect(max(vendor.served.slice(before).map(({ inFlight }) => inFlight))).toBe(3);
	});
});
