import { describe, expect, test } from '@jest/globals';

import { ask, type Asked } from '../../erasure/asking';
import type { DeliveryOptions } from '../../erasure/delivery';
import { notErased } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { answer, lost, notDelivered } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const refusal = notErased('refused', 'refusedByVendor', 'Acme does not tell');

/** A vendor that is asked how things are called, and answers by a script for each. */
class Names {
	readonly clock = new VirtualClock();

	readonly asked: string[] = [];

	readonly controller = new AbortController();

	constructor(private readonly replies: Readonly<Record<string, readonly Reply[]>>) {}

	async ask(
		things: readonly string[],
		options: Partial<DeliveryOptions> = {},
	): Promise<ReadonlyMap<string, Asked<string>>> {
		const question = {
			vendorName: 'Acme',
			send: async (thing: string) => {
				const reply = this.replies[thing]?.[this.timesAsked(thing)];
				this.asked.push(thing);
				await this.clock.pass(10);
				return reply ?? answer(418, 'no such question is expected');
			},
			read: ({ body }: { readonly body: string }) => {
				if (body === 'busy') {
					return { kind: 'again', otherwise: notErased('unknown', 'vendorError', 'Busy') } as const;
				}
				if (body === 'hidden') return { kind: 'refused', why: refusal } as const;
				return body.startsWith('name ') ? told(body.slice(5)) : undefined;
			},
		};
		const all = {
			maxConcurrency: 1,
			signal: this.controller.signal,
			clock: this.clock,
			...options,
		};
		return await this.clock.run(ask(things, question, all));
	}

	private timesAsked(thing: string): number {
		return this.asked.filter((other) => other === thing).length;
	}
}

test('each question ends with what the answer holds', async () => {
	const names = new Names({ a: [answer(200, 'name A')], b: [lost, answer(200, 'name B')] });
	const answers = await names.ask(['a', 'b']);
	expect(answers.get('a')).toEqual({
		kind: 'understood',
		content: 'A',
		attempts: 1,
		at: '2026-11-22T10:00:00.010Z',
	});
	expect(answers.get('b')).toMatchObject({ kind: 'understood', content: 'B', attempts: 2 });
});

describe('a question without an answer ends with why there is none', () => {
	test.each<[string, Reply[], object]>([
		['the vendor does not tell', [answer(200, 'hidden')], refusal],
		['a lost reply, which changed nothing', [lost, lost, lost, lost], { outcome: 'failed' }],
		[
			'a breakdown, which changed nothing',
			Array<Reply>(4).fill(answer(500)),
			{ outcome: 'failed' },
		],
		[
			'what the vendor puts off, which changed nothing',
			Array<Reply>(4).fill(answer(200, 'busy')),
			{ outcome: 'failed' },
		],
		['no connection', Array<Reply>(4).fill(notDelivered), { reason: { code: 'notDelivered' } }],
		['a status', [lost, answer(403)], { outcome: 'refused' }],
		['an answer that is not documented', [answer(200)], { reason: { code: 'notUnderstood' } }],
		['bad credentials', [answer(401)], { outcome: 'skipped', reason: { code: 'badCredentials' } }],
	])('%s', async (_, replies, why) => {
		const names = new Names({ a: replies });
		const answers = await names.ask(['a']);
		expect(answers.get('a')).toMatchObject({ kind: 'nothing', why, attempts: replies.length });
		expect(names.asked).toHaveLength(replies.length);
	});

	test('after bad credentials nothing more is asked', async () => {
		const names = new Names({ a: [answer(401)] });
		const answers = await names.ask(['a', 'b']);
		expect(names.asked).toEqual(['a']);
		expect(answers.get('b')).toMatchObject({ why: { reason: { code: 'badCredentials' } } });
	});
});

describe('once the execution is cancelled', () => {
	const cancelled = { outcome: 'skipped', reason: { code: 'cancelled' } };

	test('nothing more is asked', async () => {
		const names = new Names({ a: [answer(200, 'name A')] });
		names.clock.at(15, () => names.controller.abort());
		const answers = await names.ask(['a', 'b', 'c', 'd']);
		expect(names.asked).toEqual(['a', 'b']);
		expect(answers.get('a')).toMatchObject({ content: 'A' });
		expect(answers.get('d')).toMatchObject({ kind: 'nothing', why: cancelled, attempts: 0 });
	});

	test('a question that was cut off changed nothing', async () => {
		const names = new Names({ a: [{ kind: 'cancelled' }] });
		const answers = await names.ask(['a']);
		expect(answers.get('a')).toMatchObject({ kind: 'nothing', why: cancelled, attempts: 1 });
	});
});

test('whoever watches hears of each question', async () => {
	const heard: string[] = [];
	const busy = answer(429, '', { 'retry-after': '1' });
	const names = new Names({ a: [busy, answer(200, 'name A')], b: [answer(403)] });
	const watcher = {
		begun: (total: number) => heard.push(`of ${total}`),
		settled: (count: number) => heard.push(`${count} done`),
		pushedBack: () => heard.push('pushed back'),
	};
	await names.ask(['a', 'b'], { watcher });
	expect(heard.sort()).toEqual(['1 done', '1 done', 'of 2', 'pushed back']);
});
