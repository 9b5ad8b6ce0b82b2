import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { outcomes, type Evidence, type Outcome } from '../../erasure/outcome';
import { readReceipt, type ReadReceipt } from '../../erasure/receiptReader';
import { afterLook, isWorthALook, notRechecked } from '../../erasure/receiptRecheck';

const settledAt = '2026-11-22T10:00:00.000Z';
const at = '2026-11-29T10:00:00.000Z';

const lost = { code: 'replyLost', message: 'The reply was lost' } as const;

function receipt(
	outcome: Outcome,
	evidence: Evidence,
	changes: Partial<ReadReceipt> = {},
): ReadReceipt {
	return {
		deleted: outcome === 'deleted',
		outcome,
		evidence,
		vendor: 'flyflow',
		resource: 'call',
		target: { callId: 'call_1' },
		at: settledAt,
		account: '0123456789abcdef',
		...changes,
	};
}

const look = (found: boolean, sameAccount = true) => ({
	vendorName: 'Flyflow',
	found,
	at,
	sameAccount,
});

const accepted = receipt('accepted', 'accepted');
const confirmed = receipt('deleted', 'confirmed');
const unknown = receipt('unknown', 'none', { reason: lost });
const seen = receipt('unknown', 'none', { reason: lost, seen: true });
const failed = receipt('failed', 'none', { reason: lost });
const failedSeen = receipt('failed', 'none', { reason: lost, seen: true });

describe('The table: what a look makes of a receipt', () => {
	test.each<[string, ReadReceipt, boolean, Partial<ReadReceipt>]>([
		['accepted, gone', accepted, false, { outcome: 'deleted', evidence: 'rechecked' }],
		['accepted, there', accepted, true, { outcome: 'accepted', evidence: 'accepted' }],
		['deleted, gone', confirmed, false, { outcome: 'deleted', evidence: 'rechecked' }],
		['deleted, there', confirmed, true, { outcome: 'unknown', evidence: 'none' }],
		['unknown and seen, gone', seen, false, { outcome: 'deleted', evidence: 'rechecked' }],
		['unknown, gone', unknown, false, { outcome: 'notFound', evidence: 'rechecked' }],
		['unknown, there', unknown, true, { outcome: 'failed', evidence: 'none' }],
		['failed, gone', failed, false, { outcome: 'notFound', evidence: 'rechecked' }],
		['failed and seen, gone', failedSeen, false, { outcome: 'notFound', evidence: 'rechecked' }],
		['failed, there', failed, true, { outcome: 'failed', evidence: 'none' }],
	])('%s', (_, before, found, expected) => {
		const after = afterLook(before, look(found));
		const isNew = before.outcome !== after.outcome || before.evidence !== after.evidence;
		expect(after).toMatchObject({
			...expected,
			deleted: expected.outcome === 'deleted',
			recheckedAt: at,
			at: isNew ? at : settledAt,
			target: before.target,
			account: before.account,
		});
		const codes = { failed: 'stillThere', unknown: 'stillThere', notFound: 'goneAtLook' };
		expect(after.reason?.code).toBe(codes[after.outcome as keyof typeof codes]);
		if (found) expect(after.seen).toBe(true);
	});

	test.each<[string, ReadReceipt]>([
		['deleted, rechecked', receipt('deleted', 'rechecked')],
		['notFound', receipt('notFound', 'confirmed')],
		['deprecated', receipt('deprecated', 'confirmed')],
		['preview', receipt('preview', 'none')],
		['refused', receipt('refused', 'none', { reason: lost })],
		['skipped', receipt('skipped', 'none', { reason: lost })],
	])('%s is not looked at', (_, before) => {
		expect(isWorthALook(before)).toBe(false);
		expect(afterLook(before, look(false))).toBe(before);
	});

	test('a flow that is deprecated by now is still there, and the reason says so', () => {
		const { reason } = afterLook(unknown, { ...look(true), note: 'it is deprecated' });
		expect(reason?.message).toContain('at Flyflow (it is deprecated). Run');
	});

	test('what the reply itself still showed was seen', () => {
		const before = { ...unknown, reason: { code: 'stillThere', message: 'x' } as const };
		expect(afterLook(before, look(false)).outcome).toBe('deleted');
	});
});

describe('Under another key nothing becomes deleted', () => {
	test.each<[string, ReadReceipt, Outcome, Evidence]>([
		['accepted', accepted, 'notFound', 'rechecked'],
		['unknown and seen', seen, 'notFound', 'rechecked'],
		['unknown', unknown, 'notFound', 'rechecked'],
		['failed', failed, 'notFound', 'rechecked'],
		["deleted keeps the vendor's word", confirmed, 'deleted', 'confirmed'],
	])('%s', (_, before, outcome, evidence) => {
		expect(afterLook(before, look(false, false))).toMatchObject({
			outcome,
			evidence,
			recheckedAt: at,
		});
	});
});

const evidences: readonly Evidence[] = ['none', 'accepted', 'confirmed', 'rechecked'];

const anyReceipt = fc
	.record({
		outcome: fc.constantFrom(...outcomes),
		evidence: fc.constantFrom(...evidences),
		seen: fc.boolean(),
		reason: fc.option(
			fc.record({
				code: fc.constantFrom('replyLost' as const, 'stillThere' as const, 'notRechecked' as const),
				message: fc.string(),
			}),
			{ nil: undefined },
		),
	})
	.map(({ outcome, evidence, seen: wasSeen, reason }) =>
		receipt(outcome, evidence, {
			...(wasSeen ? { seen: true } : {}),
			...(reason === undefined ? {} : { reason }),
		}),
	)
	.filter((made) => readReceipt(made).valid);

test('deleted comes of nothing but a look at the same account that finds nothing of what was there', () => {
	fc.assert(
		fc.property(anyReceipt, fc.boolean(), fc.boolean(), (before, found, sameAccount) => {
			const after = afterLook(before, look(found, sameAccount));
			expect(after.deleted).toBe(after.outcome === 'deleted');
			expect(readReceipt(after).valid).toBe(true);
			if (after.outcome !== 'deleted' || after === before) return;
			if (before.outcome === 'deleted' && after.evidence === before.evidence) return;
			const wasThere =
				['accepted', 'deleted'].includes(before.outcome) ||
				(before.outcome === 'unknown' &&
					(before.seen === true || before.reason?.code === 'stillThere'));
			expect({ found, sameAccount, wasThere }).toEqual({
				found: false,
				sameAccount: true,
				wasThere: true,
			});
		}),
	);
});

describe('A look that was not made', () => {
	test('leaves the receipt, and says why behind its reason', () => {
		expect(notRechecked(unknown, 'Flyflow was away')).toEqual({
			...unknown,
			reason: { ...lost, message: 'The reply was lost. Not rechecked: Flyflow was away' },
		});
		expect(notRechecked(accepted, 'Flyflow was away')).toEqual({
			...accepted,
			reason: { code: 'notRechecked', message: 'Not rechecked: Flyflow was away' },
		});
	});

	test('is said once, however often it happens', () => {
		const once = notRechecked(unknown, 'later');
		expect(notRechecked(notRechecked(unknown, 'Flyflow was away'), 'later')).toEqual(once);
	});

	test('is forgotten once there is one', () => {
		const { reason: _, ...there } = afterLook(accepted, look(true));
		expect(afterLook(notRechecked(accepted, 'Flyflow was away'), look(true))).toEqual(there);
		const stored = { ...accepted, reason: { message: 'Not rechecked: Flyflow was away' } };
		expect(afterLook(stored, look(true))).not.toHaveProperty('reason');
	});
});
