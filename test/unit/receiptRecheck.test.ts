import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { outcomes, type Evidence, type Outcome } from '../../erasure/outcome';
import { readReceipt, type ReadReceipt } from '../../erasure/receiptReader';
import {
	afterLook as afterLookBy,
	isWorthALook,
	notRechecked,
	type LaterLook,
} from '../../erasure/receiptRecheck';
import { receiptSealer } from '../../erasure/receiptSeal';

const evidences: readonly Evidence[] = ['none', 'accepted', 'confirmed', 'rechecked'];

const settledAt = '2026-11-22T10:00:00.000Z';
const at = '2026-11-29T10:00:00.000Z';

const address = 'https://api.acme.example';
const sealer = receiptSealer(address, { publicName: 'ACME', key: 'a key' });
const rotated = receiptSealer(address, { publicName: 'ACME', key: 'another key' });

const afterLook = (before: ReadReceipt, made: LaterLook) => afterLookBy(before, made, sealer);

const lost = { code: 'replyLost', message: 'The reply was lost' } as const;

function receipt(
	outcome: Outcome,
	evidence: Evidence,
	changes: Partial<ReadReceipt> = {},
): ReadReceipt {
	const made = {
		deleted: outcome === 'deleted',
		outcome,
		evidence,
		vendor: 'flyflow',
		resource: 'call',
		target: { callId: 'call_1' },
		at: settledAt,
		account: sealer.account,
		...changes,
	};
	return { ...made, seal: sealer.seal(made) };
}

const look = (found: boolean, note?: string): LaterLook => ({
	vendorName: 'Flyflow',
	found,
	note,
	at,
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
		const { reason } = afterLook(unknown, look(true, 'it is deprecated'));
		expect(reason?.message).toContain('at Flyflow (it is deprecated). Run');
	});
});

/** Receipts that a look can change, and what it finds nothing of. */
const open: Array<[string, ReadReceipt]> = [
	['accepted', accepted],
	['deleted by the word of the vendor', confirmed],
	['unknown and seen', seen],
	['unknown', unknown],
	['failed', failed],
];

describe.each(open)('%s: nothing becomes deleted', (...[, before]) => {
	test.each<[string, (receipt: ReadReceipt) => ReadReceipt, RegExp]>([
		['under another key', (receipt) => ({ ...receipt, account: rotated.account }), /another key/],
		['of no account', ({ account: _, ...receipt }) => receipt, /another key/],
		['stored without its seal', ({ seal: _, ...receipt }) => receipt, /without its seal/],
		['with an empty seal', (receipt) => ({ ...receipt, seal: '' }), /not as the node wrote it/],
		[
			'with a seal under another key',
			(receipt) => ({ ...receipt, seal: rotated.seal(receipt) }),
			/not as the node wrote it/,
		],
		[
			'of another record',
			(receipt) => ({ ...receipt, target: { callId: 'call_2' } }),
			/not as the node wrote it/,
		],
		[
			'with an identifier more',
			(receipt) => ({ ...receipt, target: { ...receipt.target, sessionId: 's1' } }),
			/not as the node wrote it/,
		],
		[
			'of another resource',
			(receipt) => ({ ...receipt, resource: 'note' }),
			/not as the node wrote it/,
		],
		[
			'seen, or not, as it was not',
			({ seen: wasSeen, ...receipt }) => (wasSeen ? receipt : { ...receipt, seen: true }),
			/not as the node wrote it/,
		],
	])('%s', (...[, alter, why]) => {
		const altered = alter(before);
		const after = afterLook(altered, look(false));
		expect(after).toMatchObject({
			deleted: false,
			outcome: 'notFound',
			evidence: 'rechecked',
			reason: { code: 'goneAtLook', message: expect.stringMatching(why) as unknown },
			recheckedAt: at,
		});
		expect(after.seal).toBe(altered.seal);
		// Once it was found it is known to be there, and still not to be what was to be deleted.
		const found = afterLook(altered, look(true));
		expect(found.seal).toBe(altered.seal);
		const again = afterLook(found, look(false));
		expect([again.outcome, again.evidence]).toEqual(['notFound', 'rechecked']);
	});

	test.each(outcomes)('%s by alteration', (outcome) => {
		for (const evidence of evidences) {
			const altered = { ...before, outcome, evidence, deleted: outcome === 'deleted' };
			if (altered.outcome === before.outcome && altered.evidence === before.evidence) continue;
			if (!isWorthALook(altered)) continue;
			expect(afterLook(altered, look(false)).outcome).toBe('notFound');
		}
	});

	test('what a look has changed is sealed anew, so that the next one can rely on it', () => {
		const found = afterLook(before, look(true));
		expect(sealer.authenticityOf(found)).toBe('asWritten');
		expect(sealer.authenticityOf(afterLook(before, look(false)))).toBe('asWritten');
		const left = notRechecked(before, 'Flyflow was away');
		expect(sealer.authenticityOf(left)).toBe('asWritten');
	});
});

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

test('deleted comes of nothing but a sealed receipt of what was there, and a look that finds nothing', () => {
	const altered = fc
		.tuple(anyReceipt, anyReceipt, fc.boolean())
		.map(([before, other, keeps]) => (keeps ? before : { ...before, seal: other.seal ?? '' }));
	fc.assert(
		fc.property(altered, fc.boolean(), (before, found) => {
			const holds = sealer.seal(before) === before.seal;
			const after = afterLook(before, look(found));
			expect(after.deleted).toBe(after.outcome === 'deleted');
			expect(readReceipt(after).valid).toBe(true);
			expect(after.seal).toBe(holds ? sealer.seal(after) : before.seal);
			if (after.outcome !== 'deleted' || after === before) return;
			const wasThere =
				['accepted', 'deleted'].includes(before.outcome) ||
				(before.outcome === 'unknown' && before.seen === true);
			expect({ found, holds, wasThere }).toEqual({ found: false, holds: true, wasThere: true });
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
