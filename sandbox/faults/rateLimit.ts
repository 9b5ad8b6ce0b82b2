/** Allows so many requests in each second by the clock; the others are told when the next begins. */
export class RateLimit {
	private second = 0;

	private used = 0;

	constructor(readonly requestsPerSecond: number) {}

	/** @returns undefined if the request may pass, otherwise milliseconds until more may */
	refuse(now: number): number | undefined {
		const second = Math.floor(now / 1000);
		if (second !== this.second) {
			this.second = second;
			this.used = 0;
		}
		this.used += 1;
		return this.used <= this.requestsPerSecond ? undefined : (second + 1) * 1000 - now;
	}
}
