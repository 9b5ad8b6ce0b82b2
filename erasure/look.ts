import { ask, type Asked } from './asking';
import type { DeliveryOptions } from './delivery';
import type { Look } from './exchange';
import type { Verdict } from './outcome';
import type { Sighting } from './reading';
import type { Answer } from './reply';
import { unsettledOf, type RunOptions } from './run';
import { settlementOf } from './settlement';
import { distinct, targetKey, type Target } from './target';

/** Looks at records of a vendor of this name. */
export interface Looking {
	readonly vendorName: string;
	readonly look: Look;
}

/** Looks at every target once. Changes nothing. */
export async function lookAt(
	targets: readonly Target[],
	{ vendorName, look }: Looking,
	options: DeliveryOptions,
): Promise<ReadonlyMap<Target, Asked<Sighting>>> {
	const question = {
		vendorName,
		send: async (target: Target) => await look.send(target),
		read: (answer: Answer, target: Target) => look.read(answer, target),
	};
	return await ask(distinct(targets), question, options);
}

/** Looks at every target and says what a real run would do. */
export async function previewTargets(
	targets: readonly Target[],
	looking: Looking,
	options: RunOptions,
): Promise<void> {
	const { settlements } = options;
	const looks = await lookAt(unsettledOf(targets, settlements), looking, options);
	for (const [target, asked] of looks) {
		const { attempts, at } = asked;
		const verdict = asked.kind === 'understood' ? previewOf(asked.content) : asked.why;
		const key = targetKey(target);
		const coming = { verdict, attempts, at, repeatable: true };
		settlements.set(key, settlementOf(coming, settlements.get(key), options));
	}
}

/** What a preview says of a record. */
export function previewOf(sighting: Sighting): Verdict {
	const preview =
		sighting.found === false ? ({ found: false, wouldBe: 'notFound' } as const) : sighting;
	return { outcome: 'preview', evidence: 'none', preview };
}
