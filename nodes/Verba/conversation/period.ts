import { readMoment } from '../../../erasure/moment';
import { UnusableValue } from '../../shared/parameters/unusableValue';

/** From one moment to another, both as Verba's clock shows them: milliseconds as if that were UTC. */
export interface Period {
	readonly start: number;
	readonly end: number;
}

const shortestMs = 1000;

/**
 * Reads the period to search. A time without a zone is taken as Verba's clock shows it; one with a
 * zone is converted.
 *
 * @param timeZone where Verba's clock is, by its IANA name; UTC by default
 * @throws UnusableValue naming the field that cannot be used
 */
export function readPeriod(start: unknown, end: unknown, timeZone = 'UTC'): Period {
	const offset = offsetOf(timeZone);
	const period = {
		start: readEdge(start, 'Start', offset),
		end: readEdge(end, 'End', offset),
	};
	if (period.start >= period.end) {
		throw new UnusableValue('Start', 'must be before End', 'Change one of them');
	}
	return period;
}

/** As SearchCalls takes it: `YYYY-MM-DD hh:mm:ss.SSS`. */
export function showPeriod({ start, end }: Period): { start: string; end: string } {
	const show = (moment: number) => new Date(moment).toISOString().slice(0, 23).replace('T', ' ');
	return { start: show(start), end: show(end) };
}

/** The two halves, which share their middle; undefined for a period too short to be halved. */
export function halve({ start, end }: Period): readonly [Period, Period] | undefined {
	if (end - start < shortestMs) return undefined;
	const middle = Math.floor((start + end) / 2);
	return [
		{ start, end: middle },
		{ start: middle, end },
	];
}

/** @param offset how far Verba's clock is ahead of UTC at a moment, in milliseconds */
function readEdge(value: unknown, label: string, offset: (moment: number) => number): number {
	const moment = readMoment(value);
	if (moment === undefined) {
		throw new UnusableValue(label, 'is not a date and time', 'Enter one such as 2026-01-31 14:30');
	}
	const { time, hasZone } = moment;
	return hasZone ? time + offset(time) : time;
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetOf(timeZone: string): (moment: number) => number {
	const format = clockIn(timeZone);
	if (format === undefined) {
		throw new UnusableValue(
			'Time Zone',
			`holds "${timeZone}", which is not a time zone`,
			'Enter one such as Europe/Budapest',
		);
	}
	return (moment) => {
		const wholeSecond = Math.floor(moment / 1000) * 1000;
		return Date.parse(`${format.format(wholeSecond).replace(' ', 'T')}Z`) - wholeSecond;
	};
}

/** Swedish, because it writes dates as `2026-01-31 14:30:00`. */
function clockIn(timeZone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
	} catch {
		return undefined;
	}
}
