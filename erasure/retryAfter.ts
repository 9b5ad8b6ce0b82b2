import type { Answer } from './reply';

/**
 * Reads how long a vendor asks to wait: Retry-After, and where that names no time, the header that
 * says when its limit begins anew.
 *
 * @param now milliseconds since the epoch, by our own clock
 * @returns milliseconds, never negative; undefined where no header names a time
 */
export function readPause(headers: Answer['headers'], now: number): number | undefined {
	const asked = readRetryAfter(headers['retry-after'], now, headers.date);
	if (asked !== undefined) return asked;
	for (const name of resetHeaders) {
		const reset = readReset(headers[name], now, headers.date);
		if (reset !== undefined) return reset;
	}
	return undefined;
}

/** Of draft-ietf-httpapi-ratelimit-headers, and what was in use before it. */
const resetHeaders = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'] as const;

/** Seconds since the epoch that cannot be a span of time: thirty years. */
const leastEpochSeconds = 1_000_000_000;

const leastEpochMilliseconds = 1000 * leastEpochSeconds;

/**
 * The draft's RateLimit-Reset is a number of seconds. The older ones are that as well, or a time: in
 * seconds since the epoch (GitHub), in milliseconds, or as a date.
 */
function readReset(header: string | undefined, now: number, date?: string): number | undefined {
	const text = header?.trim();
	if (!text) return undefined;
	if (!/^\d+(\.\d+)?$/.test(text)) {
		const until = isoDate.test(text) ? Date.parse(text) : readHttpDate(text);
		return untilThen(until, now, date);
	}
	const number = Number(text);
	if (number < leastEpochSeconds) return number * 1000;
	return untilThen(number < leastEpochMilliseconds ? number * 1000 : number, now, date);
}

/** With its zone: without one it would be read in the zone of this machine. */
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param now milliseconds since the epoch, by our own clock
 * @param date the reply's Date header: if both are the vendor's, a wrong clock on either side
 *   does not matter
 * @returns how long to wait in milliseconds, never negative; undefined where the header is
 *   missing or unreadable
 */
export function readRetryAfter(
	header: string | undefined,
	now: number,
	date?: string,
): number | undefined {
	const text = header?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	return untilThen(readHttpDate(text), now, date);
}

/** A date and nothing else: Date.parse would read "-5" or "1e3" as a year. NaN where it is not one. */
function readHttpDate(text: string): number {
	return /^[A-Za-z]{3,9},/.test(text) ? Date.parse(text) : Number.NaN;
}

function untilThen(until: number, now: number, date: string | undefined): number | undefined {
	if (Number.isNaN(until)) return undefined;
	const vendorNow = date === undefined ? Number.NaN : Date.parse(date);
	return Math.max(0, until - (Number.isNaN(vendorNow) ? now : vendorNow));
}
