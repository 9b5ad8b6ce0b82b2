import { getEventListeners } from 'node:events';

import { describe, expect, jest, test } from '@jest/globals';

import { pushBackDeadlineMs } from '../../erasure/pushBacks';
import { understood } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { maximumAttempts } from '../../erasure/delivery';
import { answer, call, calls, latencyMs, lost, notDelivered, says } from './scriptedVendor';
import { Settling } from './settling';

const second = 1000;
const minute = 60 * second;

const deleted = says('deleted');

describe('targets', () => {
	test('each is settled, and nothing else is', async () => {
		const settling = new Settling([deleted(['a']), says('notFound')(['b'])]);
		const settlements = await settling.settle([call('a'), call('b')]);
		expect(settling.outcomes).toEqual({ a: 'deleted', b: 'notFound' });
		expect(settlements).toBe(settling.settlements);
		expect(settling.of('a')).toStrictEqual({
			verdict: { outcome: 'deleted', evidence: 'confirmed' },
			attempts: 1,
			at: '2026-11-22T10:00:00.010Z',
			final: true,
			doubt: 'none',
		});
	});

	test('none is sent where there is none', async () => {
		const settling = new Settling([]);
		expect((await settling.settle([])).size).toBe(0);
	});

	test('equal ones are sent once', async () => {
		const settling = new Settling(deleted);
		await settling.settle([call('a'), call('b'), call('a')]);
		expect(settling.vendor.sent).toEqual([['a'], ['b']]);
	});

	test('equal ones are told apart from others by all their identifiers', async () => {
		const note = (noteId: string) => ({ identifiers: { callId: 'a', noteId } });
		const settling = new Settling(deleted);
		await settling.settle([note('1'), note('2')]);
		expect(settling.vendor.requests).toHaveLength(2);
	});

	test('travel in batches as large as the vendor takes, in order', async () => {
		const settling = new Settling(deleted, { targetsPerRequest: 2 });
		await settling.settle(calls(5));
		expect(settling.vendor.sent).toEqual([['call_1', 'call_2'], ['call_3', 'call_4'], ['call_5']]);
	});

	test('of one batch can have different outcomes', async () => {
		const script = [answer(200, { a: 'deleted', b: 'protected', c: 'busy' })];
		const settling = new Settling(script, { targetsPerRequest: 10 });
		await settling.settle(['a', 'b', 'c', 'd'].map(call));
		expect(settling.outcomes).toEqual({ a: 'deleted', b: 'refused', c: 'failed', d: 'unknown' });
	});
});

describe('the first request', () => {
	test('goes alone, and then a few, as long as it is not known how long the vendor takes', async () => {
		const settling = new Settling(deleted, { maxConcurrency: 8 });
		await settling.settle(calls(20));
		const starts = settling.vendor.requests.map(({ at }) => at / latencyMs);
		const inRound = [0, 1, 2, 3, 4].map((round) => starts.filter((at) => at === round).length);
		expect(inRound).toEqual([1, 2, 4, 4, 4]);
	});

	test('turns out bad credentials before any other is sent', async () => {
		const settling = new Settling([answer(401)], { maxConcurrency: 8 });
		await settling.settle(calls(20));
		expect(settling.vendor.requests).toHaveLength(1);
		expect(new Set(Object.values(settling.outcomes))).toEqual(new Set(['skipped']));
		expect(settling.of('call_1')).toMatchObject({ attempts: 1, final: false });
		expect(settling.of('call_20')).toMatchObject({
			attempts: 0,
			final: false,
			verdict: {
				reason: {
					code: 'badCredentials',
					message:
						'Acme answered 401: it did not accept the credentials. Check them in n8n under Credentials',
				},
			},
		});
	});
});

test('no more are in flight than Maximum Concurrency allows', async () => {
	const settling = new Settling(deleted, { maxConcurrency: 3 });
	await settling.settle(calls(30));
	expect(settling.vendor.mostInFlight).toBe(3);
});

test('no more start in a second than Requests per Second allows', async () => {
	const settling = new Settling(deleted, { maxConcurrency: 8, requestsPerSecond: 5 });
	await settling.settle(calls(4));
	expect(settling.vendor.requests.map(({ at }) => at)).toEqual([0, 200, 400, 600]);
});

