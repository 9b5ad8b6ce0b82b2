import { isMissing, readObject } from './receiptFields';
import { asRecord, parseJson } from './reply';

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
 * be JSON text, and stay it.
 */
export function openItem(json: unknown): OpenedItem {
	const fields = asRecord(json);
	if (fields === undefined || !isMissing(fields.outcome)) return itself(json);
	const { receipt, receipts } = fields;
	const list = typeof receipts === 'string' ? parseJson(receipts) : receipts;
	if (Array.isArray(list)) return inList(fields, list);
	return isReceipt(receipt) ? inField(fields, receipt) : itself(json);
}

/** The receipts that one item holds. */
export function receiptsIn(json: unknown): readonly unknown[] {
	return openItem(json).receipts;
}

function itself(json: unknown): OpenedItem {
	return { receipts: [json], with: ([receipt]) => receipt };
}

function inField(fields: Fields, receipt: unknown): OpenedItem {
	return { receipts: [receipt], with: ([changed]) => ({ ...fields, receipt: changed }) };
}

function inList(fields: Fields, list: readonly unknown[]): OpenedItem {
	const entries = list.map((entry) => {
		const holder = asRecord(entry);
		return holder !== undefined && isReceipt(holder.receipt)
			? inField(holder, holder.receipt)
			: itself(entry);
	});
	return {
		receipts: entries.flatMap(({ receipts }) => receipts),
		with: (changed) => {
			const receipts = entries.map((entry, index) => entry.with([changed[index]]));
			const isText = typeof fields.receipts === 'string';
			return { ...fields, receipts: isText ? JSON.stringify(receipts) : receipts };
		},
	};
}

function isReceipt(value: unknown): boolean {
	return readObject(value) !== undefined;
}
