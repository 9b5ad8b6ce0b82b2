/**
 * A record that the vendor cannot cope with must not stall the others, and a vendor that cannot cope
 * must not be stormed.
 */
import { describe, expect, test } from '@jest/globals';

import { type Exchange } from '../../erasure/exchange';
import type { Settlement } from '../../erasure/settlement';
import { targetKey } from '../../erasure/target';
import { notDocumented, understood } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { settle } from '../../erasure/run';
import { answer, call, callId, calls, lost } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const second = 1000;

/** Milliseconds. */
const latency = 50;

interface Vendor {
	/** Which records it never copes with, counted from 0. */
	readonly bad?: (index: number) => boolean;
	readonly reply?: Reply;
	/** Requests that it takes in a second of its clock. */
	readonly limit?: number;
	readonly records?: number;
}

/** What came of a run of 8 in flight. */
class Meeting {
	readonly clock = new VirtualClock();

	readonly settlements = new Map<string, Settlement>();

	readonly sent = new Map<string, number>();

	readonly controller = new AbortController();

	/** Requests that were refused for the vendor's limit. */
	overLimit = 0;

	private readonly taken = new Map<number, number>();

	private seed = 7;

	constructor(private readonly vendor: Vendor) {
		this.clock.random = () => {
			this.seed = (this.seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
			return this.seed / 2 ** 32;
		};
	}

	async run(): Promise<void> {
		const exchange: Exchange = {
			vendorName: 'Acme',
			targetsPerRequest: 1,
			repeatable: true,
			send: async ([target = call('')]) => await this.answer(callId(target)),
			read: ({ status }, [target = call('')]) =>
				status === 200
					? understood(target, { outcome: 'deleted', evidence: 'confirmed' })
					: notDocumented,
		};
		const { clock, settlements } = this;
		const options = { maxConcurrency: 8, keepVendorResponse: false, clock, settlements };
		const { signal } = this.controller;
		const work = settle(calls(this.vendor.records ?? 2000), exchange, { ...options, signal });
		await this.clock.run(work);
	}

	private async answer(id: string): Promise<Reply> {
		this.sent.set(id, (this.sent.get(id) ?? 0) + 1);
		const { bad, reply = answer(200), limit = Infinity } = this.vendor;
		const now = Math.floor(this.clock.now() / second);
		const taken = this.taken.get(now) ?? 0;
		if (taken < limit) this.taken.set(now, taken + 1);
		await this.clock.pass(latency);
		if (taken >= limit) {
			this.overLimit += 1;
			return answer(429);
		}
		return bad?.(Number(id.replace('call_', '')) - 1) === true ? reply : answer(200);
	}

	get outcomes(): Readonly<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const { verdict } of this.settlements.values()) {
			counts[verdict.outcome] = (counts[verdict.outcome] ?? 0) + 1;
		}
		return counts;
	}

	get mostSent(): number {
		return Math.max(...this.sent.values());
	}
}

const badReplies: ReadonlyArray<readonly [string, Reply, 'failed' | 'unknown']> = [
	['429', answer(429), 'failed'],
	['429 with Retry-After', answer(429, '', { 'retry-after': '1' }), 'failed'],
	['503', answer(503), 'unknown'],
	['503 with Retry-After', answer(503, '', { 'retry-after': '1' }), 'unknown'],
	['500', answer(500), 'unknown'],
	['a lost reply', lost, 'unknown'],
];

