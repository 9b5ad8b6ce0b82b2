/**
 * A text as somebody may read it: escapes and entities decoded, or markup and what nobody sees left
 * out. It knows from which stretch of the text each of its own comes.
 */
export interface TextReading {
	readonly text: string;
	/** The stretch `[start, end)` of the text as it was given. */
	source(start: number, end: number): readonly [start: number, end: number];
}

/** Words that were escaped to stand in JSON in an address in XML are decoded as often as that. */
const mostRounds = 3;

/**
 * All ways to read a text: as it is, decoded once and again, and each of these without markup.
 * Takes time in proportion to the text.
 */
export function readingsOf(text: string): TextReading[] {
	const asGiven: TextReading = { text, source: (start, end) => [start, end] };
	const readings = [asGiven];
	let latest = asGiven;
	for (let round = 0; round < mostRounds; round++) {
		const decoded = reread(latest, escape, decode);
		if (decoded !== undefined) readings.push((latest = decoded));
		const plain = latest.text.includes('<') ? reread(latest, markup, leaveOut) : undefined;
		if (plain !== undefined) readings.push(plain);
		if (decoded === undefined) break;
	}
	return readings;
}

/** The text decoded as often as `readingsOf` does it. */
export function fullyDecoded(text: string): string {
	let decoded = text;
	for (let round = 0; round < mostRounds; round++) decoded = decoded.replace(escape, decode);
	return decoded;
}

/** Bounded, so that a beginning without an end is not searched for one over and over. */
const markup =
	/<!--[^<>]{0,2000}-->|<!--(?:(?!-->)[^]){0,200}-->|<!\[CDATA\[|\]\]>|<[/!?A-Za-z][^<>]{0,2000}>/g;

/** What represents another character, or cannot be seen. */
const escape =
	/(?:%[\da-f]{2})+|&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});?|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[bfnrtv0"'/\\]|[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+|[\uFF01-\uFF5E\u2010-\u2015\u2212]/giu;

function leaveOut(): string {
	return '';
}

function decode(written: string): string {
	const [sign] = written;
	if (sign === '%') return decodePercent(written);
	if (sign === '&') return decodeEntity(written);
	if (sign === '\\') return decodeBackslash(written);
	const code = written.charCodeAt(0);
	if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
	return /^\p{Pd}|^\u2212/u.test(written) ? '-' : '';
}

function decodePercent(written: string): string {
	try {
		return decodeURIComponent(written);
	} catch {
		// No UTF-8: byte by byte.
		return written.replace(/%(..)/g, (_, hexadecimal: string) =>
			String.fromCharCode(parseInt(hexadecimal, 16)),
		);
	}
}

function decodeEntity(written: string): string {
	const name = written.replace(/^&|;$/g, '').toLowerCase();
	if (!name.startsWith('#')) return entities.get(name) ?? written;
	const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function decodeBackslash(written: string): string {
	const kind = written.charAt(1).toLowerCase();
	if (written.length > 2) return String.fromCharCode(parseInt(written.slice(2), 16));
	// A line break and its like are not to be seen.
	return /["'/\\]/.test(kind) ? kind : '';
}

/** Those that keys and passwords are made of; letters and digits have none. */
const entities: ReadonlyMap<string, string> = new Map(
	Object.entries({
		amp: '&',
		apos: "'",
		ast: '*',
		bsol: '\\',
		colon: ':',
		comma: ',',
		commat: '@',
		dash: '-',
		dollar: '$',
		equals: '=',
		excl: '!',
		gt: '>',
		hyphen: '-',
		lowbar: '_',
		lpar: '(',
		lt: '<',
		nbsp: '',
		num: '#',
		percnt: '%',
		period: '.',
		plus: '+',
		quest: '?',
		quot: '"',
		rpar: ')',
		semi: ';',
		shy: '',
		sol: '/',
		zwj: '',
		zwnj: '',
	}),
);

/** A stretch of a reading, and where it was in the text that was read. */
interface Stretch {
	readonly at: number;
	readonly from: number;
	/** Missing where the stretch was taken over as it was. */
	readonly to?: number;
}

/** @returns undefined where there is nothing to decode */
function reread(
	origin: TextReading,
	pattern: RegExp,
	replacement: (written: string) => string,
): TextReading | undefined {
	const text = origin.text.replace(pattern, replacement);
	if (text === origin.text) return undefined;
	// Most texts hold no secret: where each character was costs far more than the characters.
	let source: TextReading['source'] | undefined;
	return {
		text,
		source: (start, end) => {
			source ??= sourceIn(stretchesOf(origin.text, pattern, replacement), origin);
			return source(start, end);
		},
	};
}

function stretchesOf(
	text: string,
	pattern: RegExp,
	replacement: (written: string) => string,
): Stretch[] {
	const stretches: Stretch[] = [];
	let length = 0;
	let read = 0;
	const add = (piece: string, stretch: Omit<Stretch, 'at'>) => {
		if (piece === '') return;
		stretches.push({ at: length, ...stretch });
		length += piece.length;
	};
	for (const { 0: written, index } of text.matchAll(pattern)) {
		const replaced = replacement(written);
		if (replaced === written) continue;
		add(text.slice(read, index), { from: read });
		read = index + written.length;
		add(replaced, { from: index, to: read });
	}
	add(text.slice(read), { from: read });
	return stretches;
}

function sourceIn(stretches: readonly Stretch[], origin: TextReading): TextReading['source'] {
	return (start, end) => {
		const first = stretchAt(stretches, start);
		const last = stretchAt(stretches, end - 1);
		return origin.source(
			first.to === undefined ? first.from + start - first.at : first.from,
			last.to ?? last.from + end - last.at,
		);
	};
}

/** The last stretch that begins at the position or before it. */
function stretchAt(stretches: readonly Stretch[], position: number): Stretch {
	let low = 0;
	let high = stretches.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((stretches[middle] as Stretch).at <= position) low = middle;
		else high = middle - 1;
	}
	return stretches[low] as Stretch;
}
