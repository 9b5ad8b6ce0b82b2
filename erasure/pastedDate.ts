/** Dates and times as people, spreadsheets and programs write them. */

const months = [
	'jan(?:uary|uar|v(?:ier)?)?|ene(?:ro)?|gen(?:naio)?|jänner',
	'feb(?:ruary|ruar)?|févr?(?:ier)?|fev',
	'mar(?:ch|s|zo|t)?|märz?|mrt',
	'apr(?:il)?|avr(?:il)?|abr(?:il)?',
	'may|mai|mayo|maggio|mag|mei',
	'june?|juni|juin|junio|giu(?:gno)?',
	'july?|juli|juil(?:let)?|julio|lug(?:lio)?',
	'aug(?:ust)?|août|ago(?:sto)?',
	'sept?(?:ember|iembre|tembre)?|set(?:tembre)?',
	'oct(?:ober|ubre|obre)?|okt(?:ober)?|ott(?:obre)?',
	'nov(?:ember|iembre|embre)?',
	'dec(?:ember)?|dez(?:ember)?|dic(?:iembre|embre)?|déc(?:embre)?',
].join('|');
const weekdays =
	'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag';

const day = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2])';
const year = '(?:19|20)\\d\\d';
const shortYear = `(?:${year}|['’]?\\d\\d)`;
const time =
	'(?:[01]?\\d|2[0-4])(?:[:.h][0-5]\\d){1,2}(?:[.,]\\d{1,9})?\\s?(?:[ap]\\.?m\\.?|uhr|h|z|utc|gmt|[+-]\\d\\d:?\\d\\d)?';
/** A time after a date; what else is there is no matter. */
const rest = '(?:(?:t|,?\\s+|_)\\d\\d?[:.h-]?\\d\\d.*)?';

const dates: readonly RegExp[] = [
	// The longest first: 2026-11-22, 2026/11/22, 2026.11.22; 22-11-2026, 11/22/26, 22.11.
	`${year}([-/._])${month}\\1${day}${rest}`,
	`${day}([-/.])${month}\\1${shortYear}${rest}`,
	`${month}([-/.])${day}\\1${shortYear}${rest}`,
	`${day}\\.\\s?${month}\\.`,
	`${year}[-/]${month}`,
	`${month}[-/.]${year}`,
	// 3-Nov, 22 November 2026, Nov-26, Nov 22, November.
	`(?:(?:${weekdays})\\.?,?\\s+)?${day}(?:st|nd|rd|th)?[-/ .]\\s?(?:${months})\\.?(?:[-/ .,]\\s?${shortYear})?${rest}`,
	`(?:(?:${weekdays})\\.?,?\\s+)?(?:${months})\\.?[-/ .]\\s?${day}(?:st|nd|rd|th)?(?:[-/ .,]\\s?${shortYear})?${rest}`,
	`(?:${months})\\.?(?:[-/ .]\\s?${shortYear}|${year})`,
	`(?:${months}|${weekdays})\\.?`,
	`(?:${weekdays})\\.?,?\\s(?:${months}|\\d).*`,
	// ISO 8601's others: 20261122T101500Z, 2026-W47-7, 2026-Q4, P1DT2H.
	`${year}(?:0[1-9]|1[0-2])[0-3]\\dt\\d{4,6}.*`,
	`${year}-?w[0-5]\\d(?:-?[1-7])?`,
	`(?:${year}[- ]?q[1-4]|q[1-4][- /]?${shortYear})`,
	'p(?:\\d+[ymwd])*(?:t(?:\\d+[hms])+)|p(?:\\d+[ymwd])+',
	// 10:30, 10:30 AM, 00:05:12, 5m 12s.
	time,
	'\\d{1,4}(?::[0-5]\\d){1,2}(?:[.,]\\d{1,6})?',
	'\\d{1,3}\\s?(?:h|hrs?|m|min)\\s?(?:\\d{1,2}\\s?(?:m|min|s|sec)\\s?){1,2}',
	'\\d{4}年\\d{1,2}月(?:\\d{1,2}日)?.*',
	'today|yesterday|tomorrow|now|heute|gestern',
].map((form) => new RegExp(`^(?:${form})$`));

/** What dates and times begin with. Most IDs are told from them by it, and there may be many. */
const beginning =
	/^(?:\d{1,4}(?:[-/._:\s年dhmnrst]|$)|\d{6,8}t|\p{L}{3,10}(?:[-/\s.,'’]|\d{4}$|$)|p(?:t?\d)|q[1-4])/iu;

/** Whether a text is a date or a time, alone. */
export function isDate(text: string): boolean {
	if (text.length > 64 || !beginning.test(text)) return false;
	const lowerCase = text.toLowerCase();
	return dates.some((date) => date.test(lowerCase));
}
