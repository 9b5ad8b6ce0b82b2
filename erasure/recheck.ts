import type { Exchange } from './exchange';
import type { Settlement } from './settlement';
import { settle, type RunOptions } from './run';
import { targetKey, type Target } from './target';

/**
 * Asks again about every target that the vendor called deleted or not there, or about which it
 * said nothing clear, and puts what was seen into the settlements. A look that fails changes
 * nothing: the vendor's own word stands.
 */
export async function recheck(
	targets: readonly Target[],
	exchange: Exchange,
	options: RunOptions,
): Promise<void> {
	const worthALook = targets.filter((target) => {
		const verdict = options.settlements.get(targetKey(target))?.verdict;
		return (
			(verdict?.outcome === 'deleted' && verdict.evidence === 'confirmed') ||
			verdict?.outcome === 'notFound' ||
			verdict?.outcome === 'unknown'
		);
	});
	const seen = new Map<string, Settlement>();
	await settle(worthALook, exchange, { ...options, settlements: seen });

	for (const [key, { verdict, at }] of seen) {
		const settlement = options.settlements.get(key);
		if (settlement === undefined || !isSeen(verdict)) continue;
		// A record that never was there has not been deleted by this run.
		if (settlement.verdict.outcome === 'notFound' && verdict.outcome === 'deleted') continue;
		const { vendorResponse } = settlement.verdict;
		options.settlements.set(key, {
			...settlement,
			verdict: vendorResponse === undefined ? verdict : { ...verdict, vendorResponse },
			at,
			final: true,
		});
	}
}

function isSeen(verdict: Settlement['verdict']): boolean {
	return (
		verdict.outcome === 'deleted' ||
		(verdict.outcome === 'unknown' && verdict.reason.code === 'stillThere')
	);
}
