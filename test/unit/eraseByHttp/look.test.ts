import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';
import { readHttpVendor } from '../../../nodes/EraseByHttp/description/readDescription';
import { lookOf } from '../../../nodes/EraseByHttp/record/look';
import { answer, described, nodeWith, page, rule } from './describedNode';

describe('what a look shows', () => {
	function shown(given: Answer, changes: IDataObject = {}): string {
		const vendor = readHttpVendor(nodeWith({ ...described, ...changes }));
		if (vendor.look === undefined) throw new TypeError('described with a look');
		const reading = lookOf({ ...vendor, look: vendor.look }).read(given, {
			identifiers: { recordId: 'r1' },
		});
		return reading?.kind === 'understood' ? reading.content.kind : 'not documented';
	}

	const stays = {
		goneRules: rule({ status: '200', condition: 'equals', field: 'text', value: 'Deleted' }),
	};
	const absent200 = {
		notFoundRules: rule({ status: '200', condition: 'equals', field: 'found', value: 'false' }),
	};

	test.each([
		['the record', answer(200, { sid: 'r1', status: 'failed' }), {}, 'there'],
		['another record', answer(200, { sid: 'r2' }), {}, 'not documented'],
		['no record', answer(200, {}), {}, 'not documented'],
		['a page', answer(200, page), {}, 'not documented'],
		['the record with another status', answer(206, { sid: 'r1' }), {}, 'not documented'],
		['not found by its rule', answer(404, { code: 20404 }), {}, 'notThere'],
		[
			'not found by its rule, in words as well',
			answer(404, { code: 20404, message: 'There is no recording for this meeting.' }),
			{},
			'notThere',
		],
		[
			'not found by its rule, and another error',
			answer(404, { code: 20404, error: 'database down' }),
			{},
			'not documented',
		],
		['404 of something else', answer(404, { code: 1 }), {}, 'not documented'],
		['404 alone', answer(404), { notFoundByStatus: true }, 'notThere'],
		['404 alone and a page', answer(404, page), { notFoundByStatus: true }, 'not documented'],
		['not found and there', answer(200, { sid: 'r1', found: false }), absent200, 'not documented'],
		['not found with 200', answer(200, { found: false }), absent200, 'notThere'],
		['a record that stays', answer(200, { sid: 'r1', text: 'Deleted' }), stays, 'notThere'],
		['a record with its text', answer(200, { sid: 'r1', text: 'Hello' }), stays, 'there'],
		[
			'what stays of another record',
			answer(200, { sid: 'r2', text: 'Deleted' }),
			stays,
			'not documented',
		],
		['a breakdown', answer(500), {}, 'not documented'],
		['bad credentials', answer(401), { notFoundByStatus: true }, 'not documented'],
	])('%s', (_, given, changes, expected) => {
		expect(shown(given, changes)).toBe(expected);
	});
});
