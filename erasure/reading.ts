import type { NotErased, Preview, Uncertain, Verdict } from './outcome';
import type { Target } from './target';

/** What a vendor's own reader makes of an answer, to a change or to a question. */
export type Reading<Content = Verdicts> =
	/** As documented. */
	| { readonly kind: 'understood'; readonly content: Content }
	/** The vendor says in its own way that the credentials are not good. */
	| { readonly kind: 'badCredentials'; readonly message: string }
	/**
	 * The vendor says that it did not do it, or does not tell, and may do it later; `otherwise` if it
	 * never does: `unknown` where it may have done it already.
	 */
	| { readonly kind: 'again'; readonly otherwise: NotErased<'failed'> | Uncertain }
	/** The vendor does not do it, or does not tell, and says why. */
	| { readonly kind: 'refused'; readonly why: NotErased }
	/** Not one of the documented answers; the rules for all vendors apply (judgement.ts). */
	| { readonly kind: 'notDocumented' };

/** What a change came to. A target that the answer does not mention is missing. */
export type Verdicts = ReadonlyMap<Target, Verdict>;

/** What a look at one record shows. */
export type Sighting =
	| { readonly found: false }
	| ({ readonly found: true } & Pick<Preview, 'wouldBe' | 'note'>)
	/** The vendor answers, but not whether it has the record. */
	| ({ readonly found: null } & Pick<Preview, 'wouldBe' | 'note'>);

export const notDocumented = { kind: 'notDocumented' } as const;

/** A reading of an answer that holds what was asked for. */
export function told<Content>(content: Content): Reading<Content> {
	return { kind: 'understood', content };
}

/** A reading of an answer that speaks of one target. */
export function understood(target: Target, verdict: Verdict): Reading {
	return told(new Map([[target, verdict]]));
}
