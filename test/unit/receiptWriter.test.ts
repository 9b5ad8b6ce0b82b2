import { describe, expect, test } from '@jest/globals';

import { openItem } from '../../erasure/receiptPlaces';
import { readReceipt, type ReadReceipt } from '../../erasure/receiptReader';
import { writeReceipt } from '../../erasure/receiptWriter';

const at = '2026-11-22T10:00:00.000Z';
const later = '2026-11-29T10:00:00.000Z';

const receipt = {
	deleted: false,
	outcome: 'unknown',
	target: { callId: 'c1' },
	reason: { code: 'replyLost', message: 'The reply was lost' },
	evidence: 'none',
	vendor: 'flyflow',
	resource: 'call',
	at,
};

/** What the next to read it reads. */
function written(given: unknown, changes: (before: ReadReceipt) => ReadReceipt): unknown {
	const check = readReceipt(given);
	if (!check.valid) throw new Error(check.problem);
	return writeReceipt(given, check.receipt, changes(check.receipt));
}

const gone = ({ reason: _, ...before }: ReadReceipt): ReadReceipt => ({
	...before,
	deleted: true,
	outcome: 'deleted',
	evidence: 'rechecked',
	at: later,
	recheckedAt: later,
});

const stillThere = (before: ReadReceipt): ReadReceipt => ({
	...before,
	outcome: 'failed',
	reason: { code: 'stillThere', message: 'It is there' },
	seen: true,
	at: later,
	recheckedAt: later,
});

const { reason, target, ...flat } = receipt;

describe('A receipt goes out in the form that it came in', () => {
	test.each<[string, unknown, unknown, unknown]>([
		[
			'an object, with others beside it',
			{ ...receipt, id: 7, request: 'r1' },
			{ deleted: true, outcome: 'deleted', id: 7, request: 'r1', at: later, target },
			{ deleted: false, reason: { code: 'stillThere', message: 'It is there' }, seen: true },
		],
		[
			'a row with JSON text',
			{ ...receipt, target: JSON.stringify(target), reason: JSON.stringify(reason) },
			{ target: '{"callId":"c1"}', reason: '' },
			{ reason: '{"code":"stillThere","message":"It is there"}' },
		],
		[
			'a row of the examples',
			{ ...flat, at: undefined, settledAt: at, target: 'callId: c1', reason: 'The reply was lost' },
			{ settledAt: later, target: 'callId: c1', reason: '', recheckedAt: later },
			{ settledAt: later, reason: 'It is there' },
		],
		[
			'CSV',
			{
				...flat,
				deleted: 'false',
				'target.callId': 'c1',
				'reason.code': 'replyLost',
				'reason.message': 'The reply was lost',
			},
			{ deleted: 'true', 'reason.code': '', 'reason.message': '' },
			{ 'reason.code': 'stillThere', 'reason.message': 'It is there', seen: 'true' },
		],
		['0 and 1', { ...receipt, deleted: 0 }, { deleted: 1 }, { deleted: 0, seen: 1 }],
	])('%s', (_, given, whenGone, whenThere) => {
		expect(written(given, gone)).toMatchObject(whenGone as object);
		expect(written(given, stillThere)).toMatchObject(whenThere as object);
		expect(readReceipt(written(given, gone))).toMatchObject({
			receipt: { outcome: 'deleted', at: later, recheckedAt: later },
		});
		expect(readReceipt(written(given, stillThere))).toMatchObject({
			receipt: { outcome: 'failed', reason: { message: 'It is there' }, seen: true },
		});
	});

	test('JSON text', () => {
		const text = written(JSON.stringify(receipt), gone);
		expect(typeof text).toBe('string');
		expect(readReceipt(text)).toMatchObject({ receipt: { outcome: 'deleted' } });
	});

	test('what has not changed is left as it is, whatever its form', () => {
		const given = { ...receipt, at: '2026-11-22T11:00:00+01:00', seen: '' };
		expect(written(given, (before) => before)).toEqual(given);
	});

	test('the `error` of a receipt goes, or says what the reason says', () => {
		const given = { ...receipt, error: 'The reply was lost' };
		expect(written(given, gone)).not.toHaveProperty('error');
		expect(written(given, stillThere)).toMatchObject({ error: 'It is there' });
	});
});

describe('An item that holds receipts', () => {
	const others = [{ changed: 1 }, { changed: 2 }];

	test.each<[string, unknown, number, unknown]>([
		['is one', receipt, 1, { changed: 1 }],
		['has one', { id: 7, receipt }, 1, { id: 7, receipt: { changed: 1 } }],
		['has a list', { id: 7, receipts: [receipt, receipt] }, 2, { id: 7, receipts: others }],
		[
			'has a list of places',
			{ receipts: [{ item: 0, receipt }, receipt] },
			2,
			{ receipts: [{ item: 0, receipt: { changed: 1 } }, { changed: 2 }] },
		],
		[
			'has a list as JSON text',
			{ id: 7, receipts: JSON.stringify([receipt, receipt]) },
			2,
			{ id: 7, receipts: JSON.stringify(others) },
		],
		['has none', { id: 7 }, 1, { changed: 1 }],
	])('%s', (_, item, count, expected) => {
		const opened = openItem(item);
		expect(opened.receipts).toHaveLength(count);
		expect(opened.with(others)).toEqual(expected);
	});
});
