import type { AccountPace } from './accountPace';
import type { Clock } from './clock';
import type { Exchange } from './exchange';
import { judge, type Judgement } from './judgement';
import type { Settlement } from './settlement';
import { notErased, type NotErased, type Verdict } from './outcome';
import { Pace, type Load, type PaceLimits } from './pace';
import { pushBackDeadlineMs, PushBacks } from './pushBacks';
import type { Reply } from './reply';
import { targetKey, type Target } from './target';
import { growingWait } from './wait';
import type { RunWatcher } from './watcher';

/** Requests per target in one run, push-backs not counted. */
export const maximumAttempts = 4;

export interface RunOptions extends PaceLimits {
	readonly signal: AbortSignal;
	readonly clock: Clock;
	/** Whether verdicts keep the vendor's reply; if not, it is let go as soon as it is read. */
	readonly keepVendorResponse: boolean;
	/** What earlier tries of the same run settled, by target key. Updated as targets settle. */
	readonly settlements: Map<string, Settlement>;
	readonly watcher?: RunWatcher;
	/** Shared with other runs at the same account; missing where there are none. */
	readonly account?: AccountPace;
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
	const run = new Run(exchange, options);
	const unsettled = run.unsettled(targets);
	options.watcher?.begun(unsettled.length);
	await run.settleAll(inBatches(unsettled, exchange));
	return options.settlements;
}

function inBatches(targets: readonly Target[], exchange: Exchange): Target[][] {
	const groups = new Map<string, Target[]>();
	for (const target of targets) {
		const group = exchange.groupOf?.(target) ?? '';
		const members = groups.get(group);
		if (members === undefined) groups.set(group, [target]);
		else members.push(target);
	}
	const size = exchange.targetsPerRequest;
	const batches: Target[][] = [];
	for (const members of groups.values()) {
		for (let start = 0; start < members.length; start += size) {
			batches.push(members.slice(start, start + size));
		}
	}
	return batches;
}

/** Where one batch stands between its attempts. */
interface Progress {
	attempts: number;
	/** Attempts that count against the maximum: those that were not pushed back. */
	counted: number;
	inDoubt: boolean;
}

class Run {
	private readonly pace: Pace;

	/** Why nothing more is sent, if the run ended itself: bad credentials, or too long a pause asked for. */
	private stopped: NotErased | undefined;

	private readonly stopping = new AbortController();

	/** Aborts when the execution is cancelled or the run ends itself: no wait outlives either. */
	private readonly ended: AbortSignal;

	private readonly pushBacks: PushBacks;

	constructor(
		private readonly exchange: Exchange,
		private readonly options: RunOptions,
	) {
		this.ended = AbortSignal.any([options.signal, this.stopping.signal]);
		this.pace = new Pace(options, options.clock, this.ended, options.account);
		this.pushBacks = new PushBacks(options.clock);
	}

	unsettled(targets: readonly Target[]): Target[] {
		const different = new Map(targets.map((target) => [targetKey(target), target]));
		return [...different]
			.filter(([key]) => this.options.settlements.get(key)?.final !== true)
			.map(([, target]) => target);
	}

	async settleAll(batches: readonly Target[][]): Promise<void> {
		const queue = batches[Symbol.iterator]();
		const work = async () => {
			for (const batch of queue) await this.settleBatch(batch);
		};
		const workers = Math.min(this.options.maxConcurrency, batches.length);
		await Promise.all(Array.from({ length: workers }, work));
		this.pace.close();
	}

	private async settleBatch(batch: readonly Target[]): Promise<void> {
		const progress: Progress = {
			attempts: 0,
			counted: 0,
			inDoubt: false,
		};
		while (!(await this.attempt(batch, progress)));
	}

	/** Makes one attempt at a batch. @returns whether the batch is settled */
	private async attempt(batch: readonly Target[], progress: Progress): Promise<boolean> {
		const turn = await this.pace.turn();
		if (turn === undefined || this.ended.aborted) {
			const verdict = this.stopped ?? cancelledBeforeSending;
			return this.record(batch, progress, () => verdict);
		}

		progress.attempts += 1;
		const reply = await this.send(batch);
		const judgement = judge(reply, this.exchange, batch);
		const pauseMs = this.pauseAfter(judgement, reply, progress);
		this.pace.end(turn, loadOf(judgement, pauseMs));
		return await this.conclude(batch, progress, judgement, pauseMs);
	}

	/** A vendor's code that throws is a defect of ours, and costs no other record its receipt. */
	private async send(batch: readonly Target[]): Promise<Reply> {
		try {
			return await this.exchange.send(batch);
		} catch {
			return { kind: 'lost', cause: 'the node gave no details' };
		}
	}

