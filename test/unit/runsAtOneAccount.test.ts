/** What one run meets at an account must not hold up the others there, nor those that come later. */
import { describe, expect, test } from '@jest/globals';

import { AccountPace } from '../../erasure/accountPace';
import { notDocumented, understood, type Exchange } from '../../erasure/exchange';
import type { Reply } from '../../erasure/reply';
import { settle, type RunOptions } from '../../erasure/run';
import type { Settlement } from '../../erasure/settlement';
import { answer, call, callId, calls } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const second = 1000;
const latency = 50;

/** An account whose vendor answers each record in its own way. */
class Account {
	readonly clock = new VirtualClock();

	requests = 0;

	private readonly pace = new AccountPace(this.clock);

	constructor(private readonly reply: (id: string) => Reply) {}

	/** Makes one run there, as part of whatever the clock runs. */
	async run(ids: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
		const exchange: Exchange = {
			vendorName: 'Acme',
			targetsPerRequest: 1,
			harmless: false,
			repeatable: true,
			send: async ([target = call('')]) => {
				this.requests += 1;
				await this.clock.pass(latency);
				return this.reply(callId(target));
			},
			read: ({ status }, [target = call('')]) =>
				status === 200
					? understood(target, { outcome: 'deleted', evidence: 'confirmed' })
					: notDocumented,
		};
		const settlements = new Map<string, Settlement>();
		await settle(ids.map(call), exchange, {
			maxConcurrency: 8,
			keepVendorResponse: false,
			signal: new AbortController().signal,
			clock: this.clock,
			account: this.pace,
			...options,
			settlements,
		});
		return { outcomes: outcomesOf(settlements), endedAt: this.clock.elapsed };
	}
}

interface Run {
	/** How many records have each outcome. */
	readonly outcomes: Readonly<Record<string, number>>;
	/** Milliseconds since the test began. */
	readonly endedAt: number;
}

function outcomesOf(settlements: ReadonlyMap<string, Settlement>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { verdict } of settlements.values()) {
		counts[verdict.outcome] = (counts[verdict.outcome] ?? 0) + 1;
	}
	return counts;
}

const ids = (count: number) => calls(count).map(callId);

describe('the next run is not held up by one that', () => {
	test.each([
		['whose first request was turned down', answer(401), 'skipped'],
		[
			'whose first request was told to wait for an hour',
			answer(429, '', { 'retry-after': '3600' }),
			'failed',
		],
	] as const)('%s', async (_, first, outcome) => {
		let reply: Reply = first;
		const account = new Account(() => reply);
		expect((await account.clock.run(account.run(ids(50)))).outcomes).toEqual({ [outcome]: 50 });
		expect(account.requests).toBe(1);
		reply = answer(200);
		expect((await account.clock.run(account.run(ids(50)))).outcomes).toEqual({ deleted: 50 });
	});

	test('was cancelled at any moment', async () => {
		for (let abortAt = 0; abortAt <= 2 * second; abortAt += 10) {
			const account = new Account((id) => answer(id === 'call_3' ? 429 : 200));
			const cancelled = new AbortController();
			account.clock.at(abortAt, () => cancelled.abort());
			await account.clock.run(account.run(ids(50), { signal: cancelled.signal }));
			const { outcomes } = await account.clock.run(account.run(['call_1', 'call_2']));
			expect(outcomes).toEqual({ deleted: 2 });
		}
	});
});

test('the limit of a run that has ended holds nobody up', async () => {
	const account = new Account(() => answer(200));
	const slow = account.run(['call_1'], { requestsPerSecond: 0.001 });
	const others = account.clock.pass(latency / 2).then(async () => await account.run(ids(50)));
	const [, { outcomes, endedAt }] = await account.clock.run(Promise.all([slow, others]));
	expect(outcomes).toEqual({ deleted: 50 });
	expect(endedAt).toBeLessThan(2 * second);
});
