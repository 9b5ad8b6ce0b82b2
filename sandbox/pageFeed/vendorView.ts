import type { ShownDeletion, ShownRecord } from '../vendors/recordStore';
import type { VendorSandbox } from '../vendors/vendorSandbox';
import { shortKey, visibleText } from './visibleText';

/** What the page shows of a vendor: bounded, however many records there are. */
export interface VendorView {
	readonly vendor: string;
	readonly noun: string;
	readonly count: number;
	/** How many were deleted since the records were filled in. */
	readonly deleted: number;
	readonly first: readonly RecordView[];
	readonly last: readonly RecordView[];
	readonly deletions: readonly DeletionView[];
	/** Where the vendor deletes later: after how many seconds. */
	readonly purgeSeconds?: number;
}

export interface RecordView {
	/** Tells records apart; not to be shown. */
	readonly key: string;
	readonly id: string;
	readonly words: string;
}

export interface DeletionView extends RecordView {
	/** Counts up for as long as the sandbox runs. */
	readonly number: number;
	/** Milliseconds. */
	readonly ago: number;
	/** The key of the record that it was a part of. */
	readonly of?: string;
}

const firstShown = 40;

const lastShown = 10;

export function viewVendor({ name, store, purgeMs }: VendorSandbox): VendorView {
	const now = Date.now();
	const { first, last } = store.ends(firstShown, lastShown);
	return {
		vendor: name,
		noun: store.noun,
		count: store.size,
		deleted: store.deleted,
		first: first.map(viewRecord),
		last: last.map(viewRecord),
		deletions: store.latestDeletions().map((deletion) => viewDeletion(deletion, now)),
		...(purgeMs === undefined ? {} : { purgeSeconds: purgeMs / 1000 }),
	};
}

function viewRecord({ key, words }: ShownRecord): RecordView {
	return { key: shortKey(key), id: visibleText(key), words: visibleText(words) };
}

function viewDeletion({ number, at, of, ...record }: ShownDeletion, now: number): DeletionView {
	const whole = of === undefined ? {} : { of: shortKey(of) };
	return { ...viewRecord(record), ...whole, number, ago: now - at };
}
