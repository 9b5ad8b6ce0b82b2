import { createHmac, scryptSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { makeReceipt, type Receipt } from '../../erasure/receipt';
import { readReceipt, type ReadReceipt } from '../../erasure/receiptReader';
import { receiptSealer, sealed } from '../../erasure/receiptSeal';
import { notErased } from '../../erasure/outcome';

const address = 'https://api.acme.example';
const identity = { publicName: 'ACME', key: 'a key of the account' };
const sealer = receiptSealer(address, identity);
const at = '2026-11-22T10:00:00.000Z';

const receipt: Receipt = sealed(
	makeReceipt(
		{ sessionId: 's1', callId: 'c1' },
		{
			verdict: { outcome: 'accepted', evidence: 'accepted' },
			attempts: 1,
			at,
			final: true,
			doubt: 'none',
		},
		{
			vendor: 'creovai',
			resource: 'call',
			plan: '',
			account: sealer.account,
			duplicate: false,
			includeVendorResponse: false,
		},
	),
	sealer,
);

const authenticityOf = (given: unknown, by = sealer) => {
	const check = readReceipt(given);
	if (!check.valid) throw new Error(check.problem);
	return by.authenticityOf(check.receipt);
};

test('is an HMAC under a key of its own, which any other process makes again', () => {
	const salt = 'n8n-nodes-call-erasure: key for the digests of accounts and plans';
	const cost = { N: 32_768, r: 8, p: 1, maxmem: 2 ** 26 };
	const stretched = scryptSync(identity.key, salt, 32, cost);
	const key = createHmac('sha256', stretched).update('n8n-nodes-call-erasure seal').digest();
	const text = `["creovai","call","${sealer.account}",[["callId","c1"],["sessionId","s1"]],"accepted","accepted",false]`;
	const expected = createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
	expect(receipt.seal).toBe(expected);
	expect(expected).toMatch(/^[\da-f]{32}$/);
});

const { target: _, ...flat } = receipt;

describe('holds in every form that a receipt comes back in', () => {
	test.each<[string, unknown]>([
		['as the node gave it', receipt],
		['as JSON text', JSON.stringify(receipt)],
		['as a row', { ...flat, target: 'callId: c1, sessionId: s1', seen: null, deleted: 0 }],
		[
			'as a row that has lost what it does not rest on',
			{ ...receipt, attempts: '', at: new Date(at) },
		],
		['as CSV', { ...flat, 'target.sessionId': 's1', 'target.callId': 'c1', seen: '' }],
		[
			'with what a look that was not made has put into it',
			{ ...receipt, reason: { code: 'notRechecked', message: 'Not rechecked: later' } },
		],
		['with what stands beside it', { ...receipt, id: 7, itemReference: 'T-1', duplicate: true }],
	])('%s', (_, given) => {
		expect(authenticityOf(given)).toBe('asWritten');
	});
});

describe('does not hold', () => {
	test.each<[string, object]>([
		['after a typo in an ID', { target: { callId: 'c2', sessionId: 's1' } }],
		['without an identifier', { target: { callId: 'c1' } }],
		['with exchanged identifiers', { target: { callId: 's1', sessionId: 'c1' } }],
		['at another vendor', { vendor: 'flyflow' }],
		['for another kind of record', { resource: 'note' }],
		['for another outcome', { outcome: 'unknown', evidence: 'none' }],
		['for other evidence', { outcome: 'deleted', deleted: true, evidence: 'confirmed' }],
		['for what is said to be seen', { seen: true }],
		['where a number came of an ID', { target: { callId: 'c1', sessionId: 1 } }],
		['cut short', { seal: receipt.seal?.slice(1) }],
		['in capitals', { seal: receipt.seal?.toUpperCase() }],
		['as a number', { seal: 12_345_678 }],
		['as an object', { seal: { toString: 'x' } }],
	])('%s', (_, changes) => {
		expect(authenticityOf({ ...receipt, ...changes })).toBe('altered');
	});

	test('where it is missing, and for another account', () => {
		const { seal: _, ...without } = receipt;
		expect(authenticityOf(without)).toBe('withoutSeal');
		expect(authenticityOf({ ...receipt, seal: '' })).toBe('withoutSeal');
		const others = [
			receiptSealer('https://eu.acme.example', identity),
			receiptSealer(address, { ...identity, publicName: 'OTHER' }),
			receiptSealer(address, { ...identity, key: 'rotated' }),
		];
		for (const other of others) {
			expect(authenticityOf(receipt, other)).toBe('ofOtherAccount');
			const claimed = { ...receipt, account: other.account };
			expect(authenticityOf(claimed, other)).toBe('altered');
		}
	});
});

test('of two receipts that differ in what a recheck goes by, one never has the seal of the other', () => {
	const word = fc.constantFrom('a', 'b', 'ab', '"],["', '');
	const any = fc.record(
		{
			vendor: word,
			resource: word,
			account: word,
			target: fc.dictionary(word, word, { maxKeys: 2 }),
			outcome: fc.constantFrom('unknown' as const, 'failed' as const),
			evidence: fc.constantFrom('none' as const, 'rechecked' as const),
			seen: fc.constant(true as const),
		},
		{ requiredKeys: ['vendor', 'resource', 'account', 'target', 'outcome', 'evidence'] },
	);
	const inOrder = ({ target: pairs, ...rest }: Pick<ReadReceipt, 'target'>) =>
		JSON.stringify([rest, Object.entries(pairs).sort()]);
	fc.assert(
		fc.property(any, any, (one, other) => {
			const isSame = inOrder(one) === inOrder(other);
			expect(sealer.seal(one) === sealer.seal(other)).toBe(isSame);
		}),
	);
});

test('goes with the account: a receipt of a credential that could not be read has neither', () => {
	const { seal: _, ...receiptAlone } = receipt;
	expect(sealed(receiptAlone, undefined)).toEqual(receiptAlone);
});

test('what the reply itself still showed was seen, and is sealed as that', () => {
	const verdict = notErased('unknown', 'stillThere', 'The reply still lists the note');
	const made = makeReceipt(
		{ noteId: 'n' },
		{ verdict, attempts: 1, at, final: true, doubt: 'none' },
		{
			vendor: 'happyRobot',
			resource: 'note',
			plan: '',
			duplicate: false,
			includeVendorResponse: false,
		},
	);
	expect(made.seen).toBe(true);
});

test('100,000 receipts are sealed in little time', () => {
	const started = process.hrtime.bigint();
	for (let index = 0; index < 100_000; index += 1) {
		sealer.seal({ ...receipt, target: { callId: `c${index}` } });
	}
	expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
});