test('bad credentials in the middle leave what is settled and skip the rest', async () => {
	const settling = new Settling([deleted(['call_1']), answer(200, 'bad key')]);
	await settling.settle(calls(4));
	expect(settling.outcomes).toEqual({
		call_1: 'deleted',
		call_2: 'skipped',
		call_3: 'skipped',
		call_4: 'skipped',
	});
	expect(settling.of('call_4').verdict).toMatchObject({
		reason: { code: 'badCredentials', message: 'Acme knows no such key' },
	});
});

describe('sending again', () => {
	test('there are four attempts', () => {
		expect(maximumAttempts).toBe(4);
	});

	test.each<[string, Reply, string, string]>([
		['never delivered', notDelivered, 'failed', 'notDelivered'],
		['500', answer(500), 'unknown', 'vendorError'],
		['501', answer(501), 'unknown', 'vendorError'],
		['503', answer(503), 'unknown', 'vendorError'],
		['599', answer(599), 'unknown', 'vendorError'],
		['408', answer(408), 'unknown', 'vendorError'],
		['502', answer(502), 'unknown', 'vendorError'],
		['504', answer(504), 'unknown', 'vendorError'],
		['a lost reply', lost, 'unknown', 'replyLost'],
	])('%s four times is enough', async (_, reply, outcome, code) => {
		const settling = new Settling([reply, reply, reply, reply]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({
			verdict: { outcome, reason: { code } },
			attempts: 4,
			final: false,
		});
	});

	test.each<[string, Reply]>([
		['never delivered', notDelivered],
		['500', answer(500)],
		['502', answer(502)],
		['a lost reply', lost],
	])('%s and then a good answer is a deletion', async (_, reply) => {
		const settling = new Settling([reply, reply, reply, deleted(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome: 'deleted' }, attempts: 4 });
	});

	test.each<[string, Reply, string]>([
		['a refusal', answer(403), 'refused'],
		["the vendor's own refusal", says('protected')(['a']), 'refused'],
		['a login page', answer(200, '<html>'), 'unknown'],
		['a reply without the record', answer(200, '{}'), 'unknown'],
		['not found', says('notFound')(['a']), 'notFound'],
		['accepted', says('accepted')(['a']), 'accepted'],
	])('%s is never sent again, not even by a retry', async (_, reply, outcome) => {
		const settling = new Settling([reply]);
		await settling.settle([call('a')]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome }, attempts: 1, final: true });
	});

	test('waits longer each time, at random between the half and the whole', async () => {
		const waits = async (chance: number) => {
			const settling = new Settling([answer(500), lost, notDelivered, answer(500)]);
			settling.clock.chance = chance;
			await settling.settle([call('a')]);
			expect(settling.clock.elapsed).toBe(
				4 * latencyMs + settling.clock.sleeps.reduce((sum, wait) => sum + wait),
			);
			return settling.clock.sleeps;
		};
		expect(await waits(0)).toEqual([250, 500, 1000]);
		expect(await waits(0.5)).toEqual([375, 750, 1500]);
	});

	test('one batch that waits does not hold up the others', async () => {
		const settling = new Settling((ids, request) => (request === 1 ? answer(500) : deleted(ids)), {
			maxConcurrency: 2,
		});
		await settling.settle(calls(10));
		const again = settling.vendor.requests.at(-1);
		expect(again?.ids).toEqual(['call_2']);
		expect(settling.vendor.requests.at(-2)?.at).toBeLessThan(250);
	});
});

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

