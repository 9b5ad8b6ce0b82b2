import { notErased, type SettledRecord, type Verdict } from '../../../erasure/outcome';
import type { Settlement } from '../../../erasure/settlement';
import { showTarget, targetKey, type Target } from '../../../erasure/target';
import { clock } from '../sending/clock';
import type { DeletionDefaults } from '../parameters/deletionFields';
import type { DeletionSettings } from '../parameters/deletionSettings';
import type { Effort } from './effort';

/** One line of the answer: a target, or an item that could not be turned into one. */
export interface Line {
	readonly itemIndex: number;
	/** What the receipt shows of the record. */
	readonly target: Readonly<Record<string, string>>;
	readonly settlement: Settlement;
	readonly duplicate: boolean;
}

/** As much of a delete operation as receipts and messages say. */
export interface DeletionInWords {
	/** The node's name, for example `flyflow`. */
	readonly vendor: string;
	readonly resource: string;
	/** What a record is called. */
	readonly noun: { readonly one: string; readonly many: string };
	readonly defaults: Pick<DeletionDefaults, 'verb'>;
}

/** All that is known once a run is over. `settings` is missing if they could not be read. */
export interface FinishedRun {
	readonly deletion: DeletionInWords;
	readonly settings: DeletionSettings | undefined;
	readonly plan: string;
	readonly lines: readonly Line[];
	/** Whether n8n starts the node again if it throws. */
	readonly hasTriesLeft: boolean;
	/** Why nothing was sent, if nothing was, in this try and in those before. */
	readonly notStarted?: string;
	/** Missing where nothing was asked of the vendor. */
	readonly effort?: Effort;
}

/** What an input item came to: a target to settle, or a verdict without a target. */
export type Entry =
	| {
			readonly itemIndex: number;
			readonly target: Target;
			/** What asking has shown of it already, so that nothing is sent for it. */
			readonly found?: Pick<Settlement, 'verdict' | 'attempts' | 'at'>;
	  }
	| {
			readonly itemIndex: number;
			/** The selector's; missing where the input could not be used. */
			readonly key?: string;
			readonly shown: Readonly<Record<string, string>>;
			readonly settlement: Settlement;
	  };

/**
 * One line for each entry, or for each record that a selector turned out to stand for, in order; a
 * target's later appearances are marked.
 */
export function toLines(
	entries: readonly Entry[],
	settlementOf: (key: string) => Settlement | undefined,
): Line[] {
	const seen = new Set<string>();
	const isRepeated = (key: string): boolean => {
		const repeated = seen.has(key);
		seen.add(key);
		return repeated;
	};
	return entries.flatMap((entry): Line[] => {
		const { itemIndex } = entry;
		if ('settlement' in entry) {
			const { key, shown, settlement } = entry;
			const duplicate = key !== undefined && isRepeated(key);
			return [{ itemIndex, target: shown, settlement, duplicate }];
		}
		const key = targetKey(entry.target);
		const duplicate = isRepeated(key);
		const settlement = settlementOf(key) ?? unsent(neverSettled);
		return recordsOf(entry.target, settlement.verdict).map(({ target, verdict }) => ({
			itemIndex,
			target: showTarget(target),
			settlement: { ...settlement, verdict },
			duplicate,
		}));
	});
}

/** The records that a carried-out selector stood for; for any other target, itself. */
function recordsOf(target: Target, verdict: Verdict): readonly SettledRecord[] {
	const records = verdict.outcome === 'accepted' ? verdict.records : undefined;
	return records ?? [{ target, verdict }];
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
