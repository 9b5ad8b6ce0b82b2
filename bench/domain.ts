import { Bench } from 'tinybench';

import { planDigest } from '../erasure/digest';
import { recordByRecord } from '../erasure/exchange';
import { readIdentifiers } from '../erasure/identifier';
import { understood } from '../erasure/reading';
import { makeReceipt } from '../erasure/receipt';
import { settle } from '../erasure/run';
import type { Settlement } from '../erasure/settlement';
import { showTarget, targetKey, type Target } from '../erasure/target';
import { clock } from '../nodes/shared/sending/clock';

const targetsPerRun = 10_000;

/** A vendor that answers at once, without a request. */
const exchange = recordByRecord({
	vendorName: 'Nobody',
	send: async () =>
		await Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: '{}' }),
	read: (_answer, target) => understood(target, { outcome: 'deleted', evidence: 'confirmed' }),
});

/** From what a user gives to receipts: all that `erasure/` does, and no request. */
async function erase(ids: readonly string[]): Promise<number> {
	const targets: Target[] = ids.flatMap((id) => {
		const check = readIdentifiers(id);
		return check.valid ? check.identifiers.map((callId) => ({ identifiers: { callId } })) : [];
	});
	const plan = planDigest(['benchmark'], targets, { publicName: '', key: 'benchmark' });
	const settlements = new Map<string, Settlement>();
	await settle(targets, exchange, {
		maxConcurrency: 128,
		signal: new AbortController().signal,
		clock,
		keepVendorResponse: false,
		settlements,
	});
	const context = {
		vendor: 'nobody',
		resource: 'call',
		plan,
		duplicate: false,
		includeVendorResponse: false,
	};
	return targets.filter((target) => {
		const settlement = settlements.get(targetKey(target));
		if (settlement === undefined) throw new Error('A target was lost');
		return makeReceipt(showTarget(target), settlement, context).deleted;
	}).length;
}

/** @returns microseconds that `erasure/` takes for each target: the median of several runs */
export async function measureDomain(): Promise<number> {
	const ids = Array.from({ length: targetsPerRun }, (_, index) => `call_${index}`);
	const bench = new Bench({ iterations: 10, warmupIterations: 3, time: 0 });
	bench.add('erase', async () => {
		if ((await erase(ids)) !== targetsPerRun) throw new Error('Not all were deleted');
	});
	const [task] = await bench.run();
	if (task?.result.state !== 'completed') throw new Error('The domain could not be measured');
	return (task.result.latency.p50 * 1000) / targetsPerRun;
}
