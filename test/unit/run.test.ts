import { describe, expect, test } from '@jest/globals';

import { maximumAttempts } from '../../erasure/delivery';
import { understood } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { answer, call, calls, latencyMs, lost, notDelivered, says } from './scriptedVendor';
import { Settling } from './settling';

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
