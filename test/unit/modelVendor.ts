import { type Exchange } from '../../erasure/exchange';
import { notErased, type Verdict } from '../../erasure/outcome';
import { notDocumented, told, type Reading } from '../../erasure/reading';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import { answer, callId, lost, notDelivered } from './scriptedVendor';
import type { VirtualClock } from './virtualClock';

/** What a vendor, or what lies between it and us, can do with one request. */
export type Move =
	/** Does what it is asked and says so. */
	| { readonly kind: 'good' }
	/** Does what it is asked and forgets to mention the first record. */
	| { readonly kind: 'forgetful' }
	/** Does nothing and says so. */
	| { readonly kind: 'says'; readonly status: 400 | 401 | 403 | 409 | 429 | 500 | 503 }
	/** Does nothing and says so of each record by itself. */
	| { readonly kind: 'busy' | 'protected' }
	| { readonly kind: 'pause'; readonly status: 403 | 429 | 500 | 503; readonly retryAfter: string }
	| { readonly kind: 'notDelivered' }
	/** Does what it is asked or not, and no one can tell from the answer. */
	| {
			readonly kind: 'lost' | 'garbled';
			readonly carriedOut: boolean;
	  }
	| {
			readonly kind: 'gateway';
			readonly status: 502 | 504;
			readonly carriedOut: boolean;
			readonly retryAfter?: string | undefined;
	  };

export interface PlannedMove {
	readonly move: Move;
	readonly lastsMs: number;
	/** Whether a request that is cut off by cancelling has been carried out by then. */
	readonly carriedOutIfCutOff: boolean;
}

/** One request as the vendor remembers it. */
export interface Handled {
	readonly ids: readonly string[];
	readonly try: number;
	/** The run that sent it was told to stop before. */
	readonly afterAbort: boolean;
	/** Credentials were turned down before, in the same try. */
	readonly afterStop: boolean;
	/** What it looked like from outside once it was over. */
	readonly reply: Reply | undefined;
}

const good: PlannedMove = { move: { kind: 'good' }, lastsMs: 10, carriedOutIfCutOff: true };

/**
 * A vendor that has records and loses them only when it carries out a request. It follows a plan,
 * one move for each request, and after that does what it is asked.
 */
export class ModelVendor implements Exchange {
	readonly vendorName = 'Acme';

	readonly handled: Handled[] = [];

	/** Records that a request of ours deleted. */
	readonly deleted = new Set<string>();

	tries = 0;

	inFlight = 0;

	mostInFlight = 0;

	private stopped = false;

	private signal = new AbortController().signal;

	constructor(
		private readonly clock: VirtualClock,
		private readonly records: ReadonlySet<string>,
		private readonly plan: readonly PlannedMove[],
		readonly targetsPerRequest: number,
		readonly repeatable: boolean,
	) {}

	has(id: string): boolean {
		return this.records.has(id) && !this.deleted.has(id);
	}

	startTry(signal: AbortSignal): void {
		this.tries += 1;
		this.stopped = false;
		this.signal = signal;
	}

	async send(targets: readonly Target[]): Promise<Reply> {
		const ids = targets.map(callId);
		const index = this.handled.length;
		const base = {
			ids,
			try: this.tries,
			afterAbort: this.signal.aborted,
			afterStop: this.stopped,
		};
		this.handled.push({ ...base, reply: undefined });
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		const planned = this.plan[index] ?? good;
		await this.clock.pass(planned.lastsMs, this.signal);
		const reply = this.signal.aborted ? this.cutOff(ids, planned) : this.make(planned.move, ids);
		this.inFlight -= 1;
		this.stopped ||= reply.kind === 'answered' && reply.status === 401;
		this.handled[index] = { ...base, reply };
		return reply;
	}

	read({ status, body }: Answer, targets: readonly Target[]): Reading {
		const words = asRecord(parseJson(body));
		if (status !== 200 || words === undefined) return notDocumented;
		const verdicts = targets.flatMap((target) => {
			const verdict = wordings[String(words[callId(target)])];
			return verdict === undefined ? [] : [[target, verdict] as const];
		});
		return told(new Map(verdicts));
	}

	private cutOff(ids: readonly string[], { carriedOutIfCutOff }: PlannedMove): Reply {
		if (carriedOutIfCutOff) this.carryOut(ids);
		return { kind: 'cancelled' };
	}

	private make(move: Move, ids: readonly string[]): Reply {
		switch (move.kind) {
			case 'good':
				return answer(200, this.carryOut(ids));
			case 'forgetful': {
				const { [ids[0] ?? '']: _, ...rest } = this.carryOut(ids);
				return answer(200, rest);
			}
			case 'says':
				return answer(move.status);
			case 'busy':
			case 'protected':
				return answer(200, Object.fromEntries(ids.map((id) => [id, move.kind])));
			case 'pause':
				return answer(move.status, '', { 'retry-after': move.retryAfter });
			case 'notDelivered':
				return notDelivered;
			case 'lost':
			case 'garbled':
				if (move.carriedOut) this.carryOut(ids);
				return move.kind === 'lost' ? lost : answer(200, '<html>Please log in</html>');
			case 'gateway': {
				if (move.carriedOut) this.carryOut(ids);
				const { retryAfter } = move;
				const headers = retryAfter === undefined ? undefined : { 'retry-after': retryAfter };
				return answer(move.status, '', headers);
			}
		}
	}

	private carryOut(ids: readonly string[]): Record<string, string> {
		return Object.fromEntries(
			ids.map((id) => {
				const word = this.has(id) ? 'deleted' : 'notFound';
				if (word === 'deleted') this.deleted.add(id);
				return [id, word];
			}),
		);
	}
}

const wordings: Readonly<Record<string, Verdict>> = {
	deleted: { outcome: 'deleted', evidence: 'confirmed' },
	notFound: { outcome: 'notFound', evidence: 'confirmed' },
	busy: notErased('failed', 'vendorError', 'Acme was busy with this record'),
	protected: notErased('refused', 'refusedByVendor', 'Acme protects this record'),
};
