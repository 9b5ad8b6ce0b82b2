import type { Clock } from '../../erasure/clock';

interface Timer {
	readonly at: number;
	readonly ring: () => void;
}

/** More wakings than any test needs: a run that reaches it would never end. */
const tooManyWakings = 200_000;

/**
 * A clock for tests. Time stands still while anything can still go on, and jumps to the next
 * waking once everything sleeps: an hour passes in no time, and twice in the same way.
 */
export class VirtualClock implements Clock {
	/** How long each sleep was asked to last, in milliseconds, in order. */
	readonly sleeps: number[] = [];

	/** What `random` gives: one number over and over. */
	chance = 0;

	private time: number;

	private timers: Timer[] = [];

	constructor(private readonly start = Date.parse('2026-11-22T10:00:00.000Z')) {
		this.time = start;
	}

	now(): number {
		return this.time;
	}

	random(): number {
		return this.chance;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		this.sleeps.push(ms);
		await this.pass(ms, signal);
	}

	/** Milliseconds since the test began. */
	get elapsed(): number {
		return this.time - this.start;
	}

	/** A sleep that leaves no trace in `sleeps`, for what a test itself waits for. */
	async pass(ms: number, signal?: AbortSignal): Promise<void> {
		if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`No one can sleep for ${ms} ms`);
		if (signal?.aborted === true) return;
		await new Promise<void>((resolve) => {
			const timer: Timer = {
				at: this.time + ms,
				ring: () => {
					signal?.removeEventListener('abort', rouse);
					resolve();
				},
			};
			const rouse = () => {
				this.timers = this.timers.filter((other) => other !== timer);
				resolve();
			};
			signal?.addEventListener('abort', rouse, { once: true });
			this.timers.push(timer);
		});
	}

	/** Does something once `ms` milliseconds have passed since the test began. */
	at(ms: number, action: () => void): void {
		this.timers.push({ at: this.start + ms, ring: action });
	}

	/**
	 * Lets time pass until the work is done.
	 *
	 * @throws Error if everything waits for something that never comes, or goes on for ever
	 */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const finish = () => {
			done = true;
		};
		void work.then(finish, finish);
		for (let wakings = 0; wakings < tooManyWakings; wakings++) {
			await everythingElse();
			if (done) return await work;
			this.wakeNext();
		}
		throw new Error(`Still not done after ${tooManyWakings} wakings and ${this.elapsed} ms`);
	}

	private wakeNext(): void {
		const [first, ...others] = this.timers;
		if (first === undefined) throw new Error('Everything waits, and nothing is going to happen');
		const next = others.reduce((a, b) => (b.at < a.at ? b : a), first);
		this.timers = this.timers.filter((timer) => timer !== next);
		this.time = Math.max(this.time, next.at);
		next.ring();
	}
}

/** Resolves after everything that can go on without time passing has gone on. */
async function everythingElse(): Promise<void> {
	await new Promise<void>((resolve) => {
		setImmediate(resolve);
	});
}
