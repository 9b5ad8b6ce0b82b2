import { describe, expect, test } from '@jest/globals';

import { receiptsIn } from '../../erasure/receiptPlaces';
import { readReceipt } from '../../erasure/receiptReader';

const made = {
	deleted: true,
	outcome: 'deleted',
	evidence: 'confirmed',
	vendor: 'flyflow',
	resource: 'call',
	target: { callId: 'c1' },
	attempts: 1,
	at: '2026-11-22T10:00:00.000Z',
};

describe('Receipts in two places of an item are turned down, so that none is left out', () => {
	const other = { ...made, target: { callId: 'c2' } };
	test.each<[string, unknown]>([
		['an empty list, and a receipt', { receipts: [], receipt: made }],
		['an empty list as text, and a receipt', { receipts: '[]', receipt: made }],
		['broken text of a list, and a receipt', { receipts: '[{"outcome"', receipt: made }],
		['a list, and a receipt as text', { receipts: [other], receipt: JSON.stringify(made) }],
		['a receipt that has receipts', { ...made, receipts: [other] }],
		['a receipt that has receipts as text', { ...made, receipts: JSON.stringify([other]) }],
		['a receipt that has a receipt', { ...made, receipt: other }],
		['one of a list that has a receipt', { receipts: [{ ...made, receipt: other }] }],
		['one of a list that has receipts', { receipts: [{ ...made, receipts: [other] }] }],
		['one of a list that has both', { receipts: [{ receipts: [], receipt: other }] }],
		['text of one that has another', JSON.stringify({ ...made, receipt: other })],
	])('%s', (_, json) => {
		const checks = receiptsIn(json).map(readReceipt);
		expect(checks).toEqual([
			{ valid: false, problem: expect.stringContaining('is not one receipt') },
		]);
	});
});

describe('JSON text that is nested too deep to be written again is not read', () => {
	const deep = JSON.stringify({ ...made, vendorResponse: '' }).replace(
		'"vendorResponse":""',
		`"vendorResponse":${'['.repeat(20_000)}${']'.repeat(20_000)}`,
	);
	test.each<[string, unknown]>([
		['a receipt', deep],
		['in the field receipt', { receipt: deep }],
		['in the field receipts', { receipts: `[${deep}]` }],
		['in a list', { receipts: [deep] }],
	])('%s', (_, json) => {
		const checks = receiptsIn(json).map(readReceipt);
		expect(checks).toEqual([
			{ valid: false, problem: expect.stringContaining('is not a receipt') },
		]);
	});
});

describe('An item holds', () => {
	test.each<[string, unknown, readonly unknown[]]>([
		['a receipt', made, [made]],
		['a list of them', { requestId: '1', receipts: [made, made] }, [made, made]],
		[
			'a chunk of "Erase in bulk"',
			{ receipts: JSON.stringify([{ final: true, receipt: made }]) },
			[made],
		],
		['a receipt beside a number of them', { receipts: 1, receipt: made }, [made]],
		['none', { receipts: [] }, []],
		['something else', { callId: 1 }, [{ callId: 1 }]],
	])('%s', (_, json, receipts) => {
		expect(receiptsIn(json)).toEqual(JSON.parse(JSON.stringify(receipts)));
	});
});
