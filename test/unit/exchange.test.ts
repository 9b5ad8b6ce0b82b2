import { expect, test } from '@jest/globals';

import { notDocumented, understood } from '../../erasure/reading';
import { call } from './scriptedVendor';

test('an answer about one target speaks of that target alone', () => {
	const target = call('a');
	const verdict = { outcome: 'deleted', evidence: 'confirmed' } as const;
	expect(understood(target, verdict)).toStrictEqual({
		kind: 'understood',
		content: new Map([[target, verdict]]),
	});
});

test('an answer that is not documented says nothing', () => {
	expect(notDocumented).toStrictEqual({ kind: 'notDocumented' });
});
