import { readJson } from '../../erasure/receiptFields';
import { asRecord } from '../../erasure/reply';
import { readReceipt } from '../../erasure/receiptReader';
import type { Outcome } from '../../erasure/outcome';
import {
	isOutcome,
	isRequestState,
	stateOf,
	type OutcomeCounts,
	type RequestState,
} from '../../erasure/requests/requestState';
import { UnusableValue } from '../shared/parameters/unusableValue';
import { receipts as field } from './fields';

/** Whatever a user can choose in State beside From Receipts. */
export function isChosenState(value: unknown): value is RequestState {
	return isRequestState(value) && value !== 'deleted' && value !== 'accepted';
}

/**
 * The state that receipts come to, strictly: one that cannot be read may be of a record that is still
 * there.
 *
 * @param given a list of receipts, counts by outcome, or the JSON text of either
 * @throws UnusableValue
 */
export function stateFrom(given: unknown): RequestState {
	const value = readJson(given);
	const counts = Array.isArray(value) ? countReceipts(value) : readCounts(value);
	const state = stateOf(counts);
	if (state !== undefined) return state;
	throw new UnusableValue(
		field.displayName,
		'holds none',
		'Give all receipts of the request; if nothing was there to erase, set State to Nothing Found',
	);
}

function countReceipts(receipts: readonly unknown[]): OutcomeCounts {
	const counts: Partial<Record<Outcome, number>> = {};
	for (const [index, receipt] of receipts.entries()) {
		const check = readReceipt(receipt);
		if (!check.valid) {
			throw new UnusableValue(
				field.displayName,
				`holds something at position ${index + 1} that ${check.problem}`,
				"Give receipts as the vendors' nodes gave them",
			);
		}
		const { outcome } = check.receipt;
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	}
	return counts;
}

/** A certificate counts all its records beside them. */
const total = 'records';

function readCounts(value: unknown): OutcomeCounts {
	const { [total]: records, ...counts } = asRecord(value) ?? {};
	const entries = Object.entries(counts);
	const isCount = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
	const sum = entries.reduce((before, [, count]) => before + Number(count), 0);
	const isWhole =
		asRecord(value) !== undefined &&
		entries.every(([outcome, count]) => isOutcome(outcome) && isCount(count)) &&
		(records === undefined || records === sum);
	if (isWhole) return counts;
	throw new UnusableValue(
		field.displayName,
		'is neither a list of receipts nor the counts of a certificate',
		'Check the expression or the data that it reads',
	);
}
