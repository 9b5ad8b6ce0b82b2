import { lookAt, type Looking } from './look';
import { notErased, type Verdict } from './outcome';
import type { RunOptions } from './run';
import type { Settlement } from './settlement';
import { targetKey, type Target } from './target';

/**
 * Looks for every target before anything is sent for it, so that a look afterwards proves something.
 *
 * @param seen what looks have found so far, by target key; added to
 */
export async function lookBefore(
	targets: readonly Target[],
	looking: Looking,
	options: RunOptions,
	seen: Set<string>,
): Promise<void> {
	const unseen = targets.filter((target) => {
		const key = targetKey(target);
		return !seen.has(key) && options.settlements.get(key)?.final !== true;
	});
	for (const [target, asked] of await lookAt(unseen, looking, options)) {
		const isSeen = asked.kind === 'understood' && asked.content.found === true;
		if (isSeen) seen.add(targetKey(target));
	}
}

/** Puts into the settlements which targets were seen before anything was sent for them. */
export function markSeen(
	seen: Iterable<string>,
	{ settlements }: Pick<RunOptions, 'settlements'>,
): void {
	for (const key of seen) {
		const settlement = settlements.get(key);
		if (settlement !== undefined) settlements.set(key, { ...settlement, seen: true });
	}
}

/**
 * Asks again about every target of which it is not certain what became of it, the vendor's own word
 * included, and puts what was seen into the settlements. A look that fails changes nothing: what was
 * known stands.
 */
export async function recheck(
	targets: readonly Target[],
	looking: Looking,
	options: RunOptions,
): Promise<void> {
	const worthALook = targets.filter((target) => {
		const verdict = options.settlements.get(targetKey(target))?.verdict;
		return (
			(verdict?.outcome === 'deleted' && verdict.evidence === 'confirmed') ||
			verdict?.outcome === 'notFound' ||
			verdict?.outcome === 'unknown' ||
			verdict?.outcome === 'failed'
		);
	});
	for (const [target, asked] of await lookAt(worthALook, looking, options)) {
		const key = targetKey(target);
		const settlement = options.settlements.get(key);
		if (settlement === undefined || asked.kind === 'nothing') continue;
		const { at, content } = asked;
		if (content.found === false) {
			options.settlements.set(key, afterNothingWasFound(settlement, at));
		} else if (content.found === true) {
			const stillThere = stillThereAt(looking.vendorName);
			options.settlements.set(key, afterItWasFound(settlement, stillThere, at));
		}
	}
}

function stillThereAt(vendorName: string): Verdict {
	return notErased(
		'unknown',
		'stillThere',
		`A later look-up still found it at ${vendorName}. Run it again, or delete it there`,
	);
}

/** @param stillThere what it is if that is news */
function afterItWasFound(settlement: Settlement, stillThere: Verdict, at: string): Settlement {
	// Nothing has been done, as was said; why, and that it may be sent again, stays.
	if (settlement.verdict.outcome === 'failed') return { ...settlement, seen: true };
	// What may be sent again because no clear answer came may be so all the more now.
	const final = settlement.verdict.outcome !== 'unknown' || settlement.final;
	return { ...concluded(settlement, stillThere, at), final, seen: true };
}

/**
 * What is not there after a request proves a deletion where the vendor's word says that it made one,
 * or where the record was seen before. It may never have been there otherwise, or the look may ask in
 * a way that finds nothing.
 */
function afterNothingWasFound(settlement: Settlement, at: string): Settlement {
	const { verdict } = settlement;
	switch (verdict.outcome) {
		case 'deleted':
			return concluded(settlement, gone, at);
		case 'unknown':
		case 'failed': {
			if (!mayBeOurs(settlement)) return concluded(settlement, goneByOthers, at);
			const wasSeen = settlement.seen === true || verdict.reason.code === 'stillThere';
			return concluded(settlement, wasSeen ? gone : goneUnseen, at);
		}
		default:
			return settlement;
	}
}

/** Whether a request of this run may have been carried out, whatever the last one met. */
function mayBeOurs({ verdict, doubt }: Settlement): boolean {
	return verdict.outcome === 'unknown' || doubt !== 'none';
}

const gone: Verdict = { outcome: 'deleted', evidence: 'rechecked' };

const goneUnseen: Verdict = goneAtLook(
	'A later look-up did not find it. Nothing had shown this record before, so this run may have deleted it, or it was never there',
);

const goneByOthers: Verdict = goneAtLook(
	'This run did not delete it, and a later look-up did not find it',
);

function goneAtLook(message: string): Verdict {
	return { outcome: 'notFound', evidence: 'rechecked', reason: { code: 'goneAtLook', message } };
}

/** The vendor's reply to the deletion is kept: that to a look says nothing that the verdict does not. */
function concluded(settlement: Settlement, verdict: Verdict, at: string): Settlement {
	const { vendorResponse } = settlement.verdict;
	return {
		...settlement,
		verdict: vendorResponse === undefined ? verdict : { ...verdict, vendorResponse },
		at,
		final: true,
	};
}
