import { describe, expect, test } from '@jest/globals';

import { single, type Look } from '../../erasure/exchange';
import { lookAt, previewOf, previewTargets } from '../../erasure/look';
import { notErased } from '../../erasure/outcome';
import { told, type Sighting } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import type { RunOptions } from '../../erasure/run';
import type { Settlement } from '../../erasure/settlement';
import { targetKey } from '../../erasure/target';
import { answer, call, callId, lost } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const target = call('a');

const sightings: Readonly<Record<string, Sighting>> = {
	here: { found: true, wouldBe: 'deleted' },
	kept: { found: true, wouldBe: 'refused', note: 'It is under legal hold' },
	gone: { found: false },
	untold: { found: null, wouldBe: 'notFound', note: 'Acme does not say' },
};

const hidden = notErased('refused', 'refusedByVendor', 'It is hidden', { because: 'law' });

/** A vendor that answers looks at each record by its own script. */
function looksAt(replies: Readonly<Record<string, Reply[]>>) {
	const clock = new VirtualClock();
	const asked: string[] = [];
	const look: Look = {
		send: async (wanted) => {
			asked.push(callId(wanted));
			await clock.pass(10);
			return replies[callId(wanted)]?.shift() ?? answer(418, 'no such look is expected');
		},
		read: ({ body }) => {
			if (body === 'hidden') return { kind: 'refused', why: hidden };
			const sighting = sightings[body];
			return sighting && told(sighting);
		},
	};
	const settlements = new Map<string, Settlement>();
	const options: RunOptions = {
		maxConcurrency: 1,
		keepVendorResponse: false,
		signal: new AbortController().signal,
		clock,
		settlements,
	};
	const preview = async (ids: readonly string[], own: Partial<RunOptions> = {}) => {
		const all = { ...options, ...own };
		await clock.run(previewTargets(ids.map(call), { vendorName: 'Acme', look }, all));
		return settlements.get(targetKey(target));
	};
	return { asked, clock, look, options, preview, settlements };
}

test.each([
	['here', { found: true, wouldBe: 'deleted' }],
	['kept', { found: true, wouldBe: 'refused', note: 'It is under legal hold' }],
	['gone', { found: false, wouldBe: 'notFound' }],
	['untold', { found: null, wouldBe: 'notFound', note: 'Acme does not say' }],
])('a preview of what is %s', async (word, preview) => {
	const verdict = { outcome: 'preview', evidence: 'none', preview };
	expect(previewOf(sightings[word] as Sighting)).toStrictEqual(verdict);
	const { preview: previewed } = looksAt({ a: [answer(200, word)] });
	expect(await previewed(['a'])).toMatchObject({ verdict, attempts: 1, final: true });
});

describe('a preview where a look shows nothing', () => {
	test('says why, as far as the vendor does', async () => {
		const { preview } = looksAt({ a: [answer(200, 'hidden')] });
		const { vendorResponse: _, ...why } = hidden;
		expect((await preview(['a']))?.verdict).toStrictEqual(why);
		const kept = looksAt({ a: [answer(200, 'hidden')] });
		expect((await kept.preview(['a'], { keepVendorResponse: true }))?.verdict).toEqual(hidden);
	});

	test.each<[string, Reply[], object]>([
		[
			'an answer that is not documented',
			[answer(200, 'login')],
			{ outcome: 'failed', reason: { code: 'notUnderstood' } },
		],
		['lost replies', [lost, lost, lost, lost], { outcome: 'failed' }],
	])('has the verdict of %s, and the next try looks again', async (_, replies, verdict) => {
		const { asked, preview } = looksAt({ a: [...replies, answer(200, 'here')] });
		const first = await preview(['a']);
		expect(first).toMatchObject({ verdict, attempts: replies.length, final: false });
		const second = await preview(['a']);
		expect(second).toMatchObject({ verdict: { outcome: 'preview' }, final: true });
		expect(second?.attempts).toBe(replies.length + 1);
		expect(asked).toHaveLength(replies.length + 1);
	});
});

test('each record is looked at once, and one that has been previewed never again', async () => {
	const { asked, preview } = looksAt({ a: [answer(200, 'here')], b: [answer(200, 'gone')] });
	await preview(['a', 'b', 'a']);
	await preview(['b', 'a']);
	expect(asked).toEqual(['a', 'b']);
});

test('a look settles nothing by itself', async () => {
	const { clock, look, options, settlements } = looksAt({ a: [answer(200, 'here')] });
	const looks = await clock.run(lookAt([target, target], { vendorName: 'Acme', look }, options));
	expect([...looks]).toMatchObject([
		[target, { kind: 'understood', content: sightings.here, attempts: 1 }],
	]);
	expect(settlements.size).toBe(0);
});

describe('single', () => {
	test('gives the one target', () => {
		expect(single([target])).toBe(target);
	});

	test.each([[0], [2], [3]])('throws for %d', (count) => {
		const targets = Array.from({ length: count }, () => target);
		expect(() => single(targets)).toThrow(
			new TypeError(`A request for one record was given ${count}`),
		);
	});
});
