/** What stands where a value is missing. */

/** What an expression, a database or a form gives for a value that is not there, as it is shown. */
const leftovers: ReadonlyMap<string, string> = byLowerCase(
	[
		'undefined',
		'null',
		'NaN',
		'None',
		'nil',
		'n/a',
		'na',
		'unknown',
		'tbd',
		'[object Object]',
		'(null)',
	],
	['(undefined)', '(none)', '(empty)', '(blank)', '<null>', '\\N', 'k.A.', 'n.v.', 's/o'],
);

/** The same in words: signs and blanks around and in them do not count, as in `N.A.` and `not found`. */
const wordsForNothing: ReadonlyMap<string, string> = byLowerCase(
	[
		'undefined',
		'undef',
		'null',
		'nul',
		'NaN',
		'NaT',
		'None',
		'nil',
		'NA',
		'unknown',
		'nothing',
		'void',
	],
	[
		'empty',
		'blank',
		'missing',
		'infinity',
		'inf',
		'TBD',
		'TBA',
		'TBC',
		'todo',
		'fixme',
		'default',
		'etc',
	],
	[
		'error',
		'exception',
		'invalid',
		'invaliddate',
		'invaliddatetime',
		'pending',
		'loading',
		'failed',
	],
	['notavailable', 'notfound', 'notset', 'notapplicable', 'notknown', 'notprovided', 'notassigned'],
	['nodata', 'novalue', 'noid', 'noresult', 'noresults', 'norecord', 'norecords', 'nonumber'],
	[
		'unavailable',
		'unassigned',
		'unspecified',
		'unnamed',
		'anonymous',
		'anonym',
		'private',
		'withheld',
	],
	[
		'restricted',
		'blocked',
		'deleted',
		'removed',
		'redacted',
		'hidden',
		'masked',
		'seeabove',
		'seebelow',
	],
	[
		'ditto',
		'same',
		'various',
		'multiple',
		'diverse',
		'test',
		'example',
		'sample',
		'dummy',
		'string',
	],
	[
		'placeholder',
		'number',
		'text',
		'integer',
		'value',
		'foo',
		'bar',
		'foobar',
		'lorem',
		'loremipsum',
	],
	[
		'unbekannt',
		'kein',
		'keine',
		'leer',
		'Fehler',
		'fehlt',
		'entfällt',
		'nichtvorhanden',
		'inconnu',
	],
	[
		'aucun',
		'aucune',
		'vide',
		'erreur',
		'desconocido',
		'ninguno',
		'vacío',
		'sconosciuto',
		'nessuno',
	],
	['vuoto', 'errore', 'onbekend', 'geen', 'leeg', 'fout', 'nieznany', 'brak'],
);

function byLowerCase(...lists: ReadonlyArray<readonly string[]>): ReadonlyMap<string, string> {
	return new Map(lists.flat().map((text) => [text.toLowerCase(), text]));
}

/** Letter case, blanks and signs do not count: `Call_ID` is `callId`. */
export function nameOf(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The same in words to search for, such as "failed" and "deleted": only what programs write is none. */
export function findLeftoverInWords(text: string): string | undefined {
	return leftovers.get(text.toLowerCase());
}

/**
 * Looks for what is written where a value is missing.
 *
 * @returns the words as a sentence may quote them: ours, never the text itself
 */
export function findLeftover(text: string): string | undefined {
	// An error may be told at length.
	if (/^(?:err(?:or)?|\p{L}*exception|\p{L}+error|fehler)\s*:/iu.test(text)) return 'error';
	if (text.length > 40) return undefined;
	if (/^\[object \w+\]$/.test(text)) return '[object Object]';
	const exact = findLeftoverInWords(text);
	if (exact !== undefined) return exact;
	const [, filledIn] = /^\p{L}+[_:-](undefined|null|NaN|None)$/u.exec(text) ?? [];
	if (filledIn !== undefined) return filledIn;
	// None of the words has a digit; what starts with these signs is said in sentences of its own.
	return /^[#=]|\d/.test(text) ? undefined : wordsForNothing.get(nameOf(text));
}

/** A number or a UUID of zeros: 0, 00000, 00000000-0000-0000-0000-000000000000. */
export function isAllZeros(text: string): boolean {
	return /^[-+\s]*0[-0.,:_\s]*$/.test(text);
}

/** What instructions say around a name: YOUR_CALL_ID, insert-call-id-here, BadCallId. */
const wordsAround =
	'your|my|the|some|any|this|that|bad|good|real|actual|valid|invalid|associated|insert|enter|put|paste|add|use|replace(?:me|with|by)?|change(?:me)?|existing|example|sample|dummy|test|fake|demo|first|second|target';

const instruction = new RegExp(
	`^(?:(?:${wordsAround})+\\p{L}{0,20}(?:ids?|uuid|guid|identifier|number|value)\\d{0,3}(?:goes)?(?:here)?|\\p{L}{0,20}(?:id|uuid|guid|identifier|number|value)(?:goes)?here|\\p{L}{0,20}(?:call|session|conversation|flow|note|record|row|object)(?:id|uuid|guid)\\d{1,3}|(?:replace|change)me)$`,
	'u',
);

/** Whether a text stands for an ID in instructions and programs: `YOUR_CALL_ID`, `:id`, `%s`, `call_XXXX`. */
export function isStandIn(text: string): boolean {
	if (text.length > 64) return false;
	return (
		/^(?:[:$@]|_{2,})\p{L}|^%[a-z_]+%?$/iu.test(text) ||
		/(?:^|[^\p{L}\p{N}])(?:x{3,}|n{3,}|y{4,}|#{2,}|_{3,}|\?{2,})(?:$|[^\p{L}\p{N}])/iu.test(text) ||
		/^\p{L}+[_:/-](?:\{\w*\}|%[a-z])$/iu.test(text) ||
		instruction.test(nameOf(text))
	);
}
