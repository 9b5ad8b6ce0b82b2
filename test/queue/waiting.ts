import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nApi } from '../../scripts/n8n/n8nApi';

export const finishDeadlineMs = 480_000;

/** @throws Error that names what did not come about in time */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	for (const deadline = Date.now() + finishDeadlineMs; !(await isSo()); await sleep(20)) {
		if (Date.now() > deadline) throw new Error(`This did not come about: ${what}`);
	}
}

/** Waits until no execution is under way. Where the database was just away, n8n does not answer for a while. */
export async function untilNothingRuns(api: N8nApi): Promise<void> {
	const nothingRuns = async () =>
		await api.unfinishedExecutions().then(
			(unfinished) => unfinished.length === 0,
			() => false,
		);
	await until(nothingRuns, 'No execution runs');
}
