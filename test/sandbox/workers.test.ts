import { expect, test } from '@jest/globals';

import { loadOf } from '../../bench/vendorLoad';
import { Workers } from '../../sandbox/faults/workers';
import { Sandbox } from '../../sandbox/sandbox';

test('a vendor with two workers works on two requests at a time, in the order of the line', async () => {
	const workers = new Workers(2);
	const begun: number[] = [];
	const finish: Array<() => void> = [];
	const all = [1, 2, 3, 4, 5].map(async (number) => {
		await workers.carryOut(async () => {
			begun.push(number);
			await new Promise<void>((resolve) => finish.push(resolve));
		});
	});
	const settled = async () => await new Promise((resolve) => setImmediate(resolve));
	await settled();
	expect(begun).toEqual([1, 2]);
	finish[1]?.();
	await settled();
	expect(begun).toEqual([1, 2, 3]);
	finish[0]?.();
	finish[2]?.();
	await settled();
	expect(begun).toEqual([1, 2, 3, 4, 5]);
	finish[3]?.();
	finish[4]?.();
	await Promise.all(all);
});

test('work that goes wrong gives its worker back', async () => {
	const workers = new Workers(1);
	await expect(workers.carryOut(async () => await Promise.reject(new Error('no')))).rejects.toThrow(
		'no',
	);
	let isDone = false;
	await workers.carryOut(async () => {
		isDone = await Promise.resolve(true);
	});
	expect(isDone).toBe(true);
});

test('the sandbox lets requests wait for its workers, until it forgets them', async () => {
	const sandbox = await Sandbox.start();
	try {
		sandbox.flyflow.fill(10);
		sandbox.latency = 40;
		sandbox.workers = new Workers(2);
		const slow = await secondsFor(sandbox, 6);
		expect(slow).toBeGreaterThanOrEqual(0.118);
		sandbox.forget();
		expect(sandbox.workers).toBeUndefined();
		expect(sandbox.latency).toBe(0);
	} finally {
		await sandbox.stop();
	}
});

async function secondsFor(sandbox: Sandbox, requests: number): Promise<number> {
	const started = performance.now();
	const headers = { authorization: `Bearer ${sandbox.flyflow.apiKey}` };
	await Promise.all(
		Array.from({ length: requests }, async (_, index) => {
			const url = `${sandbox.address('flyflow')}/v1/call/call_${index + 1}`;
			const reply = await fetch(url, { method: 'DELETE', headers });
			expect(reply.status).toBe(200);
		}),
	);
	return (performance.now() - started) / 1000;
}

test('the load of a run counts what was in flight after the first second, and how long it took', () => {
	const entry = (at: number, ms: number) => ({
		at: new Date(at).toISOString(),
		vendor: 'flyflow',
		method: 'DELETE',
		url: '/',
		headers: {},
		body: '',
		ms,
	});
	// Ten at once in the first second; then three at a time, of 100 ms each.
	const first = Array.from({ length: 10 }, () => entry(0, 900));
	const later = Array.from({ length: 30 }, (_, index) =>
		entry(2000 + Math.floor(index / 3) * 100, 100),
	);
	expect(loadOf([...first, ...later], 1000)).toEqual({
		inFlightLow: 1,
		inFlightMost: 3,
		latency95: 100,
	});
	expect(() => loadOf(first, 1000)).toThrow('over within 1000 ms');
});
