import { ask, type Asked } from './asking';
import type { DeliveryOptions } from './delivery';
import type { Verdict } from './outcome';
import type { Reading } from './reading';
import type { Answer, Reply } from './reply';
import { distinct, targetKey, type Selector, type Target } from './target';

/** What a selector selects: exact records, or a verdict of its own (nothing there, too many). */
export type Finding<T extends Target = Target> =
	| { readonly kind: 'targets'; readonly targets: readonly T[] }
	/** One record, and what is to be said of it: nothing is sent for it. */
	| { readonly kind: 'settledTarget'; readonly target: T; readonly verdict: Verdict }
	| { readonly kind: 'settled'; readonly verdict: Verdict };

/** How a vendor is asked which records a selector selects, without changing them. */
export interface Finder<S extends Selector = Selector, T extends Target = Target> {
	/**
	 * Each selector names its record already, and asking only tells in what state that is: previews
	 * that look at the record itself have the same plan then.
	 */
	readonly selectorsNameRecords?: boolean;
	/**
	 * The questions that together answer for a selector, where one is not enough: the notations of a
	 * number. Each has identifiers of its own, and is asked and read like a selector. What any of them
	 * finds is found; it is not there only if none finds it.
	 */
	questionsOf?(selector: S): readonly S[];
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
	const questionsOf = (selector: Selector) => finder.questionsOf?.(selector) ?? [selector];
	const open = distinct(selectors.flatMap(questionsOf)).filter(
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
	if (finder.questionsOf === undefined) return;
	for (const selector of distinct(selectors)) {
		const answers = questionsOf(selector).flatMap((asked) => findings.get(targetKey(asked)) ?? []);
		findings.set(targetKey(selector), together(answers));
	}
}

/** What the answers to all questions about one selector come to. */
function together(answers: ReadonlyArray<Asked<Finding>>): Asked<Finding> {
	const attempts = answers.reduce((sum, answer) => sum + answer.attempts, 0);
	const at =
		answers
			.map((answer) => answer.at)
			.sort()
			.at(-1) ?? '';
	// What is not known of one notation is not known of the number.
	const unanswered = answers.find(({ kind }) => kind === 'nothing');
	if (unanswered !== undefined) return { ...unanswered, attempts, at };
	const contents = answers.flatMap((answer) => ('content' in answer ? [answer.content] : []));
	return { kind: 'understood', content: union(contents), attempts, at };
}

function union(findings: readonly Finding[]): Finding {
	const said = findings.find(
		(finding) => finding.kind !== 'targets' && finding.verdict.outcome !== 'notFound',
	);
	if (said !== undefined) return said;
	const targets = findings.flatMap((finding) =>
		finding.kind === 'targets' ? finding.targets : [],
	);
	const [first] = findings;
	return first === undefined || targets.length > 0
		? { kind: 'targets', targets: distinct(targets) }
		: first;
}
