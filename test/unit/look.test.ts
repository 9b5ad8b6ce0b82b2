import { describe, expect, test } from '@jest/globals';

import { understood, type Look, type Reading, type Sighting } from '../../erasure/exchange';
import { single } from '../../erasure/exchange';
import { previewExchange, recheckExchange } from '../../erasure/look';
import { notErased } from '../../erasure/outcome';
import type { Target } from '../../erasure/target';
import { answer, call } from './scriptedVendor';

const target = call('a');

const sightings: Readonly<Record<string, Sighting>> = {
	here: { found: true, wouldBe: 'deleted' },
	kept: { found: true, wouldBe: 'refused', note: 'It is under legal hold' },
	gone: { found: false },
};

/** A look that answers with the word it was given, and reads only the words above. */
function lookFor(word: string) {
	const asked: Target[] = [];
	const look: Look = {
		send: (wanted) => {
			asked.push(wanted);
			return Promise.resolve(answer(200, word));
		},
		read: ({ body }, wanted) => (wanted === target ? sightings[body] : undefined),
	};
	return { look, asked };
}

describe.each([
	['previewExchange', previewExchange],
	['recheckExchange', recheckExchange],
])('%s', (_, exchangeFor) => {
	test('asks for one record at a time and changes nothing', async () => {
		const { look, asked } = lookFor('here');
		const exchange = exchangeFor('Acme', look);
		expect(exchange).toMatchObject({
			vendorName: 'Acme',
			targetsPerRequest: 1,
			harmless: true,
			repeatable: true,
		});
		expect(await exchange.send([target])).toEqual(answer(200, 'here'));
		expect(asked).toEqual([target]);
	});

	test('makes nothing of an answer that is not documented', () => {
		const exchange = exchangeFor('Acme', lookFor('').look);
		expect(exchange.read(answer(200, 'login'), [target])).toEqual({ kind: 'notDocumented' });
	});

	test.each<[Reading]>([
		[{ kind: 'badCredentials', message: 'No such key' }],
		[understood(target, notErased('refused', 'refusedByVendor', 'It is hidden'))],
	])('passes on why the vendor shows nothing: %j', (reading) => {
		const look: Look = { ...lookFor('').look, read: () => reading };
		expect(exchangeFor('Acme', look).read(answer(200, ''), [target])).toBe(reading);
	});

	test('sends nothing for several records', async () => {
		const { look, asked } = lookFor('here');
		const exchange = exchangeFor('Acme', look);
		await expect(exchange.send([target, call('b')])).rejects.toThrow(TypeError);
		expect(asked).toEqual([]);
	});
});

test.each([
	['here', { found: true, wouldBe: 'deleted' }],
	['kept', { found: true, wouldBe: 'refused', note: 'It is under legal hold' }],
	['gone', { found: false, wouldBe: 'notFound' }],
])('a preview of what is %s', (word, preview) => {
	const exchange = previewExchange('Acme', lookFor(word).look);
	expect(exchange.read(answer(200, word), [target])).toStrictEqual({
		kind: 'understood',
		verdicts: new Map([[target, { outcome: 'preview', evidence: 'none', preview }]]),
	});
});

test.each([['here'], ['kept']])('a recheck of what is %s', (word) => {
	const exchange = recheckExchange('Acme', lookFor(word).look);
	const reason = {
		code: 'stillThere',
		message: 'A look afterwards still found it at Acme. Run it again, or delete it there',
	};
	expect(exchange.read(answer(200, word), [target])).toStrictEqual({
		kind: 'understood',
		verdicts: new Map([[target, { outcome: 'unknown', evidence: 'none', reason }]]),
	});
});

test('a recheck of what is gone', () => {
	const exchange = recheckExchange('Acme', lookFor('gone').look);
	expect(exchange.read(answer(200, 'gone'), [target])).toStrictEqual({
		kind: 'understood',
		verdicts: new Map([[target, { outcome: 'deleted', evidence: 'rechecked' }]]),
	});
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
