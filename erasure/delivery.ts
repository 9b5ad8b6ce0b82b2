import { AccountPace } from './accountPace';
import type { Troubled } from './blame';
import type { Clock } from './clock';
import { Pace, type Load, type PaceLimits } from './pace';
import { pushBackDeadlineMs } from './pushBacks';
import type { Answer, Reply } from './reply';
import { SendQueue, type Supply } from './sendQueue';
import type { Standing } from './standing';
import { firstWaitMs, growingWait } from './wait';
import type { RunWatcher } from './watcher';
import { readPause } from './retryAfter';

/** Attempts at one parcel in one delivery, push-backs of everything not counted. */
export const maximumAttempts = 4;

/** What travels in one request, and how it fared so far. */
export interface Parcel extends Troubled {
	/** Requests that have carried it. */
	attempts: number;
	/** Those of them that count against the maximum. */
	counted: number;
}

/** What a reply means for the delivery. */
export type Course =
	/** No other request is needed. */
	| { readonly kind: 'understood' | 'settled' }
	/** Another may bring a better reply. */
	| {
			readonly kind: 'again';
			/** The vendor asks for less, or for a pause. */
			readonly pushedBack: boolean;
	  }
	/** The credentials are not good: nothing more is sent. */
	| { readonly kind: 'stop' }
	| { readonly kind: 'cancelled' };

/** What came of a parcel in the end. */
export type Arrival<Meaning> =
	/**
	 * The last reply, and why no other is asked for: it needs none; all attempts are used up; the vendor
	 * wants this one, or everything, to wait for longer than a run waits.
	 */
	| {
			readonly kind: 'answered' | 'usedUp' | 'waitsTooLong' | 'allWaitTooLong';
			readonly meaning: Meaning;
			readonly reply: Reply;
	  }
	/** The run was cancelled, or has ended itself. */
	| { readonly kind: 'notSent' };

/** How parcels are put on the wire, what replies mean, and who is told what came of them. */
export interface Mailing<P extends Parcel, Meaning extends Course> {
	/** Puts a request on the wire. Never rejects. */
	send(parcel: P): Promise<Reply>;
	/** Is asked once for every reply. */
	read(reply: Reply, parcel: P): Meaning;
	/** Is told once of every parcel. @returns what is sent in its place, if anything */
	arrived(parcel: P, arrival: Arrival<Meaning>): readonly P[];
}

export interface DeliveryOptions extends PaceLimits {
	readonly signal: AbortSignal;
	readonly clock: Clock;
	readonly watcher?: RunWatcher;
	/** Shared with other runs at the same account; missing where there are none. */
	readonly account?: AccountPace | undefined;
	/** What kind of requests these are, in the account's other runs as well. */
	readonly kind?: string;
	/** When the run began that this is a part of, in milliseconds since the epoch; now by default. */
	readonly startedAt?: number;
}

/** What is done about a reply that may be bettered. */
type Again =
	| { readonly kind: 'wait'; readonly ms: number; readonly load: Load; readonly tryLast?: boolean }
	| {
			readonly kind: 'giveUp';
			readonly why: 'usedUp' | 'waitsTooLong';
			readonly load: Load;
			readonly tryLast?: boolean;
	  }
	/** The vendor wants nothing more for longer than a run waits. */
	| { readonly kind: 'giveUpAll' };

/**
 * Gets requests to a vendor: when each may start, whether it goes out again and when, and when it is
 * no use to go on. It knows no verdicts: what a reply means, the mailing says.
 *
 * What goes wrong with one parcel alone waits beside the queue and slows no other (blame.ts); what
 * goes wrong with the vendor pauses and slows everything (pace.ts, pushBacks.ts).
 */
export class Delivery<P extends Parcel, Meaning extends Course> {
	private readonly stopping = new AbortController();

	/** Aborts when the execution is cancelled or the delivery ends itself: no wait outlives either. */
	private readonly ended: AbortSignal;

	private readonly pace: Pace;

	private readonly standing: Standing;

	private readonly startedAt: number;

	private requests = 0;

	/** How many had been sent when one was told to wait for longer than a run waits. */
	private sentBeforeTooLong = 0;

	constructor(
		private readonly mailing: Mailing<P, Meaning>,
		private readonly options: DeliveryOptions,
	) {
		this.ended = AbortSignal.any([options.signal, this.stopping.signal]);
		const { clock, account = new AccountPace(clock), kind = '' } = options;
		this.pace = new Pace(options, clock, this.ended, account);
		this.standing = account.standingOf(kind);
		this.startedAt = options.startedAt ?? clock.now();
	}

