import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nApi } from '../../scripts/n8n/n8nApi';

export const finishDeadlineMs = 480_000;

/** Between two looks at what this process knows, in milliseconds. */
const lookEveryMs = 20;

/** Between two questions to n8n, which has other work to do, in milliseconds. */
export const askEveryMs = 250;

/** @throws Error that names what did not come about in time */
export async function until(
	isSo: () => boolean | Promise<boolean>,
	what: string,
	everyMs = lookEveryMs,
): Promise<void> {
	for (const deadline = Date.now() + finishDeadlineMs; !(await isSo()); await sleep(everyMs)) {
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
	await until(nothingRuns, 'No execution runs', askEveryMs);
}
