import type { Clock } from './clock';

/** What was never sent, each taken once, from either end. */
export interface Supply<T> {
	first(): T | undefined;
	last(): T | undefined;
}

interface Waiting<T> {
	readonly item: T;
	/** Milliseconds since the epoch. */
	readonly until: number;
}

/**
 * What a run has still to send: what was never sent, in its order, and what goes out again, each
 * after a wait of its own. What waits holds up no other, and what comes back takes turns with what was
 * never sent, so that a few records that never get through keep no other from its turn.
 *
 * Nothing is kept for what was never sent, however much that is.
 */
export class SendQueue<T> {
	/** Goes out before all others: what it brings decides how others are sent. */
	private urgent: T[] = [];

	/** Goes out again, as soon as it is its turn. */
	private due: T[] = [];

	/** Goes out again later: the earliest first. */
	private waiting: Array<Waiting<T>> = [];

	/** Taken and not back yet. */
	private out = 0;

	private takers: Array<(item: T | undefined) => void> = [];

	private isFreshNext = true;

	/** How many of the next to be sent are to come from the end. */
	private fromLast = 0;

	private alarm: { readonly at: number; readonly off: AbortController } | undefined;

	/** @param signal once it aborts, nothing waits any more: all that is left can be taken at once */
	constructor(
		private readonly fresh: Supply<T>,
		private readonly clock: Clock,
		private readonly signal: AbortSignal,
	) {
		signal.addEventListener('abort', this.endWaits);
	}

	/**
	 * The next to be sent, once there is one; undefined if nothing is left and nothing can come back.
	 * Whoever takes gives back by `again` or `done`.
	 */
	async take(): Promise<T | undefined> {
		const item = this.next();
		if (item !== undefined || this.isOver) return item;
		return await new Promise((resolve) => this.takers.push(resolve));
	}

	/** What is better sent than what was taken, which then has to wait for its turn; or the same. */
	better(item: T): T {
		const last = this.fromLast > 0 ? this.fresh.last() : undefined;
		this.fromLast = Math.max(0, this.fromLast - 1);
		if (last === undefined) return item;
		this.due.unshift(item);
		return last;
	}

	/**
	 * What was taken goes out again after so many milliseconds.
	 *
	 * @param tryLast so far nothing gets through: what comes last may fare better than what comes next
	 */
	again(item: T, afterMs: number, tryLast = false): void {
		this.out -= 1;
		this.fromLast = tryLast ? 1 : 0;
		// Whoever comes back lets another go first: it may be the only one that fares badly.
		this.isFreshNext = true;
		if (afterMs <= 0 || this.signal.aborted) this.due.push(item);
		else this.wait({ item, until: this.clock.now() + afterMs });
		this.serve();
	}

	/**
	 * What was taken needs not be sent again, but perhaps something in its place, before all others.
	 *
	 * @param tryLast see again
	 */
	done(inItsPlace: readonly T[] = [], tryLast = false): void {
		this.out -= 1;
		if (tryLast) this.fromLast += 1;
		this.urgent.push(...inItsPlace);
		this.serve();
	}

	/** Nobody will take anything any more. */
	close(): void {
		this.signal.removeEventListener('abort', this.endWaits);
	}

	private get isOver(): boolean {
		const kept = this.urgent.length + this.due.length + this.waiting.length;
		return this.out === 0 && kept === 0;
	}

	private next(): T | undefined {
		const item = this.urgent.shift() ?? this.nextInTurn();
		if (item !== undefined) this.out += 1;
		return item;
	}

	private nextInTurn(): T | undefined {
		const isFreshNext = this.isFreshNext;
		this.isFreshNext = !isFreshNext;
		return isFreshNext
			? (this.fresh.first() ?? this.due.shift())
			: (this.due.shift() ?? this.fresh.first());
	}

	private serve(): void {
		while (this.takers.length > 0) {
			const item = this.next();
			if (item === undefined && !this.isOver) return;
			this.takers.shift()?.(item);
		}
	}

	private wait(waiting: Waiting<T>): void {
		const after = this.waiting.findLastIndex(({ until }) => until <= waiting.until);
		this.waiting.splice(after + 1, 0, waiting);
		this.setAlarm();
	}

	/** One timer for all that wait: a signal with hundreds of listeners warns of a leak. */
	private setAlarm(): void {
		const [first] = this.waiting;
		if (first === undefined || (this.alarm !== undefined && this.alarm.at <= first.until)) return;
		this.alarm?.off.abort();
		const alarm = { at: first.until, off: new AbortController() };
		this.alarm = alarm;
		const afterMs = Math.max(0, first.until - this.clock.now());
		void this.clock.sleep(afterMs, alarm.off.signal).then(() => {
			if (this.alarm !== alarm) return;
			this.alarm = undefined;
			this.endWaitsUntil(this.clock.now());
			this.setAlarm();
		});
	}

	private endWaitsUntil(now: number): void {
		const over = this.waiting.findIndex(({ until }) => until > now);
		const ended = this.waiting.splice(0, over === -1 ? this.waiting.length : over);
		for (const { item } of ended) this.due.push(item);
		this.serve();
	}

	private readonly endWaits = (): void => {
		this.alarm?.off.abort();
		this.alarm = undefined;
		this.endWaitsUntil(Infinity);
	};
}
