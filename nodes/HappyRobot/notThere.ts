import { asRecord, parseJson, type Answer } from '../../erasure/reply';

/**
 * HappyRobot documents no bodies for other statuses than 200. A 404 counts as the API's own "not
 * there" if it is a JSON object one of whose texts says just that of the record, and no other says
 * anything else: a proxy, a version that was retired, or a web framework that does not know the path
 * answer 404 too, and that says nothing about the record.
 *
 * @param ids the record's own; a text may name them, and no others
 */
export function isNotThere(
	{ status, body }: Answer,
	record: 'call' | 'note',
	ids: readonly string[],
): boolean {
	const content = status === 404 ? asRecord(parseJson(body)) : undefined;
	const said = content && wordsIn(content);
	if (said === undefined || said.some(speaksOfAnotherStatus)) return false;
	const given = said.filter((word) => typeof word === 'string');
	if (given.some(({ length }) => length > longestText)) return false;
	const texts = given.map((text) => plain(text.trim(), ids));
	const isSaid = (text: string) => saysNotThere(text, record);
	return texts.some(isSaid) && texts.every((text) => isSaid(text) || saysNothing(text));
}

const deepest = 3;

/** The values of an object and of those in it; undefined where it is nested deeper than errors are. */
function wordsIn(content: object, depth = 1): unknown[] | undefined {
	if (depth > deepest) return undefined;
	const words: unknown[] = [];
	for (const value of Object.values(content) as unknown[]) {
		if (typeof value !== 'object' || value === null) {
			words.push(value);
			continue;
		}
		const inner = wordsIn(value, depth + 1);
		if (inner === undefined) return undefined;
		words.push(...inner);
	}
	return words;
}

/** `"success": true`, `"statusCode": 500` */
function speaksOfAnotherStatus(word: unknown): boolean {
	return word === true || (typeof word === 'number' && word >= 100 && word < 600 && word !== 404);
}

const longestText = 300;

/** Small letters, a `#` for each ID of the record, and blanks between the words of a code. */
function plain(text: string, ids: readonly string[]): string {
	// A code: CALL_NOT_FOUND, NoteNotFoundError
	const words = /^\w+$/.test(text)
		? text.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2')
		: text;
	return ids
		.reduce((result, id) => result.replaceAll(id.toLowerCase(), '#'), words.toLowerCase())
		.replace(/\s+/g, ' ')
		.replace(/^(err|error|exception)?[: ]*/, '')
		.replace(/[.! ]*( (error|exception))?$/, '');
}

const article = /(?:(?:the|this|that|a|any|such|requested|specified|given) )*/;

const named =
	/(?: (?:with|for|of|by))?(?: (?:the|this|that|given))?(?: id)?(?: ?[:=])?(?: ["'`(<[]?#["'`)>\]]?)?/;

const place =
	/(?: (?:in|on|for|of|at|within) (?:the |this |that |your )?(?:call|account|organi[sz]ation|workspace)(?: ["'`(<[]?#["'`)>\]]?)?)?/;

const isNotFound =
	/(?:(?:was |is |were |could |can )?not (?:be )?|cannot be |(?:wasn't|couldn't be|can't be) )found/;

const doesNotExist =
	/(?:does not|doesn't|did not|didn't) exist|not exist(?:s|ing)?|no longer exists|is not there/;

const couldNotFind =
	/(?:could not|couldn't|cannot|can not|can't|unable to|failed to|did not|didn't) find /;

function saysNotThere(text: string, record: 'call' | 'note'): boolean {
	return sentences[record].some((sentence) => sentence.test(text));
}

/** A note whose call is not there is not there either. */
const sentences = { call: sentencesAbout(/call/), note: sentencesAbout(/(?:call|note)/) } as const;

function sentencesAbout(record: RegExp): readonly RegExp[] {
	const subject = [article, record, named];
	return [
		whole(...subject, /:? /, isNotFound, place),
		whole(...subject, /:? /, group(doesNotExist), place),
		whole(
			/(?:there is |found )?no (?:such )?/,
			record,
			/(?: was)?(?: found| exists)?/,
			named,
			place,
		),
		whole(couldNotFind, ...subject, place),
	];
}

function whole(...parts: readonly RegExp[]): RegExp {
	return new RegExp(`^${parts.map(({ source }) => source).join('')}$`);
}

function group({ source }: RegExp): RegExp {
	return new RegExp(`(?:${source})`);
}

/** What says no more than the status does, and what is not a sentence, such as a time or an address. */
function saysNothing(text: string): boolean {
	if (
		/^(http )?(404 ?[-:]? ?)?(resource |record |object |entity )?not found( 404)?$|^(404|fail(ed)?)?$/.test(
			text,
		)
	) {
		return true;
	}
	const isAddress = /^(https?:\/)?\//.test(text);
	return !/\s/.test(text) && (isAddress || !ofTheApi.test(text));
}

const ofTheApi =
	/(^|[^a-z])(version|api|endpoint|route|page|deprecated|retired|gone|unauthorized|forbidden|disabled)([^a-z]|$)/;
