import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { RateLimit } from '../../sandbox/faults/rateLimit';
import { Sandbox } from '../../sandbox/sandbox';
import { sandboxAccounts } from '../../sandbox/accounts';
import { coreVersion, runNode, type RunResult } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

/** Deletes calls in an execution of its own. */
async function deleteCalls(from: number, count: number, apiKey?: string): Promise<RunResult> {
	const { flyflowApi } = sandboxAccounts(sandbox);
	const ids = Array.from({ length: count }, (_, index) => `call_${from + index}`);
	return await runNode({
		type: 'flyflow',
		items: [{}],
		parameters: {
			resource: 'call',
			operation: 'delete',
			callId: ids.join(','),
			deletionMode: 'delete',
		},
		credentials: { flyflowApi: { ...flyflowApi, ...(apiKey === undefined ? {} : { apiKey }) } },
		sharesPace: true,
	});
}

const refused = () => sandbox.requests.filter(({ status }) => status === 429).length;

const outcomes = ({ json }: RunResult) => new Set(json.map(({ outcome }) => outcome));

describe(`Executions at one account on n8n-core ${coreVersion}`, () => {
	test('a run begins with what the one before has learnt of the vendor', async () => {
		sandbox.flyflow.fill(300);
		sandbox.rateLimit = new RateLimit(40);
		expect(outcomes(await deleteCalls(1, 120))).toEqual(new Set(['deleted']));
		const before = refused();
		// A vendor that nothing is known of pushes a whole window back.
		expect(before).toBeGreaterThan(4);
		expect(outcomes(await deleteCalls(121, 80))).toEqual(new Set(['deleted']));
		// A busy machine sends in bursts, so that a few may be.
		expect(refused() - before).toBeLessThanOrEqual(before - 3);
	});

	test('runs at the same time keep to one pace, and all of them come to their end', async () => {
		sandbox.flyflow.fill(300);
		const started = [deleteCalls(1, 60), deleteCalls(61, 60), deleteCalls(121, 60)];
		for (const result of await Promise.all(started)) {
			expect(result.json).toHaveLength(60);
			expect(outcomes(result)).toEqual(new Set(['deleted']));
		}
		expect(sandbox.requests).toHaveLength(180);
	});

	test('a key that is turned down lets the first request of the next run go alone', async () => {
		sandbox.flyflow.fill(300);
		await deleteCalls(1, 60);
		const { apiKey } = sandbox.flyflow;
		sandbox.flyflow.revokeCredentials();
		await deleteCalls(61, 60, apiKey);
		sandbox.forget();
		expect(outcomes(await deleteCalls(121, 60, apiKey))).toEqual(new Set());
		expect(sandbox.requests).toHaveLength(1);
	});
});
