import { notDocumented, recordByRecord, understood, type Reading } from './exchange';
import type { Settlement } from './settlement';
import type { Verdict } from './outcome';
import type { Answer, Reply } from './reply';
import { settle, type RunOptions } from './run';
import { targetKey, type Selector, type Target } from './target';

/** What a selector stands for: exact records, or a verdict of its own (nothing there, too many). */
export type Finding<T extends Target = Target> =
	| { readonly kind: 'targets'; readonly targets: readonly T[] }
	| { readonly kind: 'settled'; readonly verdict: Verdict };

/** What came of asking so far, by selector key; kept from try to try. */
export interface Inquiry {
	/** What the selectors were found to stand for. */
	readonly findings: Map<string, Finding>;
	/** How asking went, and in how many requests. */
	readonly asked: Map<string, Settlement>;
}

/** How a vendor is asked which records a selector stands for, without changing them. */
export interface Finder<S extends Selector = Selector, T extends Target = Target> {
	/**
	 * Each selector names its record already, and asking only tells in what state that is: previews
	 * that look at the record itself have the same plan then.
	 */
	readonly selectorsNameRecords?: boolean;
	send(selector: S): Promise<Reply>;
	/**
	 * A reading instead where the vendor says why it finds nothing: bad credentials, or a refusal;
	 * undefined where the answer is not as documented.
	 */
	read(answer: Answer, selector: S): Finding<T> | Reading | undefined;
}

/**
 * Resolves selectors into exact targets. What is found is not asked for again: "the last call" would
 * be another one in the next try.
 *
 * @param inquiry what earlier tries of the same run found; added to
 */
export async function findTargets(
	selectors: readonly Selector[],
	vendorName: string,
	finder: Finder,
	{ findings, asked }: Inquiry,
	options: RunOptions,
): Promise<void> {
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
	for (const selector of open) {
		const key = targetKey(selector);
		const earlier = asked.get(key);
		// Asking changes nothing, so that a refusal is asked for again as well.
		if (earlier !== undefined) asked.set(key, { ...earlier, final: false });
	}
	await settle(open, exchange, { ...options, settlements: asked });
}

const found: Verdict = {
	outcome: 'preview',
	evidence: 'none',
	preview: { found: true, wouldBe: 'deleted' },
};
