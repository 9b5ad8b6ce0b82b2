import { getEventListeners } from 'node:events';

import { describe, expect, jest, test } from '@jest/globals';

import type { Reply } from '../../erasure/reply';
import { answer, call, calls, latencyMs, notDelivered, says } from './scriptedVendor';
import { Settling } from './settling';

const deleted = says('deleted');

describe('a run that has come to its end', () => {
	test('listens to no signal any more, which would keep it in memory', async () => {
		const any = jest.spyOn(AbortSignal, 'any');
		const run = new Settling(deleted);
		await run.settle(calls(3));
		const ended = any.mock.results.map(({ value }) => value as AbortSignal);
		any.mockRestore();
		expect(ended).toHaveLength(1);
		for (const signal of ended) expect(getEventListeners(signal, 'abort')).toEqual([]);
	});

	const pause = answer(429, '', { 'retry-after': '240' });
	const tooLong = answer(429, '', { 'retry-after': '3600' });

	test.each<[string, string, Reply, Reply, string]>([
		['a pause', 'by a longer one than it waits for', pause, tooLong, 'failed'],
		['a pause', 'by bad credentials', pause, answer(401), 'skipped'],
		['a wait before another attempt', 'by bad credentials', answer(500), answer(401), 'skipped'],
	])('waits for %s no longer, if ended %s', async (_, __, first, last, outcome) => {
		// What a server error leaves open, no later refusal settles.
		const inDoubt = first.kind === 'answered' && first.status === 500;
		const settling = new Settling(
			[deleted(['call_1']), { afterMs: 10, reply: first }, { afterMs: 20, reply: last }],
			{ maxConcurrency: 2 },
		);
		await settling.settle(calls(5));
		expect(settling.clock.elapsed).toBe(30);
		expect(settling.outcomes).toEqual({
			call_1: 'deleted',
			call_2: inDoubt ? 'unknown' : outcome,
			call_3: outcome,
			call_4: outcome,
			call_5: outcome,
		});
	});

	test('keeps the first reason for all that was not sent', async () => {
		const settling = new Settling(
			[
				deleted(['call_1']),
				{ afterMs: 10, reply: answer(200, 'bad key') },
				{ afterMs: 20, reply: answer(401) },
			],
			{ maxConcurrency: 2 },
		);
		await settling.settle(calls(4));
		const said = (id: string) => settling.of(id).verdict;
		expect(said('call_2')).toMatchObject({ reason: { message: 'Acme knows no such key' } });
		expect(said('call_3')).not.toMatchObject({ reason: { message: 'Acme knows no such key' } });
		expect(said('call_4')).toMatchObject({ reason: { message: 'Acme knows no such key' } });
	});

	test('is not ended by one that is told to wait too long while others are answered', async () => {
		const settling = new Settling((ids) => (ids[0] === 'call_2' ? tooLong : deleted(ids)), {
			maxConcurrency: 2,
		});
		await settling.settle(calls(5));
		expect(settling.outcomes).toEqual({
			call_1: 'deleted',
			call_2: 'failed',
			call_3: 'deleted',
			call_4: 'deleted',
			call_5: 'deleted',
		});
		expect(settling.of('call_2').attempts).toBe(1);
	});

	test('is ended by the next such answer if nobody was answered in between', async () => {
		const settling = new Settling([deleted(['call_1']), tooLong, tooLong]);
		await settling.settle(calls(5));
		expect(settling.vendor.requests).toHaveLength(3);
		expect(settling.of('call_5').verdict).toMatchObject({
			outcome: 'failed',
			reason: { code: 'pushedBack' },
		});
	});

	test('by cancelling, sends nothing in the same moment either', async () => {
		const settling = new Settling([]);
		queueMicrotask(() => settling.controller.abort());
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'skipped' });
		expect(settling.of('a').attempts).toBe(0);
	});
});

describe('cancelling', () => {
	const before = {
		outcome: 'skipped',
		reason: {
			code: 'cancelled',
			message: 'The execution was cancelled before this record was erased. Run the workflow again',
		},
	};
	const underWay = {
		outcome: 'unknown',
		reason: {
			code: 'cancelled',
			message:
				'The execution was cancelled after a request for this record was sent; it may have been carried out. Look for the record at the vendor',
		},
	};

	test('before the start sends nothing', async () => {
		const settling = new Settling([]);
		settling.controller.abort();
		await settling.settle(calls(3));
		for (const { verdict, attempts } of settling.settlements.values()) {
			expect(verdict).toMatchObject(before);
			expect(attempts).toBe(0);
		}
		expect(settling.settlements.size).toBe(3);
	});

	test('leaves what is settled, lets what is under way end, and sends nothing more', async () => {
		const settling = new Settling(deleted);
		settling.abortAt(1.5 * latencyMs);
		await settling.settle(calls(4));
		expect(settling.outcomes).toEqual({
			call_1: 'deleted',
			call_2: 'deleted',
			call_3: 'skipped',
			call_4: 'skipped',
		});
		expect(settling.of('call_3')).toMatchObject({ verdict: before, final: false });
	});

	test('a request that was cut off may have been carried out', async () => {
		const settling = new Settling([{ kind: 'cancelled' }]);
		settling.abortAt(5);
		await settling.settle(calls(2));
		expect(settling.of('call_1')).toMatchObject({
			verdict: underWay,
			attempts: 1,
			final: false,
			doubt: 'mayBeDone',
		});
		expect(settling.of('call_2').verdict).toMatchObject(before);
	});

	test('what stands for other records a moment later is final once it was cut off', async () => {
		const settling = new Settling([{ kind: 'cancelled' }], { repeatable: false });
		settling.abortAt(5);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: underWay, final: true });
	});

	test.each<[string, Reply]>([
		['a pause', answer(429, '', { 'retry-after': '200' })],
		['a wait before another attempt', notDelivered],
	])('ends %s at once', async (_, reply) => {
		const settling = new Settling(() => reply);
		settling.abortAt(100);
		await settling.settle(calls(2));
		expect(settling.clock.elapsed).toBe(100);
		expect(settling.outcomes).toEqual({ call_1: 'skipped', call_2: 'skipped' });
	});
});
