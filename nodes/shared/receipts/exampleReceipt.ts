import type { Receipt } from '../../../erasure/receipt';

/** Every field that a receipt may have, but for the vendor's reply, which has a form of its own. */
type WholeReceipt = Required<Omit<Receipt, 'vendorResponse' | 'preview'>> & {
	preview: Required<NonNullable<Receipt['preview']>>;
};

/**
 * A receipt with all its fields, from which the build makes the schema that n8n's editor shows before
 * an operation has run.
 *
 * @param identifiers the names of what a receipt's target holds
 */
export function exampleReceipt(
	{ vendor, resource }: Pick<Receipt, 'vendor' | 'resource'>,
	identifiers: readonly string[],
): WholeReceipt {
	return {
		deleted: true,
		outcome: 'deleted',
		target: Object.fromEntries(identifiers.map((name) => [name, ''])),
		preview: { found: true, wouldBe: 'deleted', note: '', plan: '' },
		reason: { code: 'replyLost', message: '' },
		evidence: 'confirmed',
		vendor,
		resource,
		account: '0123456789abcdef',
		attempts: 1,
		at: '2026-11-30T10:00:00.000Z',
		itemReference: '',
		seen: true,
		seal: '0123456789abcdef0123456789abcdef',
		duplicate: true,
	};
}
