import type { NotErased, Reason, Verdict } from './outcome';

/** What an earlier request for a target leaves open. */
export type Doubt =
	| 'none'
	/** It was refused in one request with others, as a whole. */
	| 'refusedTogether'
	/** It may have been carried out, although no good answer came. */
	| 'mayBeDone';

const byWeight: readonly Doubt[] = ['none', 'refusedTogether', 'mayBeDone'];

/** The graver of two. */
export function graver(one: Doubt, other: Doubt): Doubt {
	return byWeight.indexOf(one) < byWeight.indexOf(other) ? other : one;
}

/**
 * What a later answer is worth after an earlier request. "Not there" may be our own doing;
 * and if the earlier one may have been carried out, nothing proves that the record is still there.
 */
export function withDoubt(verdict: Verdict, doubt: Doubt): Verdict {
	if (doubt === 'none') return verdict;
	if (verdict.outcome === 'notFound') {
		return { ...verdict, reason: { code: 'goneAfterRepeat', message: ownDoing[doubt] } };
	}
	const isSaidToStand =
		verdict.outcome === 'failed' || verdict.outcome === 'refused' || verdict.outcome === 'skipped';
	return isSaidToStand && doubt === 'mayBeDone' ? nobodyKnows(verdict) : verdict;
}

const ownDoing: Readonly<Record<Exclude<Doubt, 'none'>, string>> = {
	refusedTogether:
		'An earlier request for this record and others was turned down as a whole and may still have deleted it; the repeat found nothing',
	mayBeDone:
		'An earlier request for this record got no clear answer and may have deleted it; the repeat found nothing',
};

function nobodyKnows(verdict: NotErased): NotErased<'unknown'> {
	const { message, code } = verdict.reason;
	const reason: Reason<'cancelled' | 'replyLost'> =
		code === 'cancelled'
			? {
					code,
					message:
						'The execution was cancelled after a request for this record was sent; it may have been carried out. Look for the record at the vendor',
				}
			: {
					code: 'replyLost',
					message: `An earlier request got no clear answer and may have been carried out. ${message}`,
				};
	return { ...verdict, outcome: 'unknown', reason };
}
