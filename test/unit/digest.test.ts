import { createHash } from 'node:crypto';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { planDigest } from '../../erasure/digest';
import { targetKey, type Target } from '../../erasure/target';
import { call } from './scriptedVendor';

const scope = ['acme', 'call', 'delete', 'https://api.acme.example'];

const target = fc
	.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), { maxKeys: 2 })
	.map((identifiers): Target => ({ identifiers }));

test('is the SHA-256 of the scope and the sorted keys, so that a plan outlives a release', () => {
	const text =
		'[["acme","call","delete","https://api.acme.example"],' +
		'["[[\\"callId\\",\\"a\\"]]","[[\\"callId\\",\\"b\\"]]"]]';
	const expected = `sha256:${createHash('sha256').update(text).digest('hex')}`;
	expect(planDigest(scope, [call('b'), call('a')])).toBe(expected);
	expect(expected).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('order, repetition and what is shown do not matter', () => {
	fc.assert(
		fc.property(fc.array(target), fc.array(fc.nat()), (targets, picks) => {
			const repeated = picks.flatMap((pick) =>
				targets.slice(pick % (targets.length + 1)).slice(0, 1),
			);
			const shown = targets.map((one) => ({ ...one, shown: { phone: '****' } }));
			const plan = planDigest(scope, targets);
			expect(planDigest(scope, [...repeated, ...targets.toReversed()])).toBe(plan);
			expect(planDigest(scope, shown)).toBe(plan);
		}),
	);
});

test('two plans with different records or another scope never have the same digest', () => {
	const plan = fc.tuple(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }), fc.array(target));
	fc.assert(
		fc.property(plan, plan, ([scopeA, targetsA], [scopeB, targetsB]) => {
			const keys = (targets: Target[]) => [...new Set(targets.map(targetKey))].sort();
			const same =
				JSON.stringify([scopeA, keys(targetsA)]) === JSON.stringify([scopeB, keys(targetsB)]);
			expect(planDigest(scopeA, targetsA) === planDigest(scopeB, targetsB)).toBe(same);
		}),
	);
});

test.each<[string, string[], Target[], string[], Target[]]>([
	['parts of the scope', ['ab', 'c'], [], ['a', 'bc'], []],
	['scope and records', ['a', '[["callId","b"]]'], [], ['a'], [call('b')]],
	['one record more', scope, [call('a')], scope, [call('a'), call('b')]],
	['no record', scope, [], scope, [call('')]],
	['another account', scope, [call('a')], [...scope.slice(0, 3), 'https://eu'], [call('a')]],
	['the name of an identifier', scope, [call('a')], scope, [{ identifiers: { noteId: 'a' } }]],
])('keeps apart: %s', (_, scopeA, targetsA, scopeB, targetsB) => {
	expect(planDigest(scopeA, targetsA)).not.toBe(planDigest(scopeB, targetsB));
});
