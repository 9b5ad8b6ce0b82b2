/** A moment that a parameter or a vendor's field names. */
export interface Moment {
	/** Milliseconds since the epoch; of one without a zone, as if its clock showed UTC. */
	readonly time: number;
	readonly hasZone: boolean;
}

/**
 * Reads a date, with or without a time of day and a zone, strictly: what is found by it may be
 * deleted, and JavaScript's own reader takes the server's zone for what has none, 31 April for
 * 1 May, and `2026-01-31junk` for some day in June.
 *
 * Expressions give dates of JavaScript's and of Luxon, which n8n's `$now` is, and numbers:
 * milliseconds since the epoch. A number that would be a moment before 2000 or after 2099 does not count;
 * seconds, the likeliest accident, would all be in January 1970.
 *
 * @returns undefined for what is not a date
 */
export function readMoment(value: unknown): Moment | undefined {
	if (typeof value === 'number') return readNumber(value);
	const text = typeof value === 'string' ? value : writtenByItself(value);
	return text === undefined ? undefined : readText(text.trim());
}

const earliestNumber = Date.UTC(2000, 0, 1);
const endOfNumbers = Date.UTC(2100, 0, 1);

function readNumber(milliseconds: number): Moment | undefined {
	const isMoment =
		Number.isInteger(milliseconds) && milliseconds >= earliestNumber && milliseconds < endOfNumbers;
	return isMoment ? { time: milliseconds, hasZone: true } : undefined;
}

/** The date objects of JavaScript and of Luxon know how to write themselves. */
function writtenByItself(value: unknown): string | undefined {
	const { toISO, toISOString } = (value ?? {}) as Partial<Record<string, unknown>>;
	const write = [toISO, toISOString].find((method) => typeof method === 'function');
	try {
		const written: unknown = write?.call(value);
		return typeof written === 'string' ? written : undefined;
	} catch {
		// JavaScript's invalid date throws.
		return undefined;
	}
}

const form =
	/^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?$/i;

function readText(text: string): Moment | undefined {
	const parts = form.exec(text);
	if (parts === null) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
		.slice(1, 7)
		.map((part) => Number(part ?? 0));
	const isOnTheClock = hour < 24 && minute < 60 && second < 60;
	if (!isInCalendar(year, month, day) || !isOnTheClock) return undefined;
	const [fraction = '', zone] = parts.slice(7);
	const offset = zone === undefined ? 0 : readOffset(zone);
	if (offset === undefined) return undefined;
	const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
	const shown = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
	return { time: shown - offset, hasZone: zone !== undefined };
}

/** No 31 April. Years before 100 do not count: JavaScript would take them for those after 1900. */
function isInCalendar(year: number, month: number, day: number): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	return year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const furthestHours = 14;

/** How far a zone's clocks are ahead of UTC, in milliseconds; undefined for what no zone is. */
function readOffset(zone: string): number | undefined {
	if (/^z$/i.test(zone)) return 0;
	const [hours = 0, minutes = 0] = (zone.slice(1).match(/\d\d/g) ?? []).map(Number);
	if (minutes > 59 || hours * 60 + minutes > furthestHours * 60) return undefined;
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
