import { sleep } from 'n8n-workflow';

import type { Clock } from '../../../erasure/clock';

/**
 * Waits by n8n's own `sleep`. The signal ends its timer from n8n 2.36 on; older versions cannot
 * interrupt it, so there the wait is left behind instead.
 */
export const clock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => {
		if (signal === undefined) return await sleep(ms);
		if (signal.aborted) return;
		let onAbort = () => {};
		const aborted = new Promise<void>((resolve) => {
			onAbort = resolve;
			signal.addEventListener('abort', onAbort);
		});
		await Promise.race([sleep(ms, signal).catch(() => undefined), aborted]);
		// The signal lives as long as the execution, and a long run waits many times.
		signal.removeEventListener('abort', onAbort);
	},
};
