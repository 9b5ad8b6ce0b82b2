import {
	fieldDeniesSuccess,
	plainName,
	saysNothing,
	wrappers,
} from '../../../erasure/contradiction';
import type { FieldPath } from '../description/fieldPath';

/** What was looked for by rules, and what the user has said that it describes the record. */
export interface ReadElsewhere {
	/** Fields that hold what a rule wants, each by its whole path. */
	readonly fields: readonly FieldPath[];
	readonly ofTheRecord: readonly string[];
}

/** What a good answer would say: that it is done, or that it will be. */
export type Good = 'deleted' | 'accepted';

/** Beyond that nobody has read all of the answer, and its good word is not taken. */
const mostFields = 20_000;

/**
 * Whether an answer says anywhere beside its good word that something went wrong, was not done, or was
 * done to nothing. Nobody has read all that a described vendor may answer, so every part counts.
 */
export function speaksOfTrouble(json: unknown, good: Good, read: ReadElsewhere): boolean {
	const known = new Set(read.fields.map((path) => JSON.stringify(path)));
	const open: Array<{ readonly value: unknown; readonly path: FieldPath }> = [
		{ value: json, path: [] },
	];
	for (let count = 0; open.length > 0;) {
		const { value, path } = open.pop() ?? { value: undefined, path: [] };
		if (typeof value !== 'object' || value === null) continue;
		for (const [name, inner] of Object.entries(value)) {
			if ((count += 1) > mostFields) return true;
			const place = [...path, name];
			if (read.ofTheRecord.includes(name) || known.has(JSON.stringify(place))) continue;
			if (fieldDeniesSuccess(name, inner) || isLeftUndone(name, inner, good)) return true;
			open.push({ value: inner, path: place });
		}
	}
	return false;
}

const undone =
	/notfound|notdeleted|undeleted|missing|skipped|ignored|rejected|blocked|locked|legalhold|onhold|retained|dryrun|simulat/;

const later = /pending|queued|scheduled|inprogress/;

const amount =
	/^(num|number)?(of)?(deleted|removed|erased|purged|affected|modified|matched)(count|rows?|records?|items?|ids?|total)?$|^(count|total)(deleted|removed|erased)$/;

const outcomeWords = /^(outcome|stat)$/;

const good = /^(ok|success|succeeded|deleted|erased|removed|purged|done|completed?)$/i;

/** Whether a field says in its own words that nothing was done, or nothing yet. */
function isLeftUndone(field: string, value: unknown, wanted: Good): boolean {
	const name = plainName(field);
	if (undone.test(name)) return !saysNothing(value);
	if (later.test(name)) return wanted === 'deleted' && !saysNothing(value);
	if (amount.test(name)) return value === 0 || value === '0' || isEmptyList(value);
	if (outcomeWords.test(name)) return typeof value === 'string' && !good.test(value.trim());
	if (name === 'result') return value === false;
	// Where an object is at home, a sentence may say anything.
	const denies = wanted === 'deleted' ? deniesDeletion : deniesItself;
	return wrappers.includes(field) && typeof value === 'string' && denies(value);
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

const negation =
	/\b(?:not|no|none|nothing|nobody|neither|nor|never|without|cannot|can't|couldn't|could not|wasn't|weren't|isn't|aren't|hasn't|won't|wouldn't|un(?:able|deleted|successful)|false|untrue)\b/i;

const hindrance =
	/\b(?:fail(?:ed|ure|s)?|errors?|denied|refused?|rejected|forbidden|prevent(?:s|ed)?|hold|already|instead|0|zero)\b/i;

const tense =
	/\b(?:will|would|shall|should|may|might|to be|being|be|pending|soon|later|scheduled?|queued?|queue|requested?|added|marked|in progress)\b/i;

/** Whether a sentence denies what it speaks of, or puts it off. */
export function deniesDeletion(text: string): boolean {
	const plain = text.replace(/[\u2018\u2019\u02bc]/g, "'");
	return negation.test(plain) || hindrance.test(plain) || tense.test(plain);
}

/** Whether a sentence denies itself: "it is not true that …". */
export function deniesItself(text: string): boolean {
	return negation.test(text.replace(/[\u2018\u2019\u02bc]/g, "'"));
}
