import { describe, expect, jest, test } from '@jest/globals';

import { inTime } from '../../nodes/shared/sending/inTime';

function contextOf(controller = new AbortController()) {
	return { name: 'context', getExecutionCancelSignal: () => controller.signal };
}

const never = async () => await new Promise<never>(() => {});

describe('what has to be over in time', () => {
	test('gives what it comes to, and what goes wrong with it', async () => {
		expect(await inTime(contextOf(), 1000, async ({ name }) => await Promise.resolve(name))).toBe(
			'context',
		);
		const failing = inTime(contextOf(), 1000, async () => await Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
	});

	test('is broken off when the time is over', async () => {
		let signal: AbortSignal | undefined;
		const began = Date.now();
		const result = await inTime(contextOf(), 30, async (context) => {
			signal = context.getExecutionCancelSignal();
			expect(signal.aborted).toBe(false);
			return await never();
		});
		expect(result).toBeUndefined();
		expect(signal?.aborted).toBe(true);
		// Timers may ring a millisecond early.
		expect(Date.now() - began).toBeGreaterThanOrEqual(28);
	});

	test('is broken off when the execution is cancelled', async () => {
		const controller = new AbortController();
		const began = Date.now();
		const result = inTime(contextOf(controller), 5000, never);
		controller.abort();
		expect(await result).toBeUndefined();
		expect(Date.now() - began).toBeLessThan(2500);
	});

	test('is not begun in an execution that is cancelled', async () => {
		const controller = new AbortController();
		controller.abort();
		const work = jest.fn(never);
		expect(await inTime(contextOf(controller), 5000, work)).toBeUndefined();
		expect(work).not.toHaveBeenCalled();
	});

	test('leaves nothing behind on the signal of the execution', async () => {
		const controller = new AbortController();
		const removed = jest.spyOn(controller.signal, 'removeEventListener');
		const added = jest.spyOn(controller.signal, 'addEventListener');
		await inTime(contextOf(controller), 1000, async () => await Promise.resolve(1));
		expect(added).toHaveBeenCalledTimes(1);
		expect(removed.mock.calls[0]).toEqual(added.mock.calls[0]);
	});

	test('may run where nothing can be cancelled, as a list in the editor does', async () => {
		const context: { getExecutionCancelSignal?(): AbortSignal | undefined } = {};
		const result = await inTime(
			context,
			1000,
			async (bounded) => await Promise.resolve(bounded.getExecutionCancelSignal?.()?.aborted),
		);
		expect(result).toBe(false);
	});
});
