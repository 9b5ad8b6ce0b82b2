import { boundReply } from './bounds';
import type { Settlement } from './settlement';
import type { Evidence, Outcome, Preview, Reason } from './outcome';

/**
 * What leaves the node for one target: docs/receipts.md. The order is that of the columns in the
 * editor's output panel, which shows the first few of them: what happened, to which record, and why.
 * A type and no interface, so that it can
 * stand where n8n wants a plain object.
 */
export type Receipt = {
	/** True only for the outcome `deleted`. */
	deleted: boolean;
	outcome: Outcome;
	/** The record's identifiers, in the vendor's names; empty if they were not fit to use. */
	target: Record<string, string>;
	preview?: Preview & { plan: string };
	reason?: Reason;
	evidence: Evidence;
	/** The vendor's node name, for example `flyflow`. */
	vendor: string;
	resource: string;
	/** Tells receipts of one account from another's: see digest.ts. Missing where none was opened. */
	account?: string;
	/** Requests that carried this target: deletions, or looks where a look settled it. */
	attempts: number;
	/** When the outcome was settled: ISO 8601, UTC. */
	at: string;
	/** What the user chose to carry along from the input item. */
	itemReference?: string;
	/** A look, or the vendor's own answer, has shown the record: before it went, if it did. */
	seen?: true;
	/** Shows a later recheck that nobody altered the receipt: see receiptSeal.ts. Goes with `account`. */
	seal?: string;
	/** The same target came earlier in the input; it was sent once. */
	duplicate?: true;
	vendorResponse?: unknown;
};

export interface ReceiptContext {
	readonly vendor: string;
	readonly resource: string;
	/** The digest of the whole plan, for previews. */
	readonly plan: string;
	readonly account?: string | undefined;
	readonly duplicate: boolean;
	readonly itemReference?: string | undefined;
	readonly includeVendorResponse: boolean;
}

export function makeReceipt(
	target: Readonly<Record<string, string>>,
	settlement: Settlement,
	context: ReceiptContext,
): Receipt {
	const { verdict, attempts, at } = settlement;
	const receipt: Receipt = {
		deleted: verdict.outcome === 'deleted',
		outcome: verdict.outcome,
		target: { ...target },
		...(verdict.outcome === 'preview'
			? { preview: { ...verdict.preview, plan: context.plan } }
			: {}),
		...('reason' in verdict && verdict.reason !== undefined
			? { reason: { ...verdict.reason } }
			: {}),
		evidence: verdict.evidence,
		vendor: context.vendor,
		resource: context.resource,
		...(context.account === undefined ? {} : { account: context.account }),
		attempts,
		at,
	};
	if (context.itemReference !== undefined) receipt.itemReference = context.itemReference;
	// What the reply to the deletion itself still showed was there.
	if (settlement.seen === true || receipt.reason?.code === 'stillThere') receipt.seen = true;
	if (context.duplicate) receipt.duplicate = true;
	if (context.includeVendorResponse && verdict.vendorResponse !== undefined) {
		receipt.vendorResponse = boundReply(verdict.vendorResponse);
	}
	return receipt;
}
