import { expect, test } from '@jest/globals';

import { AccountPaces, keepPaceForMs } from '../../erasure/accountPaces';
import { Pace } from '../../erasure/pace';
import { VirtualClock } from './virtualClock';

const never = new AbortController().signal;

test('runs at the same account have the same pace, and others another one', () => {
	const paces = new AccountPaces(new VirtualClock());
	expect(paces.of('one')).toBe(paces.of('one'));
	expect(paces.of('one')).not.toBe(paces.of('other'));
});

test('what was learnt is kept for some minutes after the last run, and not for ever', async () => {
	const clock = new VirtualClock();
	const paces = new AccountPaces(clock);
	const pace = paces.of('one');
	const run = new Pace({ maxConcurrency: 1 }, clock, never, pace);
	await clock.run(clock.pass(10 * keepPaceForMs));
	run.close();
	await clock.run(clock.pass(keepPaceForMs));
	expect(paces.of('one')).toBe(pace);
	await clock.run(clock.pass(keepPaceForMs + 1));
	paces.of('other');
	expect(paces.size).toBe(1);
});

test('a run that goes on for longer keeps its pace', async () => {
	const clock = new VirtualClock();
	const paces = new AccountPaces(clock);
	const pace = paces.of('one');
	const run = new Pace({ maxConcurrency: 1 }, clock, never, pace);
	await clock.run(clock.pass(10 * keepPaceForMs));
	expect(paces.of('one')).toBe(pace);
	run.close();
});
