import { notErased, type SettledRecord, type Verdict } from '../../../erasure/outcome';
import type { ReceiptSealer } from '../../../erasure/receiptSeal';
import type { Settlement } from '../../../erasure/settlement';
import { showTarget, targetKey, type Target } from '../../../erasure/target';
import { clock } from '../sending/clock';
import type { DeletionDefaults } from '../parameters/deletionFields';
import type { DeletionSettings } from '../parameters/deletionSettings';
import type { Effort } from './effort';

/** One thing that an item gives, on its way from the selection to a receipt. */
export type RunRecord = OpenRecord | ClosedRecord;

/** Still to be settled. */
export interface OpenRecord {
	readonly kind: 'open';
	readonly itemIndex: number;
	/** What the user selected and, once that is resolved, an exact record. */
	readonly target: Target;
	/** What asking has shown of it already, so that nothing is sent for it. */
	readonly found?: Pick<Settlement, 'verdict' | 'attempts' | 'at'>;
}

/** Settled: by a request, by what asking has shown, or because the input could not be used. */
export interface ClosedRecord {
	readonly kind: 'closed';
	readonly itemIndex: number;
	/** By what it is known where it comes again; missing where the input could not be used. */
	readonly key?: string;
	/** What the receipt shows of it. */
	readonly shown: Readonly<Record<string, string>>;
	readonly settlement: Settlement;
	/** The same came earlier in the input. */
	readonly duplicate: boolean;
}

/** What a record is called in the middle of a sentence: "call", "calls". */
export interface Noun {
	readonly one: string;
	readonly many: string;
}

/** As much of a delete operation as receipts and messages say. */
export interface DeletionInWords {
	/** The node's name, for example `flyflow`. */
	readonly vendor: string;
	readonly resource: string;
	readonly noun: Noun;
	readonly defaults: Pick<DeletionDefaults, 'verb'>;
}

/** All that is known once a run is over. `settings` is missing if they could not be read. */
export interface FinishedRun {
	readonly deletion: DeletionInWords;
	readonly settings: DeletionSettings | undefined;
	readonly plan: string;
	/** Knows the account; missing where its credential could not be read. */
	readonly sealer?: ReceiptSealer;
	readonly records: readonly ClosedRecord[];
	/** What the receipts of an input item carry along, by its index. */
	readonly references?: ReadonlyMap<number, string>;
	/** Whether n8n starts the node again if it throws. */
	readonly hasTriesLeft: boolean;
	/** Why nothing was sent, if nothing was, in this try and in those before. */
	readonly notStarted?: string;
	/** Missing where nothing was asked of the vendor. */
	readonly effort?: Effort;
}

/**
 * Closes what is open: one record for each, or for each that a selector turned out to stand for, in
 * order; later appearances are marked.
 */
export function closeAll(
	records: readonly RunRecord[],
	settlementOf: (key: string) => Settlement | undefined,
): ClosedRecord[] {
	const seen = new Set<string>();
	const isRepeated = (key: string): boolean => {
		const repeated = seen.has(key);
		seen.add(key);
		return repeated;
	};
	return records.flatMap((record): ClosedRecord[] => {
		const { itemIndex } = record;
		if (record.kind === 'closed') {
			const { key } = record;
			return [{ ...record, duplicate: key !== undefined && isRepeated(key) }];
		}
		const key = targetKey(record.target);
		const duplicate = isRepeated(key);
		const settlement = settlementOf(key) ?? unsent(neverSettled);
		return recordsOf(record.target, settlement.verdict).map(({ target, verdict }) => ({
			kind: 'closed',
			itemIndex,
			key,
			shown: { ...showTarget(target), ...verdict.named },
			settlement: { ...settlement, verdict },
			duplicate,
		}));
	});
}

/** The records that a carried-out selector selected; for any other target, itself. */
function recordsOf(target: Target, verdict: Verdict): readonly SettledRecord[] {
	const records = verdict.outcome === 'accepted' ? verdict.records : undefined;
	return records ?? [{ target, verdict }];
}

/** An input that could not be used. */
export function unusable(itemIndex: number, message: string): ClosedRecord {
	const settlement = unsent(notErased('failed', 'badInput', message));
	return { kind: 'closed', itemIndex, shown: {}, settlement, duplicate: false };
}

/** Cannot happen as long as every target is settled; if it does, nothing is claimed. */
export const neverSettled = notErased(
	'unknown',
	'notUnderstood',
	'No outcome was recorded. Look for the record at the vendor',
);

/** A final verdict for which no request was sent. */
export function unsent(verdict: Verdict): Settlement {
	const at = new Date(clock.now()).toISOString();
	return { verdict, attempts: 0, at, final: true, doubt: 'none' };
}
