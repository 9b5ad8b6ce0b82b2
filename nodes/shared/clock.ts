import { sleep } from 'n8n-workflow';

import type { Clock } from '../../erasure/clock';

/** Waits by n8n's own `sleep`; n8n 1.x cannot interrupt it, so the wait is left behind instead. */
export const clock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => {
		if (signal?.aborted === true) return;
		await Promise.race([sleep(ms), aborted(signal)]);
	},
};

async function aborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		signal?.addEventListener('abort', () => resolve(), { once: true });
	});
}
