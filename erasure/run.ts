import { Batches, type Batch } from './batch';
import { Delivery, type Arrival, type DeliveryOptions } from './delivery';
import { graver } from './doubt';
import { cancelledBeforeSending, Endings, type Ending } from './ending';
import type { Exchange } from './exchange';
import { Halving } from './halving';
import { judge, notMentioned, type Judgement, type RequestKind } from './judgement';
import type { Verdict } from './outcome';
import type { Verdicts } from './reading';
import type { Reply } from './reply';
import { settlementOf, type Settlement } from './settlement';
import { distinct, targetKey, type Target } from './target';

export interface RunOptions extends DeliveryOptions {
	/** Whether verdicts keep the vendor's reply; if not, it is let go as soon as it is read. */
	readonly keepVendorResponse: boolean;
	/** What earlier tries of the same run settled, by target key. Updated as targets settle. */
	readonly settlements: Map<string, Settlement>;
}

/**
 * Brings every target to exactly one outcome.
 *
 * Equal targets are sent once. A target with a final outcome from an earlier try is not sent. The
 * promise never rejects because of what a vendor does, and resolves soon after the signal aborts.
 *
 * @returns settlements by target key, one for each different target
 */
export async function settle(
	targets: readonly Target[],
	exchange: Exchange,
	options: RunOptions,
): Promise<ReadonlyMap<string, Settlement>> {
	const unsettled = unsettledOf(targets, options.settlements);
	options.watcher?.begun(unsettled.length);
	const settling = new Settling(exchange, options);
	const kind = `change ${options.kind ?? ''}`;
	const delivery = new Delivery<Batch, Judgement<Verdicts>>(settling, { ...options, kind });
	await delivery.deliver(new Batches(unsettled, exchange), unsettled.length);
	return options.settlements;
}

/** Each once, without those that an earlier try has settled for good. */
export function unsettledOf<T extends Target>(
	targets: readonly T[],
	settlements: ReadonlyMap<string, Settlement>,
): T[] {
	return distinct(targets).filter((target) => settlements.get(targetKey(target))?.final !== true);
}

/** Makes verdicts of what was delivered, and knows which of them are in doubt and which final. */
class Settling {
	private readonly request: RequestKind;

	private readonly endings: Endings;

	private readonly halving = new Halving();

	constructor(
		private readonly exchange: Exchange,
		private readonly options: RunOptions,
	) {
		const { vendorName, repeatable } = exchange;
		this.request = { vendorName, effect: repeatable ? 'repeatable' : 'unrepeatable' };
		this.endings = new Endings(vendorName);
	}

	async send({ targets }: Batch): Promise<Reply> {
		return await this.exchange.send(targets);
	}

	read(reply: Reply, batch: Batch): Judgement<Verdicts> {
		const judgement = judge(reply, this.request, (answer) =>
			this.exchange.read(answer, batch.targets),
		);
		const mayBeDone =
			(judgement.kind === 'again' && judgement.inDoubt) || judgement.kind === 'cancelled';
		if (mayBeDone) batch.doubt = 'mayBeDone';
		return judgement;
	}

	arrived(batch: Batch, arrival: Arrival<Judgement<Verdicts>>): readonly Batch[] {
		const verdictOf = this.verdictsOf(this.endings.of(arrival));
		const isRefused =
			arrival.kind === 'answered' &&
			arrival.meaning.kind === 'settled' &&
			arrival.meaning.mayBeAboutOne === true;
		// What may be sent only once is not sent in parts either.
		const isDivided = isRefused && this.exchange.repeatable;
		if (isDivided && batch.targets.length > 1) {
			batch.doubt = graver(batch.doubt, 'refusedTogether');
			batch.refusal = verdictOf;
		} else {
			this.record(batch, verdictOf);
		}
		const { parts, refused } = this.halving.arrived(batch, isDivided);
		for (const part of refused) this.record(part, part.refusal ?? (() => cancelledBeforeSending));
		return parts;
	}

	private verdictsOf(ending: Ending<Verdicts>): (target: Target) => Verdict {
		if (ending.kind === 'nothing') return () => ending.why;
		return (target) => ending.content.get(target) ?? notMentioned(this.request);
	}

	private record(batch: Batch, verdictOf: (target: Target) => Verdict): void {
		const { settlements, clock, watcher } = this.options;
		const { attempts, doubt } = batch;
		const { repeatable } = this.exchange;
		const at = new Date(clock.now()).toISOString();
		for (const target of batch.targets) {
			const key = targetKey(target);
			const coming = { verdict: verdictOf(target), attempts, at, doubt, repeatable };
			settlements.set(key, settlementOf(coming, settlements.get(key), this.options));
		}
		watcher?.settled(batch.targets.length);
	}
}
