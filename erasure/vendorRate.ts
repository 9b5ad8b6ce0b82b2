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
 * Learns how many requests a second a vendor takes: at a push-back, as many as it answered well in
 * the second before. The rate is held for a while and then raised, faster with every good second.
 * Without it, a run would go over a vendor's limit every few requests, only to be paused each time.
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
			this.learned *= step;
			this.stepped += 1;
		} else if (this.answered.length >= fewestToLearnFrom) {
			this.learned = this.answered.length * caution;
			this.stepped = 0;
		}
		this.holdUntil = now + pauseMs + holdMs;
		this.raiseAt = this.holdUntil;
		this.raise = 0;
	}

	private forgetBefore(time: number): void {
		const firstKept = this.answered.findIndex((at) => at > time);
		this.answered.splice(0, firstKept === -1 ? this.answered.length : firstKept);
	}
}
