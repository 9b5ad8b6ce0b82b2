/** What one run meets at an account must not hold up the others there, nor those that come later. */
import { describe, expect, test } from '@jest/globals';

import { AccountPace } from '../../erasure/accountPace';
import { type Exchange } from '../../erasure/exchange';
import { notDocumented, understood } from '../../erasure/reading';
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

	readonly sent: string[] = [];

	private readonly pace = new AccountPace(this.clock);

	/** @param reply what the vendor says of a record, at so many milliseconds since the test began */
	constructor(private readonly reply: (id: string, at: number) => Reply) {}

	/** Makes one run there, as part of whatever the clock runs. */
	async run(ids: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
		const exchange: Exchange = {
			vendorName: 'Acme',
			targetsPerRequest: 1,
			repeatable: true,
			send: async ([target = call('')]) => {
				this.requests += 1;
				this.sent.push(callId(target));
				const sentAt = this.clock.elapsed;
				await this.clock.pass(latency);
				return this.reply(callId(target), sentAt);
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

describe('a record that is pushed back each time, alone in its run,', () => {
	test.each([
		['without a time', {}, 20 * second],
		['for a second', { 'retry-after': '1' }, 20 * second],
		['for a minute', { 'retry-after': '60' }, 80 * second],
	] as const)('does not stall another run (%s)', async (_, headers, most) => {
		const account = new Account((id) => (id === 'bad' ? answer(429, '', headers) : answer(200)));
		const alone = account.clock.pass(second).then(async () => await account.run(['bad']));
		const [{ outcomes, endedAt }, bad] = await account.clock.run(
			Promise.all([account.run(ids(2000)), alone]),
		);
		expect(outcomes).toEqual({ deleted: 2000 });
		expect(endedAt).toBeLessThanOrEqual(most);
		expect(bad.outcomes).toEqual({ failed: 1 });
		expect(account.sent.filter((id) => id === 'bad')).toHaveLength(5);
	});

	test('is told from a vendor that pushes back another kind of request alone', async () => {
		const account = new Account((id) => answer(id.startsWith('kept') ? 429 : 200));
		const others = account.run(ids(2000), { kind: 'other' });
		const work = Promise.all([others, account.run(['kept_1', 'kept_2', 'kept_3'])]);
		const [{ outcomes }, pushedBack] = await account.clock.run(work);
		expect(outcomes).toEqual({ deleted: 2000 });
		// Nobody was answered there: it is not about the records, and all is paused.
		expect(pushedBack.outcomes).toEqual({ failed: 3 });
		expect(pushedBack.endedAt).toBeGreaterThan(200 * second);
	});
});

describe('at a vendor that pushes everything back', () => {
	test.each([['0'], ['1'], ['60'], ['299'], ['-5'], ['Wed, 21 Oct 2015 07:28:00 GMT']])(
		'for ever (Retry-After: %s), twenty runs end together, within the time of one',
		async (time) => {
			const account = new Account(() => answer(429, '', { 'retry-after': time }));
			const runs = Array.from({ length: 20 }, async () => await account.run(ids(50)));
			for (const { outcomes, endedAt } of await account.clock.run(Promise.all(runs))) {
				expect(outcomes).toEqual({ failed: 50 });
				expect(endedAt).toBeLessThanOrEqual(305 * second);
			}
			expect(account.requests).toBeLessThanOrEqual(60);
		},
	);

	test('for four minutes, twenty runs go on afterwards', async () => {
		const account = new Account((_, at) => answer(at < 240 * second ? 429 : 200));
		const runs = Array.from({ length: 20 }, async () => await account.run(ids(50)));
		for (const { outcomes, endedAt } of await account.clock.run(Promise.all(runs))) {
			expect(outcomes).toEqual({ deleted: 50 });
			expect(endedAt).toBeLessThanOrEqual(280 * second);
		}
	});

	test('the parts of a run have its time together: what comes after is asked for once', async () => {
		const account = new Account(() => answer(429));
		const startedAt = account.clock.now();
		await account.clock.run(account.run(ids(50), { startedAt }));
		const before = account.requests;
		const { outcomes, endedAt } = await account.clock.run(account.run(ids(50), { startedAt }));
		expect(outcomes).toEqual({ failed: 50 });
		expect(account.requests - before).toBe(1);
		expect(endedAt).toBeLessThanOrEqual(300 * second);
	});

	test('a run that starts later has its own time', async () => {
		const account = new Account((_, at) => answer(at < 500 * second ? 429 : 200));
		await account.clock.run(account.run(ids(50)));
		const { outcomes } = await account.clock.run(account.run(ids(50)));
		expect(outcomes).toEqual({ deleted: 50 });
	});
});