describe.each(badReplies)('%s, always, for', (_, reply, outcome) => {
	test.each([[0], [7], [1000]])(
		'one of 2,000: the run takes no longer for it (record %d)',
		async (bad) => {
			const meeting = new Meeting({ bad: (index) => index === bad, reply });
			await meeting.run();
			expect(meeting.outcomes).toEqual({ deleted: 1999, [outcome]: 1 });
			expect(meeting.clock.elapsed).toBeLessThanOrEqual(18 * second);
			expect(meeting.mostSent).toBeLessThanOrEqual(5);
		},
	);

	test('one in ten of 2,000', async () => {
		const meeting = new Meeting({ bad: (index) => index % 10 === 9, reply });
		await meeting.run();
		expect(meeting.outcomes).toEqual({ deleted: 1800, [outcome]: 200 });
		expect(meeting.clock.elapsed).toBeLessThanOrEqual(30 * second);
		expect(meeting.mostSent).toBeLessThanOrEqual(5);
	});

	test('the first eight of 2,000', async () => {
		const meeting = new Meeting({ bad: (index) => index < 8, reply });
		await meeting.run();
		expect(meeting.outcomes).toEqual({ deleted: 1992, [outcome]: 8 });
		expect(meeting.clock.elapsed).toBeLessThanOrEqual(40 * second);
		expect(meeting.mostSent).toBeLessThanOrEqual(5);
	});
});

test('the first forty pushed back, all others are erased all the same', async () => {
	const meeting = new Meeting({ bad: (index) => index < 40, reply: answer(429) });
	await meeting.run();
	expect(meeting.outcomes).toEqual({ deleted: 1960, failed: 40 });
});

test('what is told to wait for a day costs no other record anything', async () => {
	const reply = answer(429, '', { 'retry-after': '86400' });
	const meeting = new Meeting({ bad: (index) => index % 10 === 9, reply });
	await meeting.run();
	expect(meeting.outcomes).toEqual({ deleted: 1800, failed: 200 });
	expect(meeting.clock.elapsed).toBeLessThanOrEqual(18 * second);
	expect(meeting.mostSent).toBe(1);
});

test('a record that is pushed back alone says so', async () => {
	const meeting = new Meeting({ bad: (index) => index === 7, reply: answer(429), records: 50 });
	await meeting.run();
	expect(meeting.settlements.get(targetKey(call('call_8')))?.verdict).toEqual({
		outcome: 'failed',
		evidence: 'none',
		reason: {
			code: 'pushedBack',
			message:
				'Acme answered 429: it asked for fewer requests, although it answered others. Try this record again later',
		},
	});
});

test('waits that run beside the queue end with the run', async () => {
	const meeting = new Meeting({
		bad: (index) => index < 4,
		reply: answer(503, '', { 'retry-after': '60' }),
		records: 50,
	});
	meeting.clock.at(70 * second, () => meeting.controller.abort());
	await meeting.run();
	expect(meeting.clock.elapsed).toBe(70 * second);
	expect(meeting.settlements.size).toBe(50);
	expect(meeting.settlements.get(targetKey(call('call_1')))?.verdict).toMatchObject({
		outcome: 'unknown',
		reason: { code: 'cancelled' },
	});
});

test('records beside each other that are told to wait for a day do not end the run', async () => {
	const reply = answer(429, '', { 'retry-after': '86400' });
	const meeting = new Meeting({ bad: (index) => index >= 1000 && index < 1050, reply });
	await meeting.run();
	expect(meeting.outcomes).toEqual({ deleted: 1950, failed: 50 });
	expect(meeting.mostSent).toBe(1);
});

test.each([[1], [2], [3]])(
	'a vendor that takes %d a second and names no time erases everything',
	async (limit) => {
		const records = limit * 40;
		const meeting = new Meeting({ limit, records });
		await meeting.run();
		expect(meeting.outcomes).toEqual({ deleted: records });
		expect(meeting.clock.elapsed).toBeLessThanOrEqual(1.35 * (records / limit) * second);
	},
);

test.each([[5], [10], [100]])(
	'a vendor that takes %d a second is not stormed, and erases everything',
	async (limit) => {
		const records = limit * 20;
		const meeting = new Meeting({ limit, records });
		await meeting.run();
		expect(meeting.outcomes).toEqual({ deleted: records });
		expect(meeting.overLimit).toBeLessThanOrEqual(Math.max(12, 0.02 * records));
		expect(meeting.clock.elapsed).toBeLessThanOrEqual(1.35 * (records / limit) * second);
	},
);
