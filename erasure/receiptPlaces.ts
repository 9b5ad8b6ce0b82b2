import { isInSeveralPlaces, isMissing, readJson, readObject } from './receiptFields';
import { asRecord } from './reply';

type Fields = Readonly<Record<string, unknown>>;

/** An item with the receipts that it holds, each of them of any form: see readReceipt. */
export interface OpenedItem {
	readonly receipts: readonly unknown[];
	/** The item with others in their places, as many and in their order, all else as it was. */
	with(receipts: readonly unknown[]): unknown;
}

/**
 * Finds the receipts that an item holds: itself; the one in its field `receipt`; or those in its field
 * `receipts`, which is how the example "Erase in bulk" stores and reports them. Objects and lists may
 * be JSON text, and stay it. An item that holds receipts in two of these ways is given as it is, and
 * turned down by readReceipt: one of them would be left out.
 */
export function openItem(json: unknown): OpenedItem {
	const fields = asRecord(json);
	if (fields === undefined || isInSeveralPlaces(fields)) return itself(json);
	const list = readJson(fields.receipts);
	return isMissing(fields.outcome) && Array.isArray(list)
		? inList(fields, list)
		: inItsField(json, fields);
}

/** The receipts that one item holds. */
export function receiptsIn(json: unknown): readonly unknown[] {
	return openItem(json).receipts;
}

function itself(json: unknown): OpenedItem {
	return { receipts: [json], with: ([receipt]) => receipt };
}

function inItsField(json: unknown, fields: Fields | undefined): OpenedItem {
	const isHolder =
		fields !== undefined && !isInSeveralPlaces(fields) && readObject(fields.receipt) !== undefined;
	return isHolder ? inField(fields, fields.receipt) : itself(json);
}

function inField(fields: Fields, receipt: unknown): OpenedItem {
	return { receipts: [receipt], with: ([changed]) => ({ ...fields, receipt: changed }) };
}

function inList(fields: Fields, list: readonly unknown[]): OpenedItem {
	const entries = list.map((entry) => inItsField(entry, asRecord(entry)));
	return {
		receipts: entries.flatMap(({ receipts }) => receipts),
		with: (changed) => {
			const receipts = entries.map((entry, index) => entry.with([changed[index]]));
			const isText = typeof fields.receipts === 'string';
			return { ...fields, receipts: isText ? JSON.stringify(receipts) : receipts };
		},
	};
}
