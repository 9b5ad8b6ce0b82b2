import { graver, withDoubt, type Doubt } from './doubt';
import type { Verdict } from './outcome';

/** What is known of a target once the run is done with it. */
export interface Settlement {
	readonly verdict: Verdict;
	/**
	 * Requests sent for this target, over all tries of "Retry On Fail". Looks count where they settle
	 * it, and not where a deletion does.
	 */
	readonly attempts: number;
	/** When the outcome was settled, ISO 8601 in UTC. */
	readonly at: string;
	/** A final outcome is never sent again, whatever n8n retries. */
	readonly final: boolean;
	/** A look, or the vendor's own answer, has shown the record: before it went, if it did. */
	readonly seen?: true;
	/** What requests so far leave open, for what a later one is worth. */
	readonly doubt: Doubt;
}

/** What one try came to. */
export interface Coming {
	readonly verdict: Verdict;
	readonly attempts: number;
	readonly at: string;
	readonly doubt?: Doubt;
	/** Whether what was sent may be sent again: a question always may. */
	readonly repeatable: boolean;
}

/** @param earlier what tries before this one came to */
export function settlementOf(
	{ verdict: came, attempts, at, doubt: own = 'none', repeatable }: Coming,
	earlier: Settlement | undefined,
	{ keepVendorResponse }: { readonly keepVendorResponse: boolean },
): Settlement {
	const doubt = graver(own, earlier?.doubt ?? 'none');
	const verdict = withDoubt(came, doubt);
	return {
		verdict: keepVendorResponse ? verdict : withoutResponse(verdict),
		attempts: attempts + (earlier?.attempts ?? 0),
		at,
		final: isFinal(verdict, repeatable),
		doubt,
		// What was seen before another try stays seen.
		...(earlier?.seen === true ? { seen: true } : {}),
	};
}

function withoutResponse(verdict: Verdict): Verdict {
	const { vendorResponse: _, ...rest } = verdict;
	if (rest.outcome !== 'accepted' || rest.records === undefined) return rest;
	const records = rest.records.map((record) => ({
		...record,
		verdict: withoutResponse(record.verdict),
	}));
	return { ...rest, records };
}

/** Whether another try of the node must leave the target alone. */
function isFinal(verdict: Verdict, repeatable: boolean): boolean {
	switch (verdict.outcome) {
		case 'failed':
		case 'skipped':
			return false;
		case 'unknown':
			// An answer that came and was not understood stays one; a lost reply may be asked for again.
			return !repeatable || !mayComeGood.has(verdict.reason.code);
		default:
			return true;
	}
}

const mayComeGood = new Set(['replyLost', 'vendorError', 'cancelled']);
