import { describe, expect, test } from '@jest/globals';

import { pushBackDeadlineMs } from '../../erasure/pushBacks';
import type { Reply } from '../../erasure/reply';
import { answer, call, calls, latencyMs, lost, says } from './scriptedVendor';
import { Settling } from './settling';

const second = 1000;
const minute = 60 * second;

const deleted = says('deleted');

describe('a push-back', () => {
	test.each<[string, Reply]>([
		['429', answer(429)],
		['503 with Retry-After', answer(503, '', { 'retry-after': '1' })],
		['Retry-After', answer(400, '', { 'retry-after': '1' })],
	])('%s uses up no attempts', async (_, reply) => {
		const settling = new Settling((ids, request) => (request < 10 ? reply : deleted(ids)));
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome: 'deleted' }, attempts: 11 });
	});

	test('and a few lost replies together leave all attempts to the lost replies', async () => {
		const settling = new Settling([lost, answer(429), lost, answer(429), lost, lost]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome: 'unknown' }, attempts: 6 });
	});

	test('pauses for as long as the vendor asks', async () => {
		const settling = new Settling([answer(429, '', { 'retry-after': '7' }), deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.vendor.requests.map(({ at }) => at)).toEqual([0, 7 * second + latencyMs]);
	});

	test("pauses until the vendor's date, by the vendor's clock", async () => {
		const headers = {
			'retry-after': 'Sun, 22 Nov 2026 12:00:07 GMT',
			date: 'Sun, 22 Nov 2026 12:00:00 GMT',
		};
		const settling = new Settling([answer(429, '', headers), deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.vendor.requests[1]?.at).toBe(7 * second + latencyMs);
	});

	test("pauses until the vendor's date, by our clock if it names no other", async () => {
		const headers = { 'retry-after': 'Sun, 22 Nov 2026 10:00:07 GMT' };
		const settling = new Settling([answer(429, '', headers), deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.vendor.requests[1]?.at).toBe(7 * second);
	});

	test('without a time pauses longer each time, up to half a minute', async () => {
		const settling = new Settling((ids, request) => (request < 10 ? answer(429) : deleted(ids)));
		await settling.settle([call('a')]);
		const pauses = settling.clock.sleeps;
		expect(pauses.slice(0, 7)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000]);
		expect(pauses.slice(7)).toEqual([15_000, 15_000, 15_000]);
	});

	test('pauses for a moment again once the vendor has answered anything else', async () => {
		const replies = [answer(429), answer(429), answer(429), answer(500), answer(429)];
		const settling = new Settling([...replies, deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.clock.sleeps).toEqual([250, 500, 1000, 250, 250]);
	});

	test('on several requests at once is one, and the next pause is the second', async () => {
		const settling = new Settling(
			(ids, request) => (request === 0 || request > 3 ? deleted(ids) : answer(429)),
			{ maxConcurrency: 2 },
		);
		await settling.settle(calls(4));
		// Two at 20 ms, which pause until 270, and one at 280.
		expect(settling.vendor.requests.map(({ at }) => at)).toEqual([0, 10, 10, 270, 780, 790, 790]);
	});

	test.each<[string, Record<string, string>]>([
		['0', { 'retry-after': '0' }],
		['0.249', { 'retry-after': '0.249' }],
		['a date that is past', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }],
	])('Retry-After: %s names no time, so the pauses grow all the same', async (_, headers) => {
		const settling = new Settling((ids, request) =>
			request < 4 ? answer(429, '', headers) : deleted(ids),
		);
		await settling.settle([call('a')]);
		expect(settling.clock.sleeps).toEqual([250, 500, 1000, 2000]);
	});

	test('Retry-After: 0.25 is a time', async () => {
		const settling = new Settling((ids, request) =>
			request < 4 ? answer(429, '', { 'retry-after': '0.25' }) : deleted(ids),
		);
		await settling.settle([call('a')]);
		expect(settling.clock.sleeps).toEqual([250, 250, 250, 250]);
	});

	test('pauses the whole run', async () => {
		const settling = new Settling(
			(ids, request) =>
				request === 1
					? answer(429, '', { 'retry-after': '60' })
					: { afterMs: 50, reply: deleted(ids) },
			{ maxConcurrency: 4 },
		);
		await settling.settle(calls(9));
		const starts = settling.vendor.requests.map(({ at }) => at);
		// Two were under way when it came, and what ended later did not end the pause.
		expect(starts.filter((at) => at > 60 && at < minute)).toEqual([]);
		expect(starts.filter((at) => at >= minute)).toHaveLength(7);
		expect(new Set(Object.values(settling.outcomes))).toEqual(new Set(['deleted']));
	});
});

