import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { fillBody } from '../../../nodes/EraseByHttp/description/bodyTemplate';
import { fillPath } from '../../../nodes/EraseByHttp/description/pathTemplate';
import { readHttpVendor } from '../../../nodes/EraseByHttp/description/readDescription';
import { described, nodeWith, rule } from './describedNode';

const read = (changes: IDataObject = {}) => readHttpVendor(nodeWith({ ...described, ...changes }));

const field = { condition: 'equals', field: 'status', value: 'ok' };

describe('a description that works', () => {
	test.each(['Twilio', 'Amazon Connect', 'AT&T', "Bob's Calls", 'Zoom-2'])(
		'a vendor called %s',
		(vendorName) => {
			expect(read({ vendorName }).vendorName).toBe(vendorName);
		},
	);

	test.each([
		['/Recordings/{id}.json', 'RE1', '/Recordings/RE1.json'],
		['/call?id={id}', 'a b&c=d', '/call?id=a%20b%26c%3Dd'],
		[
			'/meetings/{id}/recordings?action=delete',
			'/a//b==',
			'/meetings/%2Fa%2F%2Fb%3D%3D/recordings?action=delete',
		],
		['/v2/x:purge/{id}', '../../admin', '/v2/x:purge/..%2F..%2Fadmin'],
		['/p/{id}', '%2e%2e', '/p/%252e%252e'],
		['/p/{id}', 'a?b#c', '/p/a%3Fb%23c'],
	])('%s with the ID %s', (path, id, sent) => {
		expect(fillPath(read({ path }).request.path, id, 'once')).toBe(sent);
	});

	test.each([
		['once', '/a//b', '%2Fa%2F%2Fb'],
		['twice', '/a//b', '%252Fa%252F%252Fb'],
		['twice', 'ab', 'ab'],
		['twiceIfSlashes', '/ab', '%252Fab'],
		['twiceIfSlashes', 'a//b', 'a%252F%252Fb'],
		['twiceIfSlashes', 'a/b==', 'a%2Fb%3D%3D'],
	])('IDs encoded %s: %s', (idEncoding, id, sent) => {
		const { encoding, request } = read({ path: '/{id}', options: { idEncoding } });
		expect(fillPath(request.path, id, encoding)).toBe(`/${sent}`);
	});

	test.each([
		['{"id": "{id}"}', ['a'], { id: 'a' }],
		['{"filter": {"ids": "{ids}"}, "n": 1}', ['a', 'b'], { filter: { ids: ['a', 'b'] }, n: 1 }],
		['{"list": [{"id": "{id}"}]}', ['{ids}'], { list: [{ id: '{ids}' }] }],
	])('the body %s', (body, ids, sent) => {
		const { request } = read({ method: 'POST', path: '/purge', body });
		expect(request.body && fillBody(request.body, ids)).toEqual(sent);
	});

	test('what its plan covers changes with every field', () => {
		const changes: IDataObject[] = [
			{ method: 'POST' },
			{ path: '/recordings/{id}' },
			{ answerRules: rule({ meaning: 'refused', status: '409', condition: 'anyJson' }) },
			{ notFoundRules: rule() },
			{ notFoundByStatus: true },
			{ provesNothing: true },
			{ hasLook: false },
			{ lookPath: '/r/{id}' },
			{ lookIdField: 'id' },
			{ goneRules: rule({ status: '200', ...field }) },
			{ options: { headers: { header: [{ name: 'X-Version', value: '2' }] } } },
			{ options: { idEncoding: 'twice' } },
			{ options: { fieldsOfRecord: 'status' } },
		];
		const texts = changes.map((change) => JSON.stringify(read(change)));
		expect(new Set([JSON.stringify(read()), ...texts]).size).toBe(changes.length + 1);
	});
});
