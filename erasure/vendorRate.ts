/** How long a rate is held after a push-back before more is tried, in milliseconds. */
export const holdMs = 10_000;

/** Fewer good answers than this in a second say nothing about a rate. */
const fewestToLearnFrom = 5;

/** A little less than what the vendor took, so that an uneven second does not go over it. */
const caution = 0.97;

/**
 * What is left of a rate that turns out too high, at the first, the second and each further time.
 * The first estimate can be nearly twice too high: the second before may have touched two of the
 * vendor's seconds.
 */
const stepsDown = [0.8, 0.8, 0.95];

/**
 * Many vendors count by the seconds of their clock, which is about ours. What was answered well
 * since the clock's last second began is the limit then, and the whole second before a push-back
 * shows more than that, because it touched two of the vendor's. A part of it that is smaller than
 * this is more likely to be chance, at a vendor that counts otherwise.
 */
const leastOfClockSecond = 0.6;

/**
 * Learns how many requests a second a vendor takes: at a push-back, as many as it answered well in
 * the second before, or since the second of the clock began. The rate is held for a while and then
 * raised, faster with every good second. Without it, a run would go over a vendor's limit every few
 * requests, only to be paused each time.
 */
export class VendorRate {
	/** When good answers came, in the last second. */
	private answered: number[] = [];

	private learned: number | undefined;

	private holdUntil = 0;

	private raiseAt = 0;

	private raise = 0;

	private stepped = 0;

	/** Requests per second, or undefined as long as the vendor has not pushed back. */
	get limit(): number | undefined {
		return this.learned;
	}

	keptUp(now: number): void {
		this.answered.push(now);
		this.forgetBefore(now - 1000);
		if (this.learned === undefined || now < this.raiseAt) return;
		this.raise += 0.02;
		this.learned *= 1 + this.raise;
		this.raiseAt = now + 1000;
	}

	/** @param pauseMs the pause that the vendor asked for: no time of good answers */
	pushedBack(now: number, pauseMs: number): void {
		this.forgetBefore(now - 1000);
		if (this.learned !== undefined && now < this.holdUntil) {
			const step = stepsDown[Math.min(this.stepped, stepsDown.length - 1)] ?? 1;
			this.learned = Math.min(this.learned * step, this.inClockSecond(now, this.learned));
			this.stepped += 1;
		} else if (this.answered.length >= fewestToLearnFrom) {
			const inSecondBefore = this.answered.length * caution;
			this.learned = Math.min(inSecondBefore, this.inClockSecond(now, inSecondBefore));
			this.stepped = 0;
		}
		this.holdUntil = now + pauseMs + holdMs;
		this.raiseAt = this.holdUntil;
		this.raise = 0;
	}

	/** What the clock's second shows of the vendor's limit; Infinity where it shows nothing. */
	private inClockSecond(now: number, rate: number): number {
		const begun = Math.floor(now / 1000) * 1000;
		const shown = this.answered.filter((at) => at >= begun).length * caution;
		return shown >= rate * leastOfClockSecond ? shown : Infinity;
	}

	private forgetBefore(time: number): void {
		const firstKept = this.answered.findIndex((at) => at > time);
		this.answered.splice(0, firstKept === -1 ? this.answered.length : firstKept);
	}
}
