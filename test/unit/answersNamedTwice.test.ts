import { describe, expect, test } from '@jest/globals';

import { judge } from '../../erasure/judgement';
import { answer } from './scriptedVendor';

describe('an answer that names a member twice', () => {
	const doubled = [
		'{"outcome":"failed","outcome":"deleted"}',
		'{"\\u006futcome":"failed","outcome":"deleted"}',
		' [{"a":{"b":1,"b":2}}]',
	];

	test.each(doubled)('is not read, whatever its last word is: %s', (body) => {
		const read = () => {
			throw new Error('It was read');
		};
		const kind = { vendorName: 'Acme', effect: 'repeatable' } as const;
		expect(judge(answer(200, body), kind, read)).toMatchObject({
			kind: 'settled',
			why: { outcome: 'unknown', reason: { code: 'notUnderstood' } },
		});
		let seen = '';
		judge(answer(200, body), kind, (given) => {
			seen = given.body;
			return undefined;
		});
		expect(seen).toBe('');
	});

	test.each(['{"a":1,"b":{"a":1}}', '[{"a":1},{"a":1}]', '<x a="1" a="2"/>', '{"a":1,"a"'])(
		'is not seen in %s',
		(body) => {
			let seen = '';
			judge(answer(200, body), { vendorName: 'Acme', effect: 'repeatable' }, (given) => {
				seen = given.body;
				return undefined;
			});
			expect(seen).toBe(body);
		},
	);
});
