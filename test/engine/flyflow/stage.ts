/** What the engine tests of Flyflow share: a sandbox, and the node run against it. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

import { Sandbox } from '../../../sandbox/sandbox';
import type { RunOptions } from '../engine';

export let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await Sandbox.start();
});

afterAll(async () => await sandbox.stop());

beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(100);
});

export function options(operation: string, changes: Partial<RunOptions> = {}): RunOptions {
	return {
		type: 'flyflow',
		items: [{}],
		credentials: {
			flyflowApi: { apiKey: sandbox.flyflow.apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` },
		},
		...changes,
		parameters: { resource: 'call', operation, ...changes.parameters },
	};
}

export const urls = () => sandbox.requests.map(({ method, url }) => `${method} ${url}`);

/** In the first try call_1 is deleted and call_2 fails; then this is done. */
export function afterTheFirstTry(then: () => void) {
	let requests = 0;
	sandbox.faults.add({
		fault: { kind: 'status', status: 500 },
		times: 4,
		when: ({ url }) => {
			const isForSecond = url.endsWith('/call_2');
			if (isForSecond && ++requests === 4) then();
			return isForSecond;
		},
	});
}
