import { describe, expect, test } from '@jest/globals';

import type { Reply } from '../../erasure/reply';
import { answer, call, lost, notDelivered, says } from './scriptedVendor';
import { Settling } from './settling';

const deleted = says('deleted');

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