describe('doubt', () => {
	const goneAfterRepeat = {
		outcome: 'notFound',
		evidence: 'confirmed',
		reason: {
			code: 'goneAfterRepeat',
			message:
				'An earlier request for this record got no clear answer and may have deleted it; the repeat found nothing',
		},
	};

	test('not found after a lost reply may be our own doing, and says so', async () => {
		const settling = new Settling([lost, says('notFound')(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({
			verdict: goneAfterRepeat,
			final: true,
			doubt: 'mayBeDone',
		});
	});

	test.each([[408], [500], [501], [502], [503], [504], [599]])(
		'not found after %d may be our own doing as well',
		async (status) => {
			const settling = new Settling([answer(status), says('notFound')(['a'])]);
			await settling.settle([call('a')]);
			expect(settling.of('a')).toMatchObject({
				verdict: goneAfterRepeat,
				final: true,
				doubt: 'mayBeDone',
			});
		},
	);

	test('not found after 503 with Retry-After may be our own doing, after 429 it is what it says', async () => {
		const pause = { 'retry-after': '1' };
		const after503 = new Settling([answer(503, '', pause), says('notFound')(['a'])]);
		await after503.settle([call('a')]);
		expect(after503.of('a').verdict).toEqual(goneAfterRepeat);
		const after429 = new Settling([answer(429, '', pause), says('notFound')(['a'])]);
		await after429.settle([call('a')]);
		expect(after429.of('a')).toMatchObject({ final: true, doubt: 'none' });
		expect(after429.of('a').verdict).not.toHaveProperty('reason');
	});

	test.each<[string, Reply, string, string]>([
		[
			'refused',
			answer(403),
			'replyLost',
			'Acme answered 403: it does not permit this. Check what these credentials may do there',
		],
		['failed', says('busy')(['a']), 'replyLost', 'Acme was busy with this record'],
		['skipped', answer(200, 'bad key'), 'replyLost', 'Acme knows no such key'],
	])('nothing that may be gone is ever %s', async (_, reply, code, message) => {
		const settling = new Settling([lost, reply]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toEqual({
			verdict: {
				outcome: 'unknown',
				evidence: 'none',
				reason: {
					code,
					message: `An earlier request got no clear answer and may have been carried out. ${message}`,
				},
			},
			attempts: 2,
			at: '2026-11-22T10:00:00.270Z',
			final: false,
			doubt: 'mayBeDone',
		});
	});

	test('what may be gone stays unknown when the run gives up', async () => {
		const settling = new Settling([lost, answer(429, '', { 'retry-after': '3600' })]);
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'unknown' });
	});

	test('a good word ends it', async () => {
		for (const word of ['deleted', 'accepted', 'strange']) {
			const settling = new Settling([lost, says(word)(['a'])]);
			await settling.settle([call('a')]);
			expect(settling.of('a').final).toBe(true);
			expect(settling.of('a').verdict).not.toMatchObject({ reason: { code: 'replyLost' } });
		}
	});

	test('outlives the try', async () => {
		const settling = new Settling([lost, lost, lost, lost, answer(403), says('notFound')(['a'])]);
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'unknown' });
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome: 'unknown' }, attempts: 5 });
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: goneAfterRepeat, attempts: 6, final: true });
	});

	test('is of one record: others in the next batch have none', async () => {
		const settling = new Settling((ids, request) =>
			request === 0 ? lost : ids[0] === 'b' ? answer(403) : deleted(ids),
		);
		await settling.settle([call('a'), call('b')]);
		expect(settling.outcomes).toEqual({ a: 'deleted', b: 'refused' });
	});
});

describe('what stands for other records a moment later', () => {
	const unrepeatable = { repeatable: false };

	test.each<[string, Reply]>([
		['a lost reply', lost],
		['500', answer(500)],
		['502', answer(502)],
		['503', answer(503)],
		['503 with Retry-After', answer(503, '', { 'retry-after': '1' })],
		['504', answer(504)],
		['an answer that is not understood', answer(200, '')],
	])('is not sent again after %s, not even by a retry', async (_, reply) => {
		const settling = new Settling([reply], unrepeatable);
		await settling.settle([call('a')]);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({
			verdict: { outcome: 'unknown' },
			attempts: 1,
			final: true,
		});
	});

	test('is left to a retry if it was never delivered', async () => {
		const settling = new Settling(
			Array.from({ length: 4 }, () => notDelivered),
			unrepeatable,
		);
		await settling.settle([call('a')]);
		expect(settling.of('a')).toMatchObject({ verdict: { outcome: 'failed' }, final: false });
	});

	test.each<[string, Reply]>([
		['it was not delivered', notDelivered],
		['it was pushed back', answer(429)],
	])('is sent again if %s', async (_, reply) => {
		const settling = new Settling([reply, deleted(['a'])], unrepeatable);
		await settling.settle([call('a')]);
		expect(settling.outcomes).toEqual({ a: 'deleted' });
	});
});

