import { describe, expect, test } from '@jest/globals';

import type { Settlement } from '../../erasure/settlement';
import { notErased, outcomes, type Verdict } from '../../erasure/outcome';
import { makeReceipt, type ReceiptContext } from '../../erasure/receipt';

const context: ReceiptContext = {
	vendor: 'acme',
	resource: 'call',
	plan: 'sha256:0',
	duplicate: false,
	includeVendorResponse: false,
};

const at = '2026-11-22T10:00:00.000Z';

function settled(verdict: Verdict): Settlement {
	return { verdict, attempts: 2, at, final: true, doubt: 'none' };
}

const preview = { found: true, wouldBe: 'deleted', note: 'It is still being recorded' } as const;

const verdictOf: Readonly<Record<string, Verdict>> = {
	deleted: { outcome: 'deleted', evidence: 'confirmed' },
	accepted: { outcome: 'accepted', evidence: 'accepted' },
	notFound: { outcome: 'notFound', evidence: 'confirmed' },
	deprecated: { outcome: 'deprecated', evidence: 'confirmed' },
	preview: { outcome: 'preview', evidence: 'none', preview },
	refused: notErased('refused', 'refusedByVendor', 'It is published'),
	failed: notErased('failed', 'notDelivered', 'It was not reached'),
	unknown: notErased('unknown', 'replyLost', 'No reply came'),
	skipped: notErased('skipped', 'cancelled', 'It was cancelled'),
};

test.each(outcomes)('%s: `deleted` is true for the outcome deleted alone', (outcome) => {
	const verdict = verdictOf[outcome] as Verdict;
	const receipt = makeReceipt({ callId: 'a' }, settled(verdict), context);
	expect(receipt).toMatchObject({
		deleted: outcome === 'deleted',
		outcome,
		evidence: verdict.evidence,
		attempts: 2,
		at,
	});
});

test('says that the record was seen where it was, and nothing where it was not', () => {
	const settlement = settled(verdictOf.deleted as Verdict);
	expect(makeReceipt({}, { ...settlement, seen: true }, context)).toMatchObject({ seen: true });
	expect(makeReceipt({}, settlement, context)).not.toHaveProperty('seen');
});

test('the output panel shows first what happened, to which record, and why', () => {
	const first = (verdict: Verdict) =>
		Object.keys(makeReceipt({ callId: 'a' }, settled(verdict), context)).slice(0, 4);
	expect(first(verdictOf.preview as Verdict)).toEqual(['deleted', 'outcome', 'target', 'preview']);
	expect(first(verdictOf.refused as Verdict)).toEqual(['deleted', 'outcome', 'target', 'reason']);
});

test('a deletion has the fields of the contract and no other', () => {
	const verdict: Verdict = { outcome: 'deleted', evidence: 'rechecked' };
	expect(makeReceipt({ callId: 'a' }, settled(verdict), context)).toStrictEqual({
		deleted: true,
		outcome: 'deleted',
		evidence: 'rechecked',
		vendor: 'acme',
		resource: 'call',
		target: { callId: 'a' },
		attempts: 2,
		at,
	});
});

test('what was not erased has its reason', () => {
	const receipt = makeReceipt({}, settled(notErased('failed', 'pushedBack', 'Too busy')), context);
	expect(receipt.reason).toStrictEqual({ code: 'pushedBack', message: 'Too busy' });
	expect(receipt).not.toHaveProperty('preview');
});

test('so has a record that is gone by what may be our own doing', () => {
	const reason = { code: 'goneAfterRepeat', message: 'The repeat found nothing' } as const;
	const verdict: Verdict = { outcome: 'notFound', evidence: 'confirmed', reason };
	expect(makeReceipt({}, settled(verdict), context).reason).toStrictEqual(reason);
});

test('a reason that is spelt out as missing stays away', () => {
	const verdict = { outcome: 'notFound', evidence: 'confirmed', reason: undefined };
	const receipt = makeReceipt({}, settled(verdict as unknown as Verdict), context);
	expect(receipt).not.toHaveProperty('reason');
});

test('a preview carries what was seen and the digest of the plan', () => {
	const verdict: Verdict = { outcome: 'preview', evidence: 'none', preview };
	expect(makeReceipt({}, settled(verdict), context).preview).toStrictEqual({
		...preview,
		plan: 'sha256:0',
	});
});

test('a repetition is marked', () => {
	const verdict: Verdict = { outcome: 'deleted', evidence: 'confirmed' };
	const receipt = makeReceipt({}, settled(verdict), { ...context, duplicate: true });
	expect(receipt.duplicate).toBe(true);
});

describe("the vendor's reply", () => {
	const verdict: Verdict = { outcome: 'deleted', evidence: 'confirmed', vendorResponse: null };
	const including = { ...context, includeVendorResponse: true };

	test('is left out unless the user asks for it', () => {
		expect(makeReceipt({}, settled(verdict), context)).not.toHaveProperty('vendorResponse');
	});

	test('is there, even as null, if the user asks for it', () => {
		expect(makeReceipt({}, settled(verdict), including)).toHaveProperty('vendorResponse', null);
	});

	test('is left out where there was none', () => {
		const without = makeReceipt({}, settled({ ...verdict, vendorResponse: undefined }), including);
		expect(without).not.toHaveProperty('vendorResponse');
	});
});

test('a receipt shares nothing with what the run remembers', () => {
	const target = { callId: 'a' };
	const refused = settled(notErased('refused', 'refusedByVendor', 'No'));
	const receipt = makeReceipt(target, refused, context);
	receipt.target.callId = 'changed';
	Object.assign(receipt.reason ?? {}, { message: 'changed' });
	expect(target.callId).toBe('a');
	expect(refused.verdict).toMatchObject({ reason: { message: 'No' } });
});