	private async conclude(
		batch: readonly Target[],
		progress: Progress,
		judgement: Judgement,
		pauseMs: number,
	): Promise<boolean> {
		switch (judgement.kind) {
			case 'settled':
				return this.record(batch, progress, judgement.verdictOf);
			case 'stop': {
				const { message, vendorResponse } = judgement;
				// The reply is about these targets; of the others, nobody asked.
				this.stop(notErased('skipped', 'badCredentials', message));
				const verdict = notErased('skipped', 'badCredentials', message, vendorResponse);
				return this.record(batch, progress, () => verdict);
			}
			case 'cancelled':
				progress.inDoubt ||= !this.exchange.harmless;
				return this.record(batch, progress, () => cancelledBeforeSending);
			case 'again': {
				progress.inDoubt ||= judgement.inDoubt;
				// A push-back pauses the whole run, through the pace; a server error this batch alone.
				if (judgement.pushedBack) return false;
				progress.counted += 1;
				if (progress.counted >= maximumAttempts) {
					return this.record(batch, progress, () => judgement.otherwise);
				}
				await this.options.clock.sleep(pauseMs, this.ended);
				return false;
			}
		}
	}

	/** Nothing more is sent; what is under way is waited for. The first reason stands. */
	private stop(why: NotErased): void {
		this.stopped ??= why;
		this.stopping.abort();
	}

	/** How long to wait before the batch goes out again, in milliseconds. */
	private pauseAfter(judgement: Judgement, reply: Reply, progress: Progress): number {
		if (judgement.kind !== 'again' || !judgement.pushedBack || reply.kind !== 'answered') {
			this.pushBacks.over();
			return growingWait(progress.counted + 1, this.options.clock);
		}
		this.options.watcher?.pushedBack();
		const pauseMs = this.pushBacks.next(reply.headers);
		if (pauseMs === undefined) this.stop(waitedLongEnough(judgement.otherwise));
		return pauseMs ?? 0;
	}

	private record(
		batch: readonly Target[],
		progress: Progress,
		verdictOf: (target: Target) => Verdict,
	): true {
		const { settlements, clock, watcher } = this.options;
		for (const target of batch) {
			const key = targetKey(target);
			const earlier = settlements.get(key);
			const inDoubt = progress.inDoubt || earlier?.inDoubt === true;
			const verdict = inDoubt ? withDoubt(verdictOf(target)) : verdictOf(target);
			settlements.set(key, {
				verdict: this.options.keepVendorResponse ? verdict : withoutResponse(verdict),
				attempts: progress.attempts + (earlier?.attempts ?? 0),
				at: new Date(clock.now()).toISOString(),
				final: isFinal(verdict, this.exchange),
				inDoubt,
			});
		}
		watcher?.settled(batch.length);
		return true;
	}
}

export const cancelledBeforeSending = notErased(
	'skipped',
	'cancelled',
	'The execution was cancelled before this record was erased. Run the workflow again',
);

function waitedLongEnough({ reason }: NotErased): NotErased {
	const minutes = pushBackDeadlineMs / 60_000;
	return notErased(
		'failed',
		'pushedBack',
		`${reason.message}, for longer than the ${minutes} minutes that a run waits. Try again later, or set Requests per Second in the node's options`,
	);
}

function loadOf(judgement: Judgement, pauseMs: number): Load {
	if (judgement.kind !== 'again') return { kind: 'keptUp' };
	return judgement.pushedBack ? { kind: 'pushedBack', pauseMs } : { kind: 'strained' };
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

/**
 * What a later answer is worth when an earlier request for the same target may have been carried
 * out: "not there" may be our own doing, and nothing proves that the record still stands.
 */
function withDoubt(verdict: Verdict): Verdict {
	if (verdict.outcome === 'notFound') {
		return {
			...verdict,
			reason: {
				code: 'goneAfterRepeat',
				message:
					'An earlier request for this record got no clear answer and may have deleted it; the repeat found nothing',
			},
		};
	}
	if (
		verdict.outcome === 'failed' ||
		verdict.outcome === 'refused' ||
		verdict.outcome === 'skipped'
	) {
		const { message, code } = verdict.reason;
		return {
			...verdict,
			outcome: 'unknown',
			reason: {
				code: code === 'cancelled' ? code : 'replyLost',
				message:
					code === 'cancelled'
						? 'The execution was cancelled after a request for this record was sent; it may have been carried out. Look for the record at the vendor'
						: `An earlier request got no clear answer and may have been carried out. ${message}`,
			},
		};
	}
	return verdict;
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