describe('tries', () => {
	test('send only what has no final outcome', async () => {
		const first = answer(200, { a: 'deleted', b: 'notFound', c: 'protected', d: 'busy' });
		const settling = new Settling([first, answer(200, { d: 'deleted' })], { targetsPerRequest: 4 });
		const targets = ['a', 'b', 'c', 'd'].map(call);
		await settling.settle(targets);
		await settling.settle(targets);
		expect(settling.vendor.sent).toEqual([['a', 'b', 'c', 'd'], ['d']]);
		expect(settling.of('a').attempts).toBe(1);
		expect(settling.of('d')).toMatchObject({ verdict: { outcome: 'deleted' }, attempts: 2 });
	});

	test('each have all attempts', async () => {
		const settling = new Settling(Array.from({ length: 8 }, () => answer(500)));
		await settling.settle([call('a')]);
		await settling.settle([call('a')]);
		expect(settling.of('a').attempts).toBe(8);
	});

	test('forget nothing of what they do not send', async () => {
		const settling = new Settling(deleted);
		await settling.settle([call('a')]);
		const settlements = await settling.settle([call('b')]);
		expect(settlements.size).toBe(2);
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

describe("the vendor's reply", () => {
	const taken = { outcome: 'accepted', evidence: 'accepted' } as const;

	test('is let go unless the user asks for it', async () => {
		const settling = new Settling(deleted);
		await settling.settle([call('a')]);
		expect(settling.of('a').verdict).toStrictEqual({ outcome: 'deleted', evidence: 'confirmed' });
	});

	test('about the records of a selector is let go, or kept, just the same', async () => {
		const record = { target: call('b'), verdict: { ...taken, vendorResponse: 'with a number' } };
		for (const keepVendorResponse of [false, true]) {
			const settling = new Settling(deleted, { keepVendorResponse });
			settling.vendor.read = (_, [target = call('')]) =>
				understood(target, { ...taken, records: [record] });
			await settling.settle([call('a')]);
			const kept = keepVendorResponse ? record.verdict : taken;
			expect(settling.of('a').verdict).toStrictEqual({
				...taken,
				records: [{ target: call('b'), verdict: kept }],
			});
		}
	});

	test('is kept of an answer that is judged by its status, for those that it is about', async () => {
		const said = '{"error":"No such key"}';
		const settling = new Settling([answer(401, said)], { keepVendorResponse: true });
		await settling.settle(calls(2));
		const verdict = { outcome: 'skipped', reason: { code: 'badCredentials' } };
		expect(settling.of('call_1').verdict).toMatchObject({
			...verdict,
			vendorResponse: { error: 'No such key' },
		});
		expect(settling.of('call_2').verdict).toMatchObject(verdict);
		expect(settling.of('call_2').verdict).not.toHaveProperty('vendorResponse');

		const silent = new Settling([answer(401, said)]);
		await silent.settle(calls(1));
		expect(silent.of('call_1').verdict).not.toHaveProperty('vendorResponse');
	});

	test('is kept if the user asks for it', async () => {
		const settling = new Settling(deleted, { keepVendorResponse: true });
		await settling.settle([call('a')]);
		expect(settling.of('a').verdict.vendorResponse).toBe('gone');
	});
});

describe("a vendor's code that throws", () => {
	test('while it sends leaves that record unknown, and the others their receipts', async () => {
		const settling = new Settling(deleted, { maxConcurrency: 2 });
		const send = settling.vendor.send.bind(settling.vendor);
		settling.vendor.send = async (targets) => {
			if (targets[0]?.identifiers.callId === 'call_2') throw new TypeError('secret');
			return await send(targets);
		};
		await settling.settle(calls(4));
		expect(settling.outcomes).toEqual({
			call_1: 'deleted',
			call_2: 'unknown',
			call_3: 'deleted',
			call_4: 'deleted',
		});
		expect(settling.of('call_2').verdict).toMatchObject({
			reason: {
				code: 'replyLost',
				message:
					'The request was sent, but no reply came from Acme: the node gave no details. Run it again, or look for the record at Acme',
			},
		});
	});

	test('while it reads has not understood the answer', async () => {
		const settling = new Settling(deleted);
		const read = settling.vendor.read.bind(settling.vendor);
		settling.vendor.read = (reply, targets) => {
			if (targets[0]?.identifiers.callId === 'call_2') throw new TypeError('secret');
			return read(reply, targets);
		};
		await settling.settle(calls(3));
		expect(settling.outcomes).toEqual({ call_1: 'deleted', call_2: 'unknown', call_3: 'deleted' });
		expect(settling.of('call_2')).toMatchObject({
			verdict: { reason: { code: 'notUnderstood' } },
			attempts: 1,
			final: true,
		});
	});
});
