import { expect, test } from '@jest/globals';

import { firstWaitMs, growingWait } from '../../erasure/wait';
import { VirtualClock } from './virtualClock';

function waits(chance: number): number[] {
	const clock = new VirtualClock();
	clock.chance = chance;
	return [1, 2, 3, 6, 7, 8, 1000].map((time) => growingWait(time, clock));
}

test('waits double, up to half a minute, and are drawn from their upper half', () => {
	expect(firstWaitMs).toBe(250);
	expect(waits(0)).toEqual([250, 500, 1000, 8000, 15_000, 15_000, 15_000]);
	expect(waits(0.5)).toEqual([375, 750, 1500, 12_000, 22_500, 22_500, 22_500]);
	expect(waits(1)).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
});
