/** Which receipts are of the same record, and what is said of those that are. */
import { describe, expect, test } from '@jest/globals';

import { oneForEachRecord } from '../../../erasure/certificate/records';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import { given, receipt, unknown } from './receipts';

const call = { vendor: 'creovai' };
const call1 = { ...call, target: { callId: 'c1', sessionId: 's1' } };
const notThere = { deleted: false, outcome: 'notFound', evidence: 'confirmed' };
const note = { vendor: 'happyRobot', resource: 'note' };

describe('A record whose ID was written in another way since', () => {
	const flyflow = (target: object) => receipt(1, { target });

	test.each([
		['a blank after it', { callId: 'calla\u0308 ' }],
		['a no-break space', { callId: '\u00a0calla\u0308' }],
		['a zero-width space', { callId: 'call\u200ba\u0308' }],
		['a byte order mark', { callId: '\ufeffcalla\u0308' }],
		['a soft hyphen', { callId: 'call\u00ada\u0308' }],
		['a composed letter', { callId: 'call\u00e4' }],
		['the name of the column in other case', { callID: 'calla\u0308' }],
	])('is the same one: %s', (_, target) => {
		const work = () =>
			oneForEachRecord(given(flyflow({ callId: 'calla\u0308' }), flyflow(target)), recordKinds);
		expect(work).toThrow(/^The receipts in item 0 and in item 1 are of the same record/);
	});

	test.each([
		['a letter in other case', { callId: 'CallA' }],
		['a blank inside', { callId: 'call a' }],
		['a compatible character', { callId: 'call\uff41' }],
	])('is another one: %s', (_, target) => {
		const all = given(flyflow({ callId: 'calla' }), flyflow(target));
		expect(oneForEachRecord(all, recordKinds)).toHaveLength(2);
	});
});

describe('Turned down', () => {
	test.each<[string, readonly object[], number, RegExp]>([
		[
			'a preview',
			[receipt(1), receipt(2, { deleted: false, outcome: 'preview', evidence: 'none' })],
			1,
			/^The receipt in item 1 is a preview/,
		],
		[
			'a record twice',
			[receipt(1), receipt(2), receipt(1, { ...unknown })],
			2,
			/^The receipts in item 0 and in item 2 are of the same record/,
		],
		[
			'a record twice, its identifiers in another order',
			[
				receipt(1, { ...note, target: { callId: '1', noteId: '2' } }),
				receipt(1, { ...note, target: { noteId: '2', callId: '1' } }),
			],
			1,
			/same record/,
		],
		[
			'a call by its call ID, and by both of its IDs',
			[receipt(1, { ...call, target: { callId: 'c1' } }), receipt(2, call1)],
			1,
			/same record/,
		],
		[
			'a call by either of its IDs, with both between them',
			[
				receipt(1, { ...call, target: { callId: 'c1' } }),
				receipt(2, { ...call, target: { sessionId: 's1' } }),
				receipt(3, call1),
			],
			1,
			/same record/,
		],
		[
			'a call with the number that led to it, and without',
			[
				receipt(1, { ...call1, target: { ...call1.target, phoneNumber: '****34' } }),
				receipt(2, call1),
			],
			1,
			/same record/,
		],
		[
			'a call that two numbers led to',
			['****34', '****56'].map((phoneNumber) =>
				receipt(1, { ...call1, target: { ...call1.target, phoneNumber } }),
			),
			1,
			/same record/,
		],
		[
			'a session of which two calls are known',
			[
				receipt(1, call1),
				receipt(2, { ...call, target: { callId: 'c2', sessionId: 's1' } }),
				receipt(3, { ...call, target: { sessionId: 's1' } }),
			],
			2,
			/^The receipts in item 0 and in item 2 may be of the same record or of two/,
		],
		[
			'a record with its account, and without',
			[receipt(1, { account: '0123456789abcdef' }), receipt(1)],
			1,
			/same record/,
		],
		[
			'a record without an account, which two accounts have',
			[
				receipt(1, { account: '0123456789abcdef' }),
				receipt(1, { account: 'fedcba9876543210' }),
				receipt(1),
			],
			2,
			/may be of the same record or of two/,
		],
		...[receipt(1, { duplicate: true }), receipt(1, { ...unknown, duplicate: true })].map(
			(marked, index): [string, readonly object[], number, RegExp] => [
				`a duplicate that says something else (${index})`,
				[receipt(1, index === 0 ? unknown : {}), marked],
				1,
				/^The receipts in item 0 and in item 1 are of the same record and contradict each other/,
			],
		),
		[
			'a duplicate that came first and says something else',
			[receipt(1, { ...unknown, duplicate: true }), receipt(1)],
			1,
			/contradict each other/,
		],
		[
			'a vendor that no node deletes at',
			[receipt(1), receipt(2, { vendor: 'Anna.Mueller' })],
			1,
			/^The receipt in item 1 is of a vendor, or of a kind of record, that is not known here/,
		],
		[
			'a kind of record that the vendor has not',
			[receipt(2, { resource: 'constructor' })],
			0,
			/that is not known here/,
		],
	])('%s', (_, receipts, item, why) => {
		expect(() => oneForEachRecord(given(...receipts), recordKinds)).toThrow(why);
		try {
			oneForEachRecord(given(...receipts), recordKinds);
		} catch (error) {
			expect(error).toMatchObject({ itemIndex: item });
		}
	});

	test.each<[string, readonly object[], readonly number[]]>([
		['a duplicate, which the node marked', [receipt(1), receipt(1, { duplicate: true })], [0]],
		['a duplicate that came first', [receipt(1, { duplicate: true }), receipt(1)], [1]],
		['a duplicate whose first receipt is elsewhere', [receipt(1, { duplicate: true })], [0]],
		[
			'the same ID at two vendors, of two kinds and at two accounts',
			[
				receipt(1, { vendor: 'creovai' }),
				receipt(1, { vendor: 'happyRobot' }),
				receipt(1, { ...note, target: { callId: 'call_1', noteId: 'n1' } }),
				receipt(1, { account: '0123456789abcdef' }),
				receipt(1, { account: 'fedcba9876543210' }),
			],
			[0, 1, 2, 3, 4],
		],
		[
			'two calls of one session',
			[receipt(1, call1), receipt(2, { ...call, target: { callId: 'c2', sessionId: 's1' } })],
			[0, 1],
		],
		[
			'a duplicate of one of two masked numbers that look alike',
			[
				receipt(0, { ...unknown, target: { phoneNumber: '****34' } }),
				receipt(1, { ...notThere, target: { phoneNumber: '****34' } }),
				receipt(1, { ...notThere, target: { phoneNumber: '****34' }, duplicate: true }),
			],
			[0, 1],
		],
		[
			'two masked numbers that look alike',
			[1, 2].map(() => receipt(0, { ...unknown, ...call, target: { phoneNumber: '*********34' } })),
			[0, 1],
		],
		[
			'two inputs that name no record',
			[1, 2].map(() => receipt(0, { ...unknown, target: {} })),
			[0, 1],
		],
	])('is not %s', (_, receipts, kept) => {
		expect(
			oneForEachRecord(given(...receipts), recordKinds).map(({ itemIndex }) => itemIndex),
		).toEqual(kept);
	});
});
