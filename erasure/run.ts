import { Batches, type Batch } from './batch';
import { Delivery, type Arrival, type DeliveryOptions } from './delivery';
import { graver, withDoubt } from './doubt';
import type { Exchange } from './exchange';
import { Halving } from './halving';
import { judge, type Judgement } from './judgement';
import type { Settlement } from './settlement';
import { notErased, type NotErased, type Verdict } from './outcome';
import { pushBackDeadlineMs } from './pushBacks';
import type { Reply } from './reply';
import { targetKey, type Target } from './target';

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
	const kind = `${exchange.harmless ? 'look' : 'change'} ${options.kind ?? ''}`;
	const delivery = new Delivery<Batch, Judgement>(settling, { ...options, kind });
	await delivery.deliver(new Batches(unsettled, exchange), unsettled.length);
	return options.settlements;
}

function unsettledOf(
	targets: readonly Target[],
	settlements: ReadonlyMap<string, Settlement>,
): Target[] {
	const different = new Map(targets.map((target) => [targetKey(target), target]));
	return [...different]
		.filter(([key]) => settlements.get(key)?.final !== true)
		.map(([, target]) => target);
}

/** Makes verdicts of what was delivered, and knows which of them are in doubt and which final. */
class Settling {
	/** Why nothing more is sent, if the run ended itself: bad credentials, or too long a pause asked for. */
	private stopped: NotErased | undefined;

	private readonly halving = new Halving();

	constructor(
		private readonly exchange: Exchange,
		private readonly options: RunOptions,
	) {}

	async send({ targets }: Batch): Promise<Reply> {
		return await this.exchange.send(targets);
	}

	read(reply: Reply, batch: Batch): Judgement {
		const judgement = judge(reply, this.exchange, batch.targets);
		const mayBeDone =
			(judgement.kind === 'again' && judgement.inDoubt) ||
			(judgement.kind === 'cancelled' && !this.exchange.harmless);
		if (mayBeDone) batch.doubt = 'mayBeDone';
		return judgement;
	}

	arrived(batch: Batch, arrival: Arrival<Judgement>): readonly Batch[] {
		const isRefused =
			arrival.kind === 'answered' &&
			arrival.meaning.kind === 'settled' &&
			arrival.meaning.mayBeAboutOne === true;
		if (isRefused && batch.targets.length > 1 && this.mayDivide) {
			if (!this.exchange.harmless) batch.doubt = graver(batch.doubt, 'refusedTogether');
			batch.refusal = this.verdictsOf(arrival);
		} else {
			this.record(batch, this.verdictsOf(arrival));
		}
		const { parts, refused } = this.halving.arrived(batch, isRefused && this.mayDivide);
		for (const part of refused) this.record(part, part.refusal ?? (() => cancelledBeforeSending));
		return parts;
	}

	/** What may be sent only once is not sent in parts either. */
	private get mayDivide(): boolean {
		return this.exchange.harmless || this.exchange.repeatable;
	}

	private verdictsOf(arrival: Arrival<Judgement>): (target: Target) => Verdict {
		if (arrival.kind === 'notSent') {
			const verdict = this.stopped ?? cancelledBeforeSending;
			return () => verdict;
		}
		const { meaning, reply } = arrival;
		switch (meaning.kind) {
			case 'settled':
				return meaning.verdictOf;
			case 'stop': {
				const { message, vendorResponse } = meaning;
				// The reply is about these targets; of the others, nobody asked.
				this.stopped ??= notErased('skipped', 'badCredentials', message);
				const verdict = notErased('skipped', 'badCredentials', message, vendorResponse);
				return () => verdict;
			}
			case 'cancelled':
				return () => cancelledBeforeSending;
			case 'again': {
				const verdict = this.notSentAgain(arrival.kind, meaning, reply);
				return () => verdict;
			}
		}
	}

	/** What is left of a reply after which the request does not go out again. */
	private notSentAgain(
		why: 'answered' | 'usedUp' | 'waitsTooLong' | 'allWaitTooLong',
		{ otherwise, pushedBack }: Extract<Judgement, { kind: 'again' }>,
		reply: Reply,
	): NotErased {
		if (!pushedBack || reply.kind !== 'answered') return otherwise;
		const said = `${this.exchange.vendorName} answered ${reply.status}: it asked for fewer requests`;
		if (why === 'allWaitTooLong') this.stopped ??= pushedBackVerdict(said, tooLong);
		// A server error leaves open what was done.
		if (otherwise.outcome !== 'failed') return otherwise;
		return pushedBackVerdict(said, why === 'usedUp' ? othersAnswered : tooLong);
	}

	private record(batch: Batch, verdictOf: (target: Target) => Verdict): void {
		const { settlements, clock, watcher } = this.options;
		for (const target of batch.targets) {
			const key = targetKey(target);
			const earlier = settlements.get(key);
			const doubt = graver(batch.doubt, earlier?.doubt ?? 'none');
			const verdict = withDoubt(verdictOf(target), doubt);
			settlements.set(key, {
				verdict: this.options.keepVendorResponse ? verdict : withoutResponse(verdict),
				attempts: batch.attempts + (earlier?.attempts ?? 0),
				at: new Date(clock.now()).toISOString(),
				final: isFinal(verdict, this.exchange),
				doubt,
				// What was seen before another try stays seen.
				...(earlier?.seen === true ? { seen: true } : {}),
			});
		}
		watcher?.settled(batch.targets.length);
	}
}

export const cancelledBeforeSending = notErased(
	'skipped',
	'cancelled',
	'The execution was cancelled before this record was erased. Run the workflow again',
);

const tooLong = `for longer than the ${pushBackDeadlineMs / 60_000} minutes that a run waits. Try again later, or set Requests per Second in the node's options`;

const othersAnswered = 'although it answered others. Try this record again later';

function pushedBackVerdict(said: string, why: string): NotErased {
	return notErased('failed', 'pushedBack', `${said}, ${why}`);
}

function withoutResponse(verdict: Verdict): Verdict {
	const { vendorResponse: _, ...rest } = verdict;
	if (rest.outcome !== 'accepted' || rest.records === undefined) return rest;
	const records = rest.records.map((record) => ({
		...record,
		verdict: withoutResponse(record.verdict),
	}));
	return { ...rest, records };
}

/** Whether another try of the node must leave the target alone. */
function isFinal(verdict: Verdict, exchange: Exchange): boolean {
	switch (verdict.outcome) {
		case 'failed':
		case 'skipped':
			return false;
		case 'unknown':
			// An answer that came and was not understood stays one; a lost reply may be asked for again.
			return !exchange.repeatable || !mayComeGood.has(verdict.reason.code);
		default:
			return true;
	}
}

const mayComeGood = new Set(['replyLost', 'vendorError', 'cancelled']);
