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

	// A date and nothing else: Date.parse would read "-5" or "1e3" as a year.
	if (!/^[A-Za-z]{3,9},/.test(text)) return undefined;
	const until = Date.parse(text);
	if (Number.isNaN(until)) return undefined;
	const vendorNow = date === undefined ? Number.NaN : Date.parse(date);
	return Math.max(0, until - (Number.isNaN(vendorNow) ? now : vendorNow));
}
