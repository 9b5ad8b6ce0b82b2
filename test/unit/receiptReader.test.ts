import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { makeReceipt } from '../../erasure/receipt';
import { readReceipt } from '../../erasure/receiptReader';
import { processorMs } from './growth';

const at = '2026-11-22T10:00:00.000Z';

const made = makeReceipt(
	{ callId: 'c1', sessionId: 's1' },
	{
		verdict: {
			outcome: 'notFound',
			evidence: 'rechecked',
			reason: { code: 'goneAtLook', message: 'Only a look found nothing' },
		},
		attempts: 2,
		at,
		seen: true,
	} as Parameters<typeof makeReceipt>[1],
	{ vendor: 'creovai', resource: 'call', plan: '', duplicate: true, includeVendorResponse: false },
);

const read = {
	deleted: false,
	outcome: 'notFound',
	evidence: 'rechecked',
	vendor: 'creovai',
	resource: 'call',
	target: { callId: 'c1', sessionId: 's1' },
	at,
	attempts: 2,
	reason: { code: 'goneAtLook', message: 'Only a look found nothing' },
	seen: true,
	duplicate: true,
};

const { target, reason, ...flat } = made;

describe('A receipt comes back', () => {
	test.each<[string, unknown]>([
		['as a node gave it', made],
		['as JSON text', JSON.stringify(made)],
		[
			'from a table, with objects as JSON text',
			{ ...made, target: JSON.stringify(target), reason: JSON.stringify(reason) },
		],
		[
			'from CSV, all of it text',
			{
				...Object.fromEntries(Object.entries(flat).map(([name, value]) => [name, String(value)])),
				'target.callId': 'c1',
				'target.sessionId': 's1',
				'target.noteId': '',
				'reason.code': 'goneAtLook',
				'reason.message': 'Only a look found nothing',
				account: '',
				recheckedAt: '',
			},
		],
		['with a date as an object', { ...made, at: new Date(at) }],
		['with another time zone', { ...made, at: '2026-11-22T11:00:00+01:00' }],
		['beside fields of others', { ...made, error: 'x', id: 7, request: 'r', createdAt: at }],
		['with 0 and 1 for yes and no', { ...made, deleted: 0, seen: 1, duplicate: '1' }],
	])('%s', (_, value) => {
		expect(readReceipt(value)).toEqual({ valid: true, receipt: read });
	});

	test('from the data table of the examples', () => {
		const row = {
			id: 3,
			request: '42',
			vendor: 'creovai',
			resource: 'call',
			target: 'callId: c1, sessionId: s1',
			outcome: 'unknown',
			evidence: 'none',
			deleted: false,
			reason: 'The reply was lost',
			attempts: 1,
			settledAt: at,
			createdAt: at,
		};
		expect(readReceipt(row)).toEqual({
			valid: true,
			receipt: {
				deleted: false,
				outcome: 'unknown',
				evidence: 'none',
				vendor: 'creovai',
				resource: 'call',
				target: { callId: 'c1', sessionId: 's1' },
				at,
				attempts: 1,
				reason: { message: 'The reply was lost' },
			},
		});
	});

	test('with what a recheck and a user add', () => {
		const added = { account: '0123456789abcdef', itemReference: 17, recheckedAt: at };
		expect(readReceipt({ ...made, ...added })).toMatchObject({
			receipt: { account: '0123456789abcdef', itemReference: '17', recheckedAt: at },
		});
	});

	test('of what could not be used, without a record', () => {
		const unusable = { code: 'badInput', message: 'Call ID is empty in item 0' };
		const receipt = { ...made, outcome: 'failed', evidence: 'none', target: {}, reason: unusable };
		expect(readReceipt(receipt).valid).toBe(true);
	});
});

/** What no node says: how it is known does not go with the outcome, or why does not. */
const contradictions = [
	['deleted', 'confirmed', 'stillThere'],
	['deleted', 'rechecked', 'replyLost'],
	['deleted', 'accepted', 'notRechecked'],
	['accepted', 'accepted', 'refusedByVendor'],
	['accepted', 'confirmed', 'notRechecked'],
	['notFound', 'confirmed', 'refusedByVendor'],
	['notFound', 'confirmed', 'goneAtLook'],
	['notFound', 'rechecked', 'searchedAs'],
	['deprecated', 'rechecked', 'alreadyDeprecated'],
	['preview', 'none', 'replyLost'],
	['refused', 'rechecked', 'refusedByVendor'],
	['refused', 'none', 'replyLost'],
	['failed', 'none', 'refusedByVendor'],
	['failed', 'none', 'goneAtLook'],
	['unknown', 'rechecked', 'stillThere'],
	['unknown', 'none', 'badCredentials'],
	['skipped', 'none', 'replyLost'],
	['skipped', 'rechecked', 'cancelled'],
] as const;

