/** At no more than this many requests in flight, an answer takes as long as it takes without load. */
const lightLoad = 4;

/** Answers that a mean is taken of: enough for latencies that vary tenfold to average out. */
const answersForMean = 20;

/**
 * As long as a vendor may still show a limit per second, no more than this many are in flight: a
 * limit of 100 a second is then overrun by at most two in a hundred of a thousand requests.
 */
const cautiousSize = 13;

/** A limit per second has shown itself after so many answers… */
const cautiousAnswers = 100;

/** …and so many milliseconds: a whole second of the vendor's clock, wherever in one it began. */
const cautiousMs = 1500;

/** An answer may take so much longer than without load before the window stops growing. */
const tolerance = 1.2;

/** Requests that may wait at the vendor, so that it always has one to take up next: at least so many… */
const fewestToQueue = 2;

/** …and this part of the window, so that a large one comes back soon after a hiccup. */
const partToQueue = 1 / 8;

/** What one mean leaves of the window at the least. */
const steepest = 0.5;

/** What is learnt of answers between two decisions about the window. */
interface Sample {
	answers: number;
	/** Milliseconds, all answers together. */
	latency: number;
	mostInFlight: number;
}

const emptySample = (): Sample => ({ answers: 0, latency: 0, mostInFlight: 0 });

/**
 * How many requests may be in flight. It opens with one, which shows whether the credentials work
 * and fetches a token once; takes the mean latency of the first answers, at light load, for what the
 * vendor takes without load; and then doubles every round as long as answers do not take longer
 * than that. From then on it follows the ratio of the two, as Gradient does in Netflix's
 * concurrency-limits. It grows only as far as it is used, and halves at a push-back. Where it has
 * shrunk to light load, what is measured there is what the vendor takes now.
 */
export class Window {
	private exact = 1;

	private isDoubling = true;

	private answers = 0;

	private cautiousUntil: number | undefined;

	/** Mean latency at light load in milliseconds, once it is known. */
	private unloaded: number | undefined;

	private sample = emptySample();

	/** Whole requests. */
	get size(): number {
		return Math.floor(this.exact);
	}

	/**
	 * A good answer came.
	 *
	 * @param latencyMs how long it took
	 * @param inFlight how many requests were in flight meanwhile, this one included
	 * @param ceiling the largest window that is allowed
	 * @param now milliseconds since the epoch
	 */
	answered(latencyMs: number, inFlight: number, ceiling: number, now: number): void {
		this.answers += 1;
		this.cautiousUntil ??= now + cautiousMs;
		// The first one had to connect, and perhaps to fetch a token.
		if (this.answers === 1) {
			this.growTo(this.exact + 1, Math.min(ceiling, lightLoad));
			return;
		}
		this.sample.answers += 1;
		this.sample.latency += latencyMs;
		this.sample.mostInFlight = Math.max(this.sample.mostInFlight, inFlight);
		if (this.unloaded === undefined) this.measure(Math.min(ceiling, lightLoad));
		else this.follow(this.unloaded, inFlight, this.allowed(ceiling, now));
	}

	/** The vendor pushed back, or broke down. */
	shrink(): void {
		this.exact = Math.max(1, this.exact / 2);
		this.isDoubling = false;
		this.sample = emptySample();
	}

	/** What made it shrink had nothing to do with load: it doubles again, until answers take longer. */
	growAsBefore(): void {
		this.isDoubling = true;
	}

	/** The next request goes alone again, to show whether the credentials are still good. */
	reopen(): void {
		this.exact = 1;
	}

	private allowed(ceiling: number, now: number): number {
		const isTrusted = this.answers >= cautiousAnswers && now >= (this.cautiousUntil ?? now);
		return isTrusted ? ceiling : Math.min(ceiling, cautiousSize);
	}

	private measure(ceiling: number): void {
		this.growTo(this.exact + (this.isDoubling ? 1 : 1 / this.exact), ceiling);
		if (this.sample.answers < answersForMean) return;
		this.unloaded = this.sample.latency / this.sample.answers;
		this.sample = emptySample();
	}

	private follow(unloaded: number, inFlight: number, ceiling: number): void {
		if (this.isDoubling && inFlight * 2 >= this.size) this.growTo(this.exact + 1, ceiling);
		const { answers, latency, mostInFlight } = this.sample;
		if (answers < Math.max(answersForMean, this.size)) return;
		this.sample = emptySample();
		const mean = latency / answers;
		const gradient = Math.max(steepest, Math.min(1, (tolerance * unloaded) / mean));
		if (gradient < 1) this.isDoubling = false;
		if (!this.isDoubling && mostInFlight * 2 >= this.size) {
			const toQueue = Math.max(fewestToQueue, this.exact * partToQueue);
			this.exact = Math.max(1, Math.min(ceiling, this.exact * gradient + toQueue));
		}
		if (mostInFlight <= lightLoad) this.unloaded = mean;
	}

	/** Never shrinks: a ceiling that is lower by now is the caller's to keep. */
	private growTo(size: number, ceiling: number): void {
		this.exact = Math.max(this.exact, Math.min(ceiling, size));
	}
}
