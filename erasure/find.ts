import { ask, type Asked } from './asking';
import type { DeliveryOptions } from './delivery';
import type { Verdict } from './outcome';
import type { Reading } from './reading';
import type { Answer, Reply } from './reply';
import { distinct, targetKey, type Selector, type Target } from './target';

/** What a selector stands for: exact records, or a verdict of its own (nothing there, too many). */
export type Finding<T extends Target = Target> =
	| { readonly kind: 'targets'; readonly targets: readonly T[] }
	/** One record, and what is to be said of it: nothing is sent for it. */
	| { readonly kind: 'settledTarget'; readonly target: T; readonly verdict: Verdict }
	| { readonly kind: 'settled'; readonly verdict: Verdict };

/** How a vendor is asked which records a selector stands for, without changing them. */
export interface Finder<S extends Selector = Selector, T extends Target = Target> {
	/**
	 * Each selector names its record already, and asking only tells in what state that is: previews
	 * that look at the record itself have the same plan then.
	 */
	readonly selectorsNameRecords?: boolean;
	send(selector: S): Promise<Reply>;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, selector: S): Reading<Finding<T>> | undefined;
}

/** What came of asking what selectors stand for, by selector key; kept from try to try. */
export type Findings = Map<string, Asked<Finding>>;

/**
 * Resolves selectors into exact targets. What is found is not asked for again: "the last call" would
 * be another one in the next try. Where nothing came of asking, it is asked for again, a refusal
 * included: asking changes nothing.
 *
 * @param findings what earlier tries of the same run found; added to
 */
export async function findTargets(
	selectors: readonly Selector[],
	vendorName: string,
	finder: Finder,
	findings: Findings,
	options: DeliveryOptions,
): Promise<void> {
	const open = distinct(selectors).filter(
		(selector) => findings.get(targetKey(selector))?.kind !== 'understood',
	);
	const question = {
		vendorName,
		send: async (selector: Selector) => await finder.send(selector),
		read: (answer: Answer, selector: Selector) => finder.read(answer, selector),
	};
	for (const [selector, asked] of await ask(open, question, options)) {
		const key = targetKey(selector);
		const attempts = asked.attempts + (findings.get(key)?.attempts ?? 0);
		findings.set(key, { ...asked, attempts });
	}
}
