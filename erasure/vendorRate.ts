/**
 * How long a rate is held after a push-back before more is tried, in milliseconds. Where that leads
 * to the same rate again, it is held for twice as long the next time: each try costs a pause.
 */
export const holdMs = 20_000;

const longestHoldMs = 4 * holdMs;

/** How long the lower of two readings is held before the higher one is tried, in milliseconds. */
const doubtMs = 2000;

/** Fewer good answers than this in a second say nothing about a rate. */
const fewestToLearnFrom = 5;

/** A little less than what the vendor took, so that an uneven second does not go over it. */
const caution = 0.97;

/** The least that a rate comes down to, in requests a second: whatever happens, a run goes on. */
const floor = 0.5;

/**
 * What is left of a rate that turns out too high, at the first, the second and each further time.
 * The first estimate can be nearly twice too high: the second before may have touched two of the
 * vendor's seconds.
 */
const stepsDown = [0.8, 0.8, 0.95];

/**
 * Many vendors count by the seconds of their clock, which is about ours. What was sent since the
 * clock's last second began and answered well is the limit then, and the whole second before a
 * push-back shows up to twice that, because it touched two of the vendor's. A smaller part of it is
 * chance, at a vendor that counts otherwise.
 */
const leastOfClockSecond = 0.49;

/** Two readings that differ by less are one. */
const sameReading = 0.95;

/** A rate that is learnt anew and differs by less is the old one. */
const sameRate = 0.9;

/**
 * Learns how many requests a second a vendor takes: at a push-back, as many as were sent in the
 * second before and answered well, or since the second of the clock began. Where the two differ, the
 * lower one holds for a moment and then gives way to the higher one, to which nothing but another
 * push-back comes back. The rate is held for a while and then raised, faster with every good second.
 * Without it, a run would go over a vendor's limit every few requests, only to be paused each time.
 */
export class VendorRate {
	/** When requests were sent that were answered well: those of about the last second. */
	private sent: number[] = [];

	private learned: number | undefined;

	/** The higher of two readings, and when it is tried. */
	private higher: { rate: number; readonly tryAt: number } | undefined;

	/** The lower one, while the higher one is tried. */
	private lower: number | undefined;

	/** When the request was sent that was pushed back, for as long as its burst adds to a reading. */
	private refusedAt = Number.NEGATIVE_INFINITY;

	private holdForMs = holdMs;

	private holdUntil = 0;

	private raiseAt = 0;

	/** The rate that was held before it was raised. */
	private raisedFrom: number | undefined;

	private raise = 0;

	private stepped = 0;

	/** Requests per second, or undefined as long as the vendor has not pushed back. */
	get limit(): number | undefined {
		return this.learned;
	}

	/**
	 * A good answer came.
	 *
	 * @param sentAt when its request was sent, in milliseconds since the epoch: about when the vendor
	 *   counted it
	 */
	keptUp(sentAt: number, now: number): void {
		this.sent.push(sentAt);
		// Answers come in another order than requests went out.
		if ((this.sent[0] ?? now) < now - 4000) this.forgetBefore(now - 2000);
		if (this.learned === undefined) return;
		if (sentAt <= this.refusedAt) this.add(caution);
		this.tryHigher(now);
		if (now < this.raiseAt) return;
		this.raisedFrom ??= this.learned;
		this.raise += 0.02;
		this.learned *= 1 + this.raise;
		this.raiseAt = now + 1000;
	}

	/**
	 * @param sentAt when the request was sent that was pushed back
	 * @param pauseMs the pause that the vendor asked for: no time of good answers
	 */
	pushedBack(sentAt: number, now: number, pauseMs: number): void {
		this.forgetBefore(sentAt - 1000);
		if (this.learned === undefined || now >= this.holdUntil) this.learn(sentAt, now + pauseMs);
		else this.lessen(this.learned, sentAt);
		if (this.learned !== undefined) this.learned = Math.max(floor, this.learned);
		this.holdUntil = now + pauseMs + this.holdForMs;
		this.raiseAt = this.holdUntil;
		this.raise = 0;
	}

	private learn(sentAt: number, goesOnAt: number): void {
		const before = this.raisedFrom;
		this.lower = undefined;
		this.stepped = 0;
		if (this.sent.length < fewestToLearnFrom) return;
		const inSecondBefore = this.sent.length * caution;
		this.learned = Math.min(inSecondBefore, this.inClockSecond(sentAt, inSecondBefore));
		this.higher =
			this.learned < inSecondBefore * sameReading
				? { rate: inSecondBefore, tryAt: goesOnAt + doubtMs }
				: undefined;
		this.refusedAt = sentAt;
		const isSame = before !== undefined && isAbout(this.learned, before);
		this.holdForMs = isSame ? Math.min(longestHoldMs, this.holdForMs * 2) : holdMs;
		this.raisedFrom = undefined;
	}

	private lessen(rate: number, sentAt: number): void {
		this.higher = undefined;
		this.refusedAt = Number.NEGATIVE_INFINITY;
		if (this.lower !== undefined) {
			// The vendor counts by its clock, and this second of it went up to the limit: the first may
			// have shown less.
			const shown = this.inClockSecond(sentAt, rate);
			this.learned = shown === Infinity ? this.lower : Math.max(this.lower, Math.min(rate, shown));
			this.lower = undefined;
			this.holdForMs = Math.min(longestHoldMs, this.holdForMs * 2);
			return;
		}
		const step = stepsDown[Math.min(this.stepped, stepsDown.length - 1)] ?? 1;
		this.learned = Math.min(rate * step, this.inClockSecond(sentAt, rate));
		this.stepped += 1;
	}

	private tryHigher(now: number): void {
		if (this.higher === undefined || now < this.higher.tryAt) return;
		this.lower = this.learned;
		this.learned = this.higher.rate;
		this.higher = undefined;
		this.holdUntil = now + this.holdForMs;
		this.raiseAt = this.holdUntil;
	}

	/** One of the requests that were under way at the push-back was answered well after all. */
	private add(more: number): void {
		if (this.learned !== undefined) this.learned += more;
		if (this.higher !== undefined) this.higher.rate += more;
	}

	/** What the clock's second shows of the vendor's limit; Infinity where it shows nothing. */
	private inClockSecond(sentAt: number, rate: number): number {
		const begun = Math.floor(sentAt / 1000) * 1000;
		const shown = this.sent.filter((at) => at >= begun && at <= sentAt).length * caution;
		return shown >= rate * leastOfClockSecond ? shown : Infinity;
	}

	private forgetBefore(time: number): void {
		this.sent = this.sent.filter((at) => at > time);
	}
}

function isAbout(rate: number, other: number): boolean {
	return Math.min(rate, other) >= sameRate * Math.max(rate, other);
}
