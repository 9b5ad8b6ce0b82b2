import { describe, expect, test } from '@jest/globals';

import { notErased } from '../../erasure/outcome';
import { toLines, unsent } from '../../nodes/shared/finishedRun';

const cancelled = unsent(notErased('skipped', 'cancelled', 'Cancelled'));

describe('toLines', () => {
	test('a phone number that selects records stands masked in the receipt of a run that did not start', () => {
		const target = {
			identifiers: { phoneNumber: '+15125551234' },
			shown: { phoneNumber: '*********34' },
		};
		const [line] = toLines([{ itemIndex: 0, target }], () => cancelled);
		expect(line?.target).toEqual({ phoneNumber: '*********34' });
	});

	test('shows what led to a record beside its identifiers', () => {
		const target = {
			identifiers: { callId: 'c1' },
			shown: { phoneNumber: '*********34' },
		};
		const [line] = toLines([{ itemIndex: 0, target }], () => cancelled);
		expect(line?.target).toEqual({ callId: 'c1', phoneNumber: '*********34' });
	});
});
