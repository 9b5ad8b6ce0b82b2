import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import { readHttpVendor } from '../../../nodes/EraseByHttp/description/readDescription';
import { readEntries, readOneForAll } from '../../../nodes/EraseByHttp/record/bulkAnswer';
import { answer, describedBulk, nodeWith, page, rule } from './describedNode';

describe('what an answer about several records says', () => {
	const targets = ['a', 'b', 'c'].map((recordId): Target<'recordId'> => ({
		identifiers: { recordId },
	}));

	function entriesTold(given: Answer, changes: IDataObject = {}): Record<string, string> | string {
		const vendor = readHttpVendor(nodeWith({ ...describedBulk, ...changes }));
		const { entries } = vendor.answers;
		const reading =
			entries === undefined
				? readOneForAll(given, targets, vendor)
				: readEntries(given, targets, entries, vendor);
		if (reading.kind !== 'understood') return reading.kind;
		return Object.fromEntries(
			[...reading.content].map(([{ identifiers }, verdict]) => [
				identifiers.recordId ?? '',
				verdict.outcome,
			]),
		);
	}

	test('entries find their records by ID, in any order, and say each its own', () => {
		const items = [
			{ id: 'c', status: 'Held' },
			{ id: 'a', status: 'Deleted' },
			{ id: 'x', status: 'Deleted' },
		];
		expect(entriesTold(answer(200, { items }))).toEqual({ a: 'deleted', c: 'refused' });
	});

	test('what no rule covers, contradicts itself or comes twice is unknown', () => {
		const items = [
			{ id: 'a', status: 'Perhaps' },
			{ id: 'b', status: 'Deleted', error: 'quota' },
			{ id: 'c', status: 'Deleted' },
			{ id: 'c', status: 'Missing' },
		];
		const all = { a: 'unknown', b: 'unknown', c: 'unknown' };
		expect(entriesTold(answer(200, { items }))).toEqual(all);
	});

	test('taken on and not found', () => {
		const items = [
			{ id: 'a', status: 'Queued' },
			{ id: 'b', status: 'Missing' },
		];
		expect(entriesTold(answer(200, { items }))).toEqual({ a: 'accepted', b: 'notFound' });
	});

	test.each([
		['no list', answer(200, { list: [] })],
		['a list that is none', answer(200, { items: { a: 'Deleted' } })],
		['a page', answer(200, page)],
		[
			'trouble beside the list',
			answer(200, { items: [{ id: 'a', status: 'Deleted' }], error: 'partial' }),
		],
		['a bad status', answer(400, { items: [{ id: 'a', status: 'Deleted' }] })],
		['a breakdown', answer(500, { items: [{ id: 'a', status: 'Deleted' }] })],
	])('%s is not as documented', (_, given) => {
		expect(entriesTold(given)).toBe('notDocumented');
	});

	test('numbers for IDs, and an answer that is the list itself', () => {
		const vendor = readHttpVendor(nodeWith({ ...describedBulk, bulkList: '' }));
		const numbered: Target<'recordId'>[] = [{ identifiers: { recordId: '17' } }];
		const entries = vendor.answers.entries ?? { list: [], id: [] };
		const reading = readEntries(
			answer(200, [{ id: 17, status: 'Deleted' }]),
			numbered,
			entries,
			vendor,
		);
		expect(reading.kind === 'understood' && [...reading.content.values()]).toMatchObject([
			{ outcome: 'deleted', evidence: 'confirmed' },
		]);
	});

	const whole = {
		bulkAnswer: 'whole',
		notFoundRules: rule({ status: '404', condition: 'equals', field: 'status', value: 'none' }),
	};

	test('one answer for all proves nothing of any one record', () => {
		const all = { a: 'accepted', b: 'accepted', c: 'accepted' };
		expect(entriesTold(answer(200, { status: 'Deleted' }), whole)).toEqual(all);
		const seen = { ...whole, hasLook: true, lookPath: '/r/{id}', lookIdField: 'id' };
		const unknown = { a: 'unknown', b: 'unknown', c: 'unknown' };
		expect(entriesTold(answer(200, { status: 'Deleted' }), seen)).toEqual(unknown);
	});

	test('one "not there" for several says of none that it is not there', () => {
		expect(entriesTold(answer(404, { status: 'none' }), whole)).toBe('notDocumented');
	});
});
