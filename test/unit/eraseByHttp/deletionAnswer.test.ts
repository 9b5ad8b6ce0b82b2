import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';
import { readHttpVendor } from '../../../nodes/EraseByHttp/description/readDescription';
import { readDeletion } from '../../../nodes/EraseByHttp/record/deletionAnswer';
import { answer, described, nodeWith, page, rule } from './describedNode';

function told(changes: IDataObject, given: Answer): string {
	const said = readDeletion(given, 'r1', readHttpVendor(nodeWith({ ...described, ...changes })));
	if (said === undefined || typeof said === 'string') return said ?? 'not documented';
	if (!('outcome' in said)) return said.kind;
	const { outcome, evidence } = said;
	return 'reason' in said ? `${outcome} ${said.reason?.code ?? ''}` : `${outcome} ${evidence}`;
}

const byRule = (...entries: IDataObject[]): IDataObject => ({
	deletedAnswer: 'rule',
	answerRules: rule(...entries),
});

const equals = (meaning: string, field: string, value: string, status = '200') => ({
	...{ meaning, status, condition: 'equals', field, value },
});

const says = (condition: string, value = '', meaning = 'deleted') =>
	byRule({ meaning, status: '200', condition, field: 'result', value });

describe('what an answer to a deletion says by the rules', () => {
	const rows: ReadonlyArray<readonly [string, IDataObject, Answer, string]> = [
		['204 and nothing', {}, answer(204), 'deleted confirmed'],
		['204 and blanks', {}, answer(204, ' \n'), 'deleted confirmed'],
		['204 with words', {}, answer(204, 'done'), 'not documented'],
		['200 where 204 is documented', {}, answer(200), 'not documented'],
		['200 and a page where 204 is documented', {}, answer(200, page), 'not documented'],
		['404 with the code', {}, answer(404, { code: 20404 }), 'notFound confirmed'],
		['404 with another code', {}, answer(404, { code: 20403 }), 'not documented'],
		['404 and nothing', {}, answer(404), 'not documented'],
		['404 and a page', {}, answer(404, page), 'not documented'],
		[
			'404 with the code and trouble',
			{},
			answer(404, { code: 20404, error: 'quota' }),
			'contradictory',
		],
		[
			'404 with the code, and its words',
			{},
			answer(404, {
				code: 20404,
				message: 'The requested resource /r1 was not found',
				status: 404,
			}),
			'notFound confirmed',
		],
		[
			'404 alone, with words that say something else',
			{ notFoundByStatus: true },
			answer(404, { message: 'No such route' }),
			'contradictory',
		],
		['404 alone', { notFoundByStatus: true }, answer(404), 'notFound confirmed'],
		[
			'404 alone and JSON',
			{ notFoundByStatus: true },
			answer(404, { detail: 'Not found.' }),
			'notFound confirmed',
		],
		['404 alone and a page', { notFoundByStatus: true }, answer(404, page), 'not documented'],
		[
			'404 alone and words of its own',
			{ notFoundByStatus: true },
			answer(404, 'no route'),
			'not documented',
		],
		[
			'404 alone, and all went well',
			{ notFoundByStatus: true },
			answer(404, { success: true }),
			'contradictory',
		],
		['410 alone', { notFoundByStatus: true }, answer(410), 'not documented'],

		['a field', says('equals', 'ok'), answer(200, { result: 'ok' }), 'deleted confirmed'],
		[
			'a field in other letter case',
			says('equals', 'ok'),
			answer(200, { result: 'OK' }),
			'not documented',
		],
		[
			'a field with more',
			says('equals', 'ok'),
			answer(200, { result: 'ok, nearly' }),
			'not documented',
		],
		[
			'a field at another status',
			says('equals', 'ok'),
			answer(201, { result: 'ok' }),
			'not documented',
		],
		['a page for a field', says('equals', 'ok'), answer(200, page), 'not documented'],
		['words for a field', says('equals', 'ok'), answer(200, 'ok'), 'not documented'],
		['nothing for a field', says('equals', 'ok'), answer(200), 'not documented'],
		['broken JSON', says('equals', 'ok'), answer(200, '{"result":"ok"'), 'not documented'],
		[
			'an inherited field',
			byRule(equals('deleted', 'constructor.name', 'Object')),
			answer(200, {}),
			'not documented',
		],
		['a number', says('equals', '1'), answer(200, { result: 1 }), 'deleted confirmed'],
		['a boolean', says('equals', 'true'), answer(200, { result: true }), 'deleted confirmed'],
		[
			'a field further in',
			byRule(equals('deleted', 'data.0.state', 'gone')),
			answer(200, { data: [{ state: 'gone' }] }),
			'deleted confirmed',
		],
		[
			'one of several',
			says('isOneOf', 'gone, erased'),
			answer(200, { result: 'erased' }),
			'deleted confirmed',
		],
		[
			'a field that is there',
			byRule({ meaning: 'deleted', status: '200', condition: 'exists', field: 'deletedAt' }),
			answer(200, { deletedAt: '2026-01-01' }),
			'deleted confirmed',
		],
		...[null, false, '', ' ', [], {}].map(
			(result) =>
				[
					`${JSON.stringify(result)} for a field that is there`,
					says('exists'),
					answer(200, { result }),
					'not documented',
				] as const,
		),
		[
			'a part of a text',
			says('contains', 'deleted'),
			answer(200, { result: 'Call deleted for good' }),
			'deleted confirmed',
		],
		...[
			'could not be deleted',
			'not deleted',
			'deleted: failed',
			'was never deleted',
			"can't be deleted",
			'undeleted',
			'deleted? error',
		].map(
			(result) =>
				[
					`a part of "${result}"`,
					says('contains', 'deleted'),
					answer(200, { result }),
					'contradictory',
				] as const,
		),

		...[
			{ success: false },
			{ error: 'quota' },
			{ errors: ['x'] },
			{ status: 'failed' },
			{ message: 'try later' },
			{ data: { ok: false } },
		].map(
			(more) =>
				[
					`a good field beside ${JSON.stringify(more)}`,
					says('equals', 'ok'),
					answer(200, { result: 'ok', ...more }),
					'contradictory',
				] as const,
		),
		[
			'a field of the record that looks like trouble',
			{ ...says('equals', 'ok'), options: { fieldsOfRecord: 'status, title' } },
			answer(200, { result: 'ok', status: 'failed', title: 'Error' }),
			'deleted confirmed',
		],
		[
			'another record',
			says('equals', 'ok'),
			answer(200, { result: 'ok', sid: 'r2' }),
			'contradictory',
		],
		[
			'the record itself',
			says('equals', 'ok'),
			answer(200, { result: 'ok', sid: 'r1' }),
			'deleted confirmed',
		],

		[
			'taken on',
			byRule(equals('accepted', 'status', 'queued', '202')),
			answer(202, { status: 'queued' }),
			'accepted accepted',
		],
		[
			'taken on without a body',
			byRule({ meaning: 'accepted', status: '202', condition: 'noBody' }),
			answer(202),
			'accepted accepted',
		],
		[
			'taken on with any JSON',
			byRule({ meaning: 'accepted', status: '202', condition: 'anyJson' }),
			answer(202, { job: 5 }),
			'accepted accepted',
		],
		[
			'taken on with a page',
			byRule({ meaning: 'accepted', status: '202', condition: 'anyJson' }),
			answer(202, page),
			'not documented',
		],
		[
			'refused',
			{ answerRules: rule(equals('refused', 'code', 'legal_hold', '409')) },
			answer(409, { code: 'legal_hold' }),
			'refused refusedByVendor',
		],
		[
			'two rules that contradict each other',
			byRule(equals('deleted', 'a', '1'), equals('refused', 'b', '1')),
			answer(200, { a: 1, b: 1 }),
			'contradictory',
		],

		['nothing proved, with a look', { provesNothing: true }, answer(204), 'unknown notUnderstood'],
		[
			'nothing proved, without a look',
			{ provesNothing: true, hasLook: false },
			answer(204),
			'accepted accepted',
		],
	];

	test.each(rows)('%s', (_, changes, given, expected) => {
		expect(told(changes, given)).toBe(expected);
	});

	test.each([401, 408, 429, 500, 502, 503, 504, 301, 307])(
		'%i is left to the rules for all vendors',
		(status) => {
			expect(told({ notFoundByStatus: true }, answer(status, { code: 20404 }))).toBe(
				'not documented',
			);
		},
	);
});