	/**
	 * Resolves once everything has arrived: soon after the signal aborts. To be called once.
	 *
	 * @param most how many parcels there are at most
	 */
	async deliver(parcels: Supply<P>, most: number): Promise<void> {
		const queue = new SendQueue(parcels, this.options.clock, this.ended);
		const work = async () => {
			for (let next = await queue.take(); next !== undefined; next = await queue.take()) {
				await this.carry(next, queue);
			}
		};
		const workers = Math.min(this.options.maxConcurrency, most);
		try {
			await Promise.all(Array.from({ length: workers }, work));
		} finally {
			// Also where a defect of ours ends this run: the others at the account are to go on.
			queue.close();
			this.pace.close();
		}
	}

	/** Makes one attempt. */
	private async carry(taken: P, queue: SendQueue<P>): Promise<void> {
		const turn = await this.pace.turn();
		const parcel = queue.better(taken);
		if (turn === undefined || this.ended.aborted) {
			// Given in the same moment in which the run ended: others at the account are to have it.
			if (turn !== undefined) this.pace.end(turn, { kind: 'beside' });
			queue.done(this.mailing.arrived(parcel, { kind: 'notSent' }));
			return;
		}
		parcel.attempts += 1;
		const request = this.requests++;
		const reply = await this.send(parcel);
		const meaning = this.mailing.read(reply, parcel);
		const end = (load: Load) => this.pace.end(turn, load);
		if (meaning.kind !== 'again') {
			const { blame, pushBacks } = this.standing;
			if (reply.kind === 'answered') blame.answer(parcel);
			pushBacks.over();
			end({ kind: meaning.kind === 'stop' ? 'turnedDown' : 'keptUp' });
			queue.done(this.mailing.arrived(parcel, { kind: 'answered', meaning, reply }));
			if (meaning.kind === 'stop') this.stopping.abort();
			return;
		}

		const again = this.again(parcel, request, meaning.pushedBack, reply);
		switch (again.kind) {
			case 'wait':
				end(again.load);
				queue.again(parcel, again.ms, again.tryLast);
				return;
			case 'giveUp':
				end(again.load);
				queue.done(
					this.mailing.arrived(parcel, { kind: again.why, meaning, reply }),
					again.tryLast,
				);
				return;
			case 'giveUpAll':
				end({ kind: 'strained' });
				queue.done(this.mailing.arrived(parcel, { kind: 'allWaitTooLong', meaning, reply }));
				this.stopping.abort();
		}
	}

	/** A vendor's code that throws is a defect of ours, and costs no other parcel its arrival. */
	private async send(parcel: P): Promise<Reply> {
		try {
			return await this.mailing.send(parcel);
		} catch {
			return { kind: 'lost', cause: 'the node gave no details' };
		}
	}

	private again(parcel: P, request: number, pushedBack: boolean, reply: Reply): Again {
		const { blame, pushBacks } = this.standing;
		const trouble = blame.goesWrong(parcel, this.options.clock.now());
		if (blame.clearsVendor(trouble)) this.pace.forgive();
		if (pushedBack) this.options.watcher?.pushedBack();
		const headers = pushedBack && reply.kind === 'answered' ? reply.headers : undefined;
		if (headers !== undefined && !trouble.isItsOwn) return this.afterPushBack(headers, request);

		if (headers === undefined) pushBacks.over();
		const load: Load = trouble.isItsOwn ? { kind: 'beside' } : { kind: 'strained' };
		parcel.counted += 1;
		if (parcel.counted >= maximumAttempts) return { kind: 'giveUp', why: 'usedUp', load };
		const ms = this.waitOf(parcel, headers);
		const lastsMs = this.options.clock.now() + ms - trouble.since;
		return headers !== undefined && lastsMs > pushBackDeadlineMs
			? { kind: 'giveUp', why: 'waitsTooLong', load }
			: { kind: 'wait', ms, load };
	}

	/** How long a parcel waits that goes wrong by itself, in milliseconds. */
	private waitOf({ counted }: P, headers: Answer['headers'] | undefined): number {
		const { clock } = this.options;
		const asked = headers === undefined ? undefined : readPause(headers, clock.now());
		return asked !== undefined && asked >= firstWaitMs ? asked : growingWait(counted, clock);
	}

	/** The vendor wants less of everything: everything pauses, and the attempt does not count. */
	private afterPushBack(headers: Answer['headers'], request: number): Again {
		const { blame, pushBacks } = this.standing;
		blame.pushesBack();
		const isFirst = !pushBacks.isOn;
		const pauseMs = pushBacks.next(headers, this.startedAt);
		if (pauseMs !== undefined) {
			return { kind: 'wait', ms: 0, load: { kind: 'pushedBack', pauseMs }, tryLast: !isFirst };
		}
		// Others were answered just before, so it may be about this one, and about those that are under
		// way beside it: what is sent next tells.
		if (isFirst) this.sentBeforeTooLong = this.requests;
		return blame.hasAnswers && (isFirst || request < this.sentBeforeTooLong)
			? { kind: 'giveUp', why: 'waitsTooLong', load: { kind: 'beside' }, tryLast: true }
			: { kind: 'giveUpAll' };
	}
}
