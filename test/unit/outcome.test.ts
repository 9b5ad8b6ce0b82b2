import { expect, test } from '@jest/globals';

import { isSuccess, notErased, outcomes, type Outcome } from '../../erasure/outcome';

test.each<[Outcome, boolean, boolean]>([
	['deleted', true, true],
	['accepted', true, true],
	['notFound', true, false],
	['deprecated', true, true],
	['preview', true, true],
	['refused', false, false],
	['failed', false, false],
	['unknown', false, false],
	['skipped', false, false],
])('%s counts as success: %p, or %p where "not found" does not', (outcome, lenient, strict) => {
	expect(isSuccess(outcome, true)).toBe(lenient);
	expect(isSuccess(outcome, false)).toBe(strict);
});

test('there are nine outcomes, in the order in which summaries count them', () => {
	expect(outcomes).toEqual([
		'deleted',
		'accepted',
		'notFound',
		'deprecated',
		'preview',
		'refused',
		'failed',
		'unknown',
		'skipped',
	]);
});

test('a verdict for what was not erased carries its reason and no evidence', () => {
	expect(notErased('failed', 'notDelivered', 'Acme was not reached')).toStrictEqual({
		outcome: 'failed',
		evidence: 'none',
		reason: { code: 'notDelivered', message: 'Acme was not reached' },
	});
});

test.each<[unknown]>([[{ error: 'x' }], [null], [''], [0]])(
	'it carries the reply where there is one: %j',
	(reply) => {
		const verdict = notErased('refused', 'refusedByVendor', 'No', reply);
		expect(verdict).toHaveProperty('vendorResponse', reply);
	},
);
