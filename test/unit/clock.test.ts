import { getEventListeners } from 'node:events';

import { expect, test } from '@jest/globals';

import { clock } from '../../nodes/shared/sending/clock';

test('a sleep lasts as long as it is asked to', async () => {
	const before = Date.now();
	await clock.sleep(30, new AbortController().signal);
	await clock.sleep(20);
	// Timers may ring a millisecond early.
	expect(Date.now() - before).toBeGreaterThanOrEqual(48);
});

test('a sleep ends at once when the signal aborts, or has aborted', async () => {
	const controller = new AbortController();
	const before = Date.now();
	const asleep = clock.sleep(5000, controller.signal);
	controller.abort();
	await asleep;
	await clock.sleep(5000, controller.signal);
	expect(Date.now() - before).toBeLessThan(2500);
});

test('a sleep that is over listens no longer', async () => {
	const { signal } = new AbortController();
	const asleep = clock.sleep(1, signal);
	expect(getEventListeners(signal, 'abort').length).toBeGreaterThan(0);
	await asleep;
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('the time is that of this machine, and chance is between 0 and 1', () => {
	expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
	const chances = Array.from({ length: 100 }, () => clock.random());
	expect(chances.every((chance) => chance >= 0 && chance < 1)).toBe(true);
	expect(new Set(chances).size).toBeGreaterThan(90);
});
