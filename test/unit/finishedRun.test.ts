import { describe, expect, test } from '@jest/globals';

import type { Settlement } from '../../erasure/settlement';
import { notErased } from '../../erasure/outcome';
import { closeAll, unsent } from '../../nodes/shared/receipts/finishedRun';

const cancelled = unsent(notErased('skipped', 'cancelled', 'Cancelled'));

describe('closeAll', () => {
	test('a phone number that selects records stands masked in the receipt of a run that did not start', () => {
		const target = {
			identifiers: { phoneNumber: '+15125551234' },
			shown: { phoneNumber: '*********34' },
		};
		const [line] = closeAll([{ kind: 'open', itemIndex: 0, target }], () => cancelled);
		expect(line?.shown).toEqual({ phoneNumber: '*********34' });
	});

	test('shows what led to a record beside its identifiers', () => {
		const target = {
			identifiers: { callId: 'c1' },
			shown: { phoneNumber: '*********34' },
		};
		const [line] = closeAll([{ kind: 'open', itemIndex: 0, target }], () => cancelled);
		expect(line?.shown).toEqual({ callId: 'c1', phoneNumber: '*********34' });
	});

	test('gives a line for each record that a carried-out selector stood for', () => {
		const customer = { identifiers: { phoneNumber: '99999' }, shown: { phoneNumber: '***99' } };
		const settlement: Settlement = {
			...cancelled,
			verdict: {
				outcome: 'accepted',
				evidence: 'accepted',
				records: [
					{
						target: { identifiers: { callId: 'c1' }, shown: customer.shown },
						verdict: { outcome: 'accepted', evidence: 'accepted' },
					},
					{
						target: { identifiers: {}, shown: customer.shown },
						verdict: { outcome: 'notFound', evidence: 'confirmed' },
					},
				],
			},
		};
		const lines = closeAll(
			[
				{ kind: 'open', itemIndex: 0, target: customer },
				{ kind: 'open', itemIndex: 1, target: customer },
			],
			() => settlement,
		);
		expect(
			lines.map(({ itemIndex, shown, duplicate, settlement: { verdict } }) => [
				itemIndex,
				shown,
				duplicate,
				verdict.outcome,
			]),
		).toEqual([
			[0, { callId: 'c1', phoneNumber: '***99' }, false, 'accepted'],
			[0, { phoneNumber: '***99' }, false, 'notFound'],
			[1, { callId: 'c1', phoneNumber: '***99' }, true, 'accepted'],
			[1, { phoneNumber: '***99' }, true, 'notFound'],
		]);
	});
});

test('a target of which nothing was recorded is unknown: nothing is claimed', () => {
	const target = { identifiers: { callId: 'c1' } };
	const [line] = closeAll([{ kind: 'open', itemIndex: 4, target }], () => undefined);
	expect(line).toMatchObject({
		itemIndex: 4,
		shown: { callId: 'c1' },
		duplicate: false,
		settlement: {
			verdict: {
				outcome: 'unknown',
				reason: {
					code: 'notUnderstood',
					message: expect.stringMatching(/^No outcome was recorded\./) as unknown,
				},
			},
			attempts: 0,
			final: true,
			doubt: 'none',
		},
	});
});

test('an input that came to no target keeps its place and its verdict', () => {
	const record = {
		kind: 'closed',
		itemIndex: 2,
		shown: { extension: '88' },
		settlement: cancelled,
		duplicate: false,
	} as const;
	expect(closeAll([record, record], () => undefined)).toEqual([record, record]);
});

test('what was not sent has its outcome from now, for good', () => {
	const { verdict: _, at, ...rest } = cancelled;
	expect(rest).toEqual({ attempts: 0, final: true, doubt: 'none' });
	expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
});
