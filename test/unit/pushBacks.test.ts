import { expect, test } from '@jest/globals';

import { PushBacks } from '../../erasure/pushBacks';
import { VirtualClock } from './virtualClock';

const clockOf = () => {
	const clock = new VirtualClock();
	return { clock, pushBacks: new PushBacks(clock) };
};

const asking = (seconds: number) => ({ 'retry-after': String(seconds) });

async function after(clock: VirtualClock, ms: number): Promise<void> {
	await clock.run(clock.pass(ms));
}

test('push-backs during a pause belong to the one that began it', async () => {
	const { clock, pushBacks } = clockOf();
	expect(pushBacks.next({})).toBe(250);
	await after(clock, 249);
	expect(pushBacks.next({})).toBe(250);
	await after(clock, 249);
	// The second one made the pause longer.
	expect(pushBacks.next({})).toBe(250);
	await after(clock, 250);
	expect(pushBacks.next({})).toBe(500);
});

test('a shorter pause does not end a longer one', async () => {
	const { clock, pushBacks } = clockOf();
	expect(pushBacks.next(asking(10))).toBe(10_000);
	expect(pushBacks.next(asking(1))).toBe(1000);
	await after(clock, 9999);
	expect(pushBacks.next({})).toBe(250);
	await after(clock, 250);
	expect(pushBacks.next({})).toBe(500);
});

test('any other answer starts everything afresh, even during a pause', async () => {
	const { clock, pushBacks } = clockOf();
	pushBacks.next(asking(200));
	await after(clock, 100);
	pushBacks.over();
	expect(pushBacks.next({})).toBe(250);
	expect(pushBacks.next(asking(300))).toBe(300_000);
	expect(pushBacks.next(asking(300.001))).toBeUndefined();
});

test('a pause beyond the deadline is none, and leaves the others as they are', async () => {
	const { clock, pushBacks } = clockOf();
	expect(pushBacks.next({})).toBe(250);
	expect(pushBacks.next(asking(301))).toBeUndefined();
	await after(clock, 250);
	expect(pushBacks.next({})).toBe(500);
});
