import { notDocumented, recordByRecord, understood, type Reading } from './exchange';
import type { Settlement } from './settlement';
import type { Verdict } from './outcome';
import type { Answer, Reply } from './reply';
import { settle, type RunOptions } from './run';
import { targetKey, type Selector, type Target } from './target';

/** What a selector stands for: exact records, or a verdict of its own (nothing there, too many). */
export type Finding =
	| { readonly kind: 'targets'; readonly targets: readonly Target[] }
	| { readonly kind: 'settled'; readonly verdict: Verdict };

/** How a vendor is asked which records a selector stands for, without changing them. */
export interface Finder {
	/**
	 * Each selector names its record already, and asking only tells in what state that is: previews
	 * that look at the record itself have the same plan then.
	 */
	readonly selectorsNameRecords?: boolean;
	send(selector: Selector): Promise<Reply>;
	/**
	 * A reading instead where the vendor says why it finds nothing: bad credentials, or a refusal;
	 * undefined where the answer is not as documented.
	 */
	read(answer: Answer, selector: Selector): Finding | Reading | undefined;
}

/**
 * Resolves selectors into exact targets. What is found is kept in `findings` and not asked for
 * again: "the last call" would be another one in the next try.
 *
 * @param findings what earlier tries of the same run found, by selector key; added to
 * @returns how asking went, by selector key: the verdict of a selector without a finding
 */
export async function findTargets(
	selectors: readonly Selector[],
	vendorName: string,
	finder: Finder,
	findings: Map<string, Finding>,
	options: RunOptions,
): Promise<ReadonlyMap<string, Settlement>> {
	const exchange = recordByRecord({
		vendorName,
		harmless: true,
		send: async (selector) => await finder.send(selector),
		read: (answer, selector) => {
			const finding = finder.read(answer, selector);
			if (finding === undefined) return notDocumented;
			if (finding.kind !== 'targets' && finding.kind !== 'settled') return finding;
			findings.set(targetKey(selector), finding);
			return understood(selector, found);
		},
	});
	const open = selectors.filter((selector) => !findings.has(targetKey(selector)));
	const settlements = new Map<string, Settlement>();
	await settle(open, exchange, { ...options, settlements });
	return settlements;
}

const found: Verdict = {
	outcome: 'preview',
	evidence: 'none',
	preview: { found: true, wouldBe: 'deleted' },
};
