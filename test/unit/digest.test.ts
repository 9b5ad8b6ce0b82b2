import { createHash, createHmac, scryptSync } from 'node:crypto';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { accountDigest, planDigest as digestUnderKey, recordsDigest } from '../../erasure/digest';
import { targetKey, type Target } from '../../erasure/target';
import { call } from './scriptedVendor';

const account = { publicName: 'ACME', key: 'a key of the account' };

/** As any other process has to make it: 2^15 rounds of scrypt over 8 blocks. */
const stretched = (key: string) =>
	scryptSync(key, 'n8n-nodes-call-erasure: key for the digests of accounts and plans', 32, {
		N: 32_768,
		r: 8,
		p: 1,
		maxmem: 2 ** 26,
	});

const planDigest = (of: readonly string[], targets: readonly Target[]) =>
	digestUnderKey(of, targets, account);

const scope = ['acme', 'call', 'delete', 'https://api.acme.example'];

const target = fc
	.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), { maxKeys: 2 })
	.map((identifiers): Target => ({ identifiers }));

test('is the HMAC of the scope and the sorted keys under a key of its own, so that a plan outlives a release', () => {
	const text =
		'[["acme","call","delete","https://api.acme.example"],' +
		'["[[\\"callId\\",\\"a\\"]]","[[\\"callId\\",\\"b\\"]]"]]';
	const key = createHmac('sha256', stretched(account.key))
		.update('n8n-nodes-call-erasure plan')
		.digest();
	const expected = `sha256:${createHmac('sha256', key).update(text).digest('hex')}`;
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

test('a plan of one short ID cannot be made again without the key', () => {
	const plan = digestUnderKey(scope, [call('7')], account);
	expect(digestUnderKey(scope, [call('7')], { ...account })).toBe(plan);
	const text = JSON.stringify([scope, [targetKey(call('7'))]]);
	expect(plan).not.toContain(createHash('sha256').update(text).digest('hex'));
	expect(plan).not.toContain(recordsDigest(scope, [call('7')]));
	for (const key of ['', 'a key of the accoun', 'another key']) {
		expect(digestUnderKey(scope, [call('7')], { ...account, key })).not.toBe(plan);
	}
});

test('an account is told by 16 digits, others by its address, its public name and its key', () => {
	const address = 'https://api.acme.example';
	const digests = [
		accountDigest(address, account),
		accountDigest('https://eu.acme.example', account),
		accountDigest(address, { ...account, publicName: 'OTHER' }),
		accountDigest(address, { ...account, key: 'rotated' }),
	];
	for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/);
	expect(new Set(digests).size).toBe(4);
	expect(accountDigest(address, { ...account })).toBe(digests[0]);
});

test('a weak password behind an account costs a guesser scrypt for each guess', () => {
	const address = 'https://verba.acme.example';
	const weak = { publicName: 'ACME', key: 'summer' };
	const digest = accountDigest(address, weak);
	const text = JSON.stringify([address, weak.publicName]);
	const under = (key: string | Buffer) => {
		const own = createHmac('sha256', key).update('n8n-nodes-call-erasure account').digest();
		return createHmac('sha256', own).update(text).digest('hex').slice(0, 16);
	};
	expect(digest).toBe(under(stretched('summer')));
	expect(digest).not.toBe(under('summer'));
	expect(accountDigest(address, { ...weak, key: 'winter' })).not.toBe(digest);
});

test('an account is stretched once', () => {
	const address = 'https://api.acme.example';
	const timeOf = (key: string) => {
		const started = process.hrtime.bigint();
		accountDigest(address, { publicName: '', key });
		return Number(process.hrtime.bigint() - started) / 1e6;
	};
	const first = timeOf('asked often');
	const again = Array.from({ length: 5 }, () => timeOf('asked often'));
	expect(Math.min(...again)).toBeLessThan(first / 10);
});