describe('Turned down by a sentence', () => {
	test.each<[string, unknown, string]>([
		['nothing', undefined, 'is not a receipt: it has no "outcome"'],
		['a list', [made], 'is not a receipt: it has no "outcome"'],
		['text', 'deleted', 'is not a receipt: it has no "outcome"'],
		['an item of something else', { callId: 'c1' }, 'is not a receipt: it has no "outcome"'],
		['another outcome', { ...made, outcome: 'gone' }, 'has no usable "outcome"'],
		['an outcome of Object', { ...made, outcome: 'constructor' }, 'has no usable "outcome"'],
		['no evidence', { ...made, evidence: null }, 'has no usable "evidence"'],
		['a strange deleted', { ...made, deleted: 'perhaps' }, 'has no usable "deleted"'],
		['no vendor', { ...made, vendor: '' }, 'has no usable "vendor"'],
		[
			'a vendor that is a number of somebody',
			{ ...made, vendor: 'a15125551234' },
			'has no usable "vendor"',
		],
		['a resource with markup', { ...made, resource: '<b>' }, 'has no usable "resource"'],
		['a day for a time', { ...made, at: '2026-11-22' }, 'has no usable "at"'],
		['a time without a zone', { ...made, at: '2026-11-22T10:00:00' }, 'has no usable "at"'],
		['a day that is none', { ...made, at: '2026-02-31T10:00:00Z' }, 'has no usable "at"'],
		['no time', { ...made, at: null }, 'has no usable "at"'],
		['a strange recheckedAt', { ...made, recheckedAt: 'soon' }, 'has no usable "recheckedAt"'],
		['half an attempt', { ...made, attempts: 1.5 }, 'has no usable "attempts"'],
		['an account of others', { ...made, account: 'me@example.com' }, 'has no usable "account"'],
		['another reason', { ...made, reason: { code: 'toString' } }, 'has no usable "reason.code"'],
		['a target that is a list', { ...made, target: ['c1'] }, 'has no usable "target"'],
		['an object in a target', { ...made, target: { callId: {} } }, 'has no usable "target"'],
		[
			'an inexact number in a target',
			{ ...made, target: { callId: 2 ** 53 } },
			'has no usable "target"',
		],
		['an empty identifier', { ...made, target: { callId: '' } }, 'has no usable "target"'],
		[
			'two lines in an identifier',
			{ ...made, target: { callId: 'a\nb' } },
			'has no usable "target"',
		],
		[
			'__proto__ in a target',
			JSON.stringify(made).replace('"callId"', '"__proto__"'),
			'has no usable "target"',
		],
		[
			'a target of the examples with a comma in it',
			{ ...made, target: 'callId: a, b' },
			'has no usable "target"',
		],
		['a name twice', { ...made, target: 'callId: a, callId: b' }, 'has no usable "target"'],
		[
			'deleted without deleted',
			{ ...made, deleted: true },
			'contradicts itself: deleted: true does not go with the outcome "notFound"',
		],
		[
			'not deleted, and deleted',
			{ ...made, outcome: 'deleted', evidence: 'confirmed' },
			'contradicts itself: deleted: false does not go with the outcome "deleted"',
		],
		[
			'deleted for no reason',
			{ ...made, outcome: 'deleted', deleted: true, evidence: 'none' },
			'contradicts itself: evidence "none" does not go with the outcome "deleted"',
		],
		...contradictions.map(([outcome, evidence, code]): [string, unknown, string] => [
			`${outcome}, ${evidence}, ${code}`,
			{ ...made, outcome, evidence, deleted: outcome === 'deleted', reason: { code } },
			`contradicts itself: evidence "${evidence}"`,
		]),
		[
			'deleted, but what?',
			{ ...made, target: {} },
			'contradicts itself: an empty target does not go with the outcome "notFound"',
		],
	])('%s', (_, value, problem) => {
		const check = readReceipt(value);
		expect(check.valid ? check.receipt : check.problem).toMatch(problem);
	});
});

describe('Whatever comes', () => {
	test('is read or turned down, and never throws', () => {
		const field = fc.oneof(
			fc.anything({ withDate: true, withNullPrototype: true, withBigInt: true }),
			fc.json(),
		);
		const names = [
			...Object.keys(made),
			'account',
			'seal',
			'itemReference',
			'recheckedAt',
			'target.callId',
		];
		fc.assert(
			fc.property(
				fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...names), field)),
				fc.boolean(),
				(value, overGood) => {
					const whole = overGood && typeof value === 'object' ? { ...made, ...value } : value;
					const check = readReceipt(whole);
					if (check.valid) expect(readReceipt(check.receipt)).toEqual(check);
					else expect(check.problem).toMatch(/^(is not|has no usable|contradicts itself)/);
				},
			),
			{ numRuns: 2000 },
		);
	});

	test('takes no longer than it is long', () => {
		const taken = processorMs(() => {
			readReceipt({ ...made, target: `a: ${'b, '.repeat(200_000)}`, vendor: 'a1'.repeat(200_000) });
			readReceipt(`${'['.repeat(200_000)}`);
		});
		expect(taken).toBeLessThan(2000);
	});
});