describe('a vendor that keeps asking for pauses', () => {
	const message =
		"Acme answered 429: it asked for fewer requests, for longer than the 5 minutes that a run waits. Try again later, or set Requests per Second in the node's options";
	const givenUp = { outcome: 'failed', evidence: 'none', reason: { code: 'pushedBack', message } };

	test('has five minutes', () => {
		expect(pushBackDeadlineMs).toBe(5 * minute);
	});

	test.each([[1], [4]])(
		'ends the run within that time, at concurrency %d',
		async (maxConcurrency) => {
			const settling = new Settling(() => answer(429), { maxConcurrency });
			await settling.settle(calls(40));
			expect(settling.clock.elapsed).toBeLessThanOrEqual(5 * minute);
			expect(settling.clock.elapsed).toBeGreaterThan(4 * minute);
			for (const settlement of settling.settlements.values()) {
				expect(settlement).toMatchObject({ verdict: givenUp, final: false, doubt: 'none' });
			}
			expect(settling.settlements.size).toBe(40);
			expect(settling.of('call_10').attempts).toBe(0);
			// Pauses grow from one request to the next, not for each record anew.
			expect(settling.vendor.requests.length).toBeLessThan(30);
		},
	);

	test('ends the run at once if it asks for more than that', async () => {
		const settling = new Settling([answer(429, '', { 'retry-after': '3600' })]);
		await settling.settle(calls(3));
		expect(settling.clock.elapsed).toBe(latencyMs);
		expect(settling.outcomes).toEqual({ call_1: 'failed', call_2: 'failed', call_3: 'failed' });
		expect(settling.of('call_1')).toMatchObject({ verdict: givenUp, attempts: 1 });
		expect(settling.of('call_3')).toMatchObject({ verdict: givenUp, attempts: 0 });
	});

	test('may ask for exactly that', async () => {
		const settling = new Settling([answer(429, '', { 'retry-after': '300' }), deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'deleted' });
		const over = new Settling([answer(429, '', { 'retry-after': '300.001' })]);
		await over.settle([call('a')]);
		expect(over.outcomes).toEqual({ a: 'failed' });
	});

	test('has that time from its first push-back on, the pause that it asks for included', async () => {
		const ask = (seconds: number) => answer(429, '', { 'retry-after': String(seconds) });
		const settling = new Settling([ask(200), ask(99.99), deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'deleted' });
		const over = new Settling([ask(200), ask(99.991)]);
		await over.settle([call('a')]);
		expect(over.outcomes).toEqual({ a: 'failed' });
	});

	test.each<[string, Reply]>([
		['a good answer', deleted(['call_2'])],
		['a server error', answer(500)],
		['a lost reply', lost],
	])('has all of it again after %s', async (_, reply) => {
		const wait = answer(429, '', { 'retry-after': '290' });
		const first = new Map([
			['call_1', wait],
			['call_2', reply],
			['call_3', wait],
		]);
		const settling = new Settling((ids) => {
			const [id = ''] = ids;
			const now = first.get(id) ?? deleted(ids);
			first.delete(id);
			return now;
		});
		await settling.settle(calls(3));
		expect(new Set(Object.values(settling.outcomes))).toEqual(new Set(['deleted']));
		expect(settling.clock.elapsed).toBeGreaterThan(2 * 290 * second);
	});

	test('gets nothing more once the run has given up, and a retry starts afresh', async () => {
		const settling = new Settling(
			(ids, request) => (request === 0 ? answer(503, '', { 'retry-after': '3600' }) : deleted(ids)),
			{ maxConcurrency: 4 },
		);
		await settling.settle(calls(5));
		expect(settling.vendor.requests).toHaveLength(1);
		await settling.settle(calls(5));
		expect(new Set(Object.values(settling.outcomes))).toEqual(new Set(['deleted']));
		expect(settling.of('call_1').attempts).toBe(2);
		expect(settling.of('call_2').attempts).toBe(1);
	});
});
