/** Answers in which a rule for Deleted, Not Found or gone is met, and something else contradicts it. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readHttpVendor } from '../../../nodes/EraseByHttp/description/readDescription';
import { readDeletion } from '../../../nodes/EraseByHttp/record/deletionAnswer';
import { lookOf } from '../../../nodes/EraseByHttp/record/look';
import { answer, described, nodeWith, rule } from './describedNode';

function told(rules: IDataObject[], body: unknown, changes: IDataObject = {}): string {
	const vendor = readHttpVendor(
		nodeWith({ ...described, deletedAnswer: 'rule', answerRules: rule(...rules), ...changes }),
	);
	const said = readDeletion(answer(200, body), 'r1', vendor);
	if (said === undefined || typeof said === 'string') return said ?? 'not documented';
	return 'outcome' in said ? said.outcome : said.kind;
}

const equals = (field: string, value: string) => ({
	...{ meaning: 'deleted', status: '200', condition: 'equals', field, value },
});
const exists = (field: string) => ({
	meaning: 'deleted',
	status: '200',
	condition: 'exists',
	field,
});
const contains = (field: string, value: string) => ({
	...equals(field, value),
	condition: 'contains',
});

const gone = equals('status', 'deleted');

describe('a good word is not taken beside another record', () => {
	test.each([
		{ id: 'r2' },
		{ sid: 'r2' },
		{ recordId: 'r2' },
		{ record_id: 'r2' },
		{ call_id: 17 },
		{ data: { id: 'r2' } },
		{ data: { recording: { sid: 'r2' } } },
		{ ids: ['r2', 'r3'] },
		{ deleted_ids: ['r2'] },
	])('%j', (other) => {
		expect(told([gone], { status: 'deleted', ...other })).toBe('contradictory');
	});

	test.each([
		{ id: 'r1' },
		{ id: 'R1' },
		{ ids: ['r2', 'r1'] },
		{ data: { recording: { sid: 'r1' } } },
		{ account_sid: 'a1', agent: { id: 'a1' }, request_id: 'q1' },
	])('and is beside this one, and beside what names none: %j', (same) => {
		expect(told([gone], { status: 'deleted', ...same })).toBe('deleted');
	});

	test('of a list either', () => {
		expect(told([equals('0.status', 'deleted')], [{ status: 'deleted', id: 'r2' }])).toBe(
			'contradictory',
		);
	});
});

describe('a good word is not taken beside trouble, wherever it stands', () => {
	test.each([
		['data.status', 'deleted', { status: 'error', data: { status: 'deleted' } }],
		['data.deleted', 'true', { deleted: false, data: { deleted: true } }],
		['success', 'true', { success: true, data: { success: false } }],
		['status', 'deleted', { status: 'deleted', data: { status: 'failed' } }],
		['0.status', 'deleted', [{ status: 'deleted', success: false }]],
		['items.0.status', 'deleted', { items: [{ status: 'deleted', error: 'hold' }] }],
		['status', 'deleted', { status: 'deleted', results: [{ error: 'x' }] }],
		['status', 'deleted', { status: 'deleted', a: { b: { c: { error: 'x' } } } }],
		['acknowledged', 'true', { acknowledged: true, deletedCount: 0 }],
		['success', 'true', { success: true, deleted_count: 0 }],
		['success', 'true', { success: true, affectedRows: 0 }],
		['success', 'true', { success: true, deleted_ids: [] }],
		['success', 'true', { success: true, not_found: ['r1'] }],
		['success', 'true', { success: true, skipped: 1 }],
		['success', 'true', { success: true, pending: true }],
		['success', 'true', { success: true, dry_run: true }],
		['success', 'true', { success: true, legal_hold: true }],
		['success', 'true', { success: true, result: false }],
		['success', 'true', { success: true, err_msg: 'x' }],
		['success', 'true', { success: true, outcome: 'refused' }],
		['success', 'true', { success: true, stat: 'fail' }],
		['success', 'true', { success: true, data: 'error: not deleted' }],
	])('%s = %s: %j', (field, value, body) => {
		expect(told([equals(field, value)], body)).toBe('contradictory');
	});

	test.each([
		{ status: 'deleted', not_found: [], skipped: 0, deleted_count: 1, error: null },
		{ status: 'deleted', data: { ok: true, warnings: [] } },
	])('but beside what says that there was none: %j', (body) => {
		expect(told([gone], body)).toBe('deleted');
	});

	test.each([
		['status', { status: 'failed' }],
		['message', { message: 'You are not allowed' }],
		['deleted', { deleted: ['r2'] }],
		['code', { code: 1004 }],
	])('that %s exists says nothing of what it says: %j', (field, body) => {
		expect(told([exists(field)], body)).toBe('contradictory');
	});

	test.each([0, '0', 'false', 'No', 'null'])('nor does %j', (deletedAt) => {
		expect(told([exists('deletedAt')], { deletedAt })).toBe('not documented');
	});

	test.each([
		'Couldn\u2019t be deleted',
		'0 records deleted',
		'Nothing deleted',
		'None deleted',
		'will be deleted',
		'scheduled to be deleted',
		'would be deleted',
		'deleted: false',
		'neither deleted nor changed',
		'legal hold prevents r1 from being deleted',
	])('"%s" does not say that it is deleted', (note) => {
		expect(told([contains('note', 'deleted')], { note })).toBe('contradictory');
	});

	test('"added to the deletion queue" is no success', () => {
		const note = 'successfully added to the deletion queue';
		expect(told([contains('note', 'successfully')], { note })).toBe('contradictory');
	});
});

test.each([
	'{"status":"failed","status":"deleted"}',
	'{"\\u0073tatus":"failed","status":"deleted"}',
	'{"status":"deleted","a":{"b":1,"b":2}}',
])('a member that is named twice says nothing: %s', (body) => {
	expect(told([gone], body)).toBe('not documented');
});

describe('a look does not say that a record is gone', () => {
	function shown(status: number, body: unknown, changes: IDataObject = {}): string {
		const vendor = readHttpVendor(nodeWith({ ...described, ...changes }));
		if (vendor.look === undefined) throw new TypeError('described with a look');
		const reading = lookOf({ ...vendor, look: vendor.look }).read(answer(status, body), {
			identifiers: { recordId: 'r1' },
		});
		return reading?.kind === 'understood' ? reading.content.kind : 'not documented';
	}

	const goneRules = rule({
		status: '200',
		condition: 'contains',
		field: 'status',
		value: 'deleted',
	});

	test.each(['not deleted', 'could not be deleted', 'undeleted', 'will be deleted'])(
		'whose status is "%s"',
		(status) => {
			expect(shown(200, { sid: 'r1', status }, { goneRules })).toBe('there');
		},
	);

	test('whose status a member named twice gives', () => {
		const body = '{"sid":"r1","status":"active","status":"deleted"}';
		expect(shown(200, body, { goneRules })).toBe('not documented');
	});

	const absent = (field: string, value: string, status = '200') => ({
		notFoundRules: rule({ status, condition: 'equals', field, value }),
	});

	test.each([
		['among others', 200, { total: 0, items: [{ sid: 'r1' }] }, absent('total', '0')],
		[
			'beside an error',
			200,
			{ error: 'not_found', data: { sid: 'r1' } },
			absent('error', 'not_found'),
		],
		['in a 404', 404, { sid: 'r1' }, { notFoundByStatus: true, notFoundRules: rule() }],
		['where another is named', 404, { code: 20404, sid: 'r2' }, {}],
		['twice over', 404, '{"code":1,"code":20404}', {}],
	])('that the answer shows: %s', (_, status, body, changes) => {
		expect(shown(status, body, changes)).toBe('not documented');
	});

	test('by a sentence that denies it', () => {
		const changes = {
			notFoundRules: rule({
				status: '404',
				condition: 'contains',
				field: 'message',
				value: 'not found',
			}),
		};
		expect(shown(404, { message: 'It is not true that it was not found' }, changes)).toBe(
			'not documented',
		);
		expect(shown(404, { message: 'The recording r1 was not found' }, changes)).toBe('notThere');
	});
});
