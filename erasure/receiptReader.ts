import {
	contradiction,
	isInSeveralPlaces,
	isMissing,
	readAccount,
	readAttempts,
	readFlag,
	readObject,
	readReason,
	readResource,
	readSeal,
	readTarget,
	readTime,
	readVendor,
	Unreadable,
	unusable,
	type ReadReason,
} from './receiptFields';
import { evidences, outcomes, reasonsFor, type Evidence, type Outcome } from './outcome';

/**
 * A receipt as it came back: from a node, a Data Table's row, a CSV or JSON text. What a table leaves
 * out is missing; nothing is made up in its place.
 */
export interface ReadReceipt {
	readonly deleted: boolean;
	readonly outcome: Outcome;
	readonly evidence: Evidence;
	readonly vendor: string;
	readonly resource: string;
	readonly target: Readonly<Record<string, string>>;
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly attempts?: number;
	readonly reason?: ReadReason;
	readonly account?: string;
	/** As it was found, whether it holds or not. */
	readonly seal?: string;
	readonly itemReference?: string;
	readonly seen?: true;
	readonly duplicate?: true;
	/** ISO 8601, UTC. */
	readonly recheckedAt?: string;
}

export type ReceiptCheck =
	| { readonly valid: true; readonly receipt: ReadReceipt }
	/** How a sentence that starts with "The receipt in item 3" goes on. */
	| { readonly valid: false; readonly problem: string };

/**
 * Reads one receipt from anything, strictly: a certificate is made of it, and deletions are looked
 * after by it. It never throws.
 *
 * A cell that is empty, null or not there is a field that is not there. Objects may come as JSON text,
 * as columns of their own (`target.callId`), and a target as the examples store it
 * (`callId: c1, sessionId: s1`); `at` may be called `settledAt`.
 */
export function readReceipt(value: unknown): ReceiptCheck {
	const fields = readObject(value);
	if (fields !== undefined && isInSeveralPlaces(fields)) return { valid: false, problem: several };
	if (fields === undefined || isMissing(fields.outcome)) {
		return { valid: false, problem: 'is not a receipt: it has no "outcome"' };
	}
	try {
		return { valid: true, receipt: readFields(fields) };
	} catch (error) {
		if (error instanceof Unreadable) return { valid: false, problem: error.message };
		throw error;
	}
}

const several =
	'is not one receipt: it holds further ones in "receipt" or "receipts", and nothing tells which of them count';

function readFields(fields: Readonly<Record<string, unknown>>): ReadReceipt {
	const outcome = outcomes.find((known) => known === fields.outcome);
	if (outcome === undefined) throw unusable('outcome', `one of ${outcomes.join(', ')}`);
	const evidence = evidences.find((known) => known === fields.evidence);
	if (evidence === undefined) throw unusable('evidence', `one of ${evidences.join(', ')}`);
	const deleted = readFlag(fields, 'deleted') ?? outcome === 'deleted';
	const target = readTarget(fields);
	const at = isMissing(fields.at) ? readTime(fields, 'settledAt') : readTime(fields, 'at');
	if (at === undefined) throw unusable('at', 'when the outcome was settled');
	const receipt = {
		deleted,
		outcome,
		evidence,
		vendor: readVendor(fields),
		resource: readResource(fields),
		target,
		at,
	};
	const whole = { ...receipt, ...optionalFields(fields) };
	checkAgreement(whole);
	return whole;
}

function optionalFields(fields: Readonly<Record<string, unknown>>): Partial<ReadReceipt> {
	const optional = {
		attempts: readAttempts(fields),
		reason: readReason(fields),
		account: readAccount(fields),
		seal: readSeal(fields),
		itemReference: readItemReference(fields),
		seen: readFlag(fields, 'seen') === true ? true : undefined,
		duplicate: readFlag(fields, 'duplicate') === true ? true : undefined,
		recheckedAt: readTime(fields, 'recheckedAt'),
	};
	const given = Object.entries(optional).filter(([, value]) => value !== undefined);
	return Object.fromEntries(given);
}

function readItemReference({ itemReference }: Readonly<Record<string, unknown>>) {
	if (isMissing(itemReference)) return undefined;
	if (typeof itemReference === 'string') return itemReference;
	return typeof itemReference === 'number' ? String(itemReference) : undefined;
}

/** Outcomes that a receipt without a record may have: what was asked for could not be used. */
const withoutRecord: ReadonlySet<Outcome> = new Set(['refused', 'failed', 'unknown', 'skipped']);

function checkAgreement({ deleted, outcome, evidence, target, reason }: ReadReceipt): void {
	if (deleted !== (outcome === 'deleted')) {
		throw contradiction(`deleted: ${deleted}`, outcome);
	}
	const reasons = reasonsFor(outcome, evidence);
	if (reasons === undefined) throw contradiction(`evidence "${evidence}"`, outcome);
	if (reason?.code !== undefined && !reasons.includes(reason.code)) {
		throw contradiction(`evidence "${evidence}" with the reason "${reason.code}"`, outcome);
	}
	if (Object.keys(target).length === 0 && !withoutRecord.has(outcome)) {
		throw contradiction('an empty target', outcome);
	}
}
