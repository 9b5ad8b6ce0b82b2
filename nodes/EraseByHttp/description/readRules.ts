import { UnusableValue } from '../../shared/parameters/unusableValue';
import { asRecord } from '../../../erasure/reply';
import { readFieldPath } from './fieldPath';
import { overlap, type AnswerRule, type Condition, type Meaning, type Rule } from './rule';

/** What a collection of rules may say. */
interface RuleForm {
	readonly conditions: ReadonlyArray<Condition['kind'] | 'isOneOf'>;
	/** Which statuses a rule may be about, and the same in words. */
	readonly mayHave: (status: number) => boolean;
	readonly statusesInWords: string;
}

/** The same of a collection whose rules all mean the same, with its name as the user sees it. */
interface LabelledForm extends RuleForm {
	readonly label: string;
}

/** Statuses that are judged alike at every vendor, whatever the words beside them. */
const judgedAlike = new Set([401, 408, 429]);

const onField = ['equals', 'isOneOf', 'contains', 'exists'] as const;

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Accepted, by its definition: "might or might not eventually be acted upon" (RFC 9110, 15.3.3). */
const takenOn = 202;

/** With these an answer has no body: RFC 9110, sections 15.3.5 and 15.3.6. */
const bodiless = new Set([204, 205]);

const answerForms: Readonly<Record<Exclude<Meaning, 'notFound'>, RuleForm>> = {
	deleted: {
		conditions: [...onField, 'noBody'],
		mayHave: (status) => isSuccess(status) && status !== takenOn,
		statusesInWords: 'from 200 to 299 for Deleted, but for 202, which means Taken On',
	},
	accepted: {
		conditions: [...onField, 'noBody', 'anyJson'],
		mayHave: isSuccess,
		statusesInWords: 'from 200 to 299 for Taken On',
	},
	refused: {
		conditions: [...onField, 'noBody', 'anyJson'],
		mayHave: (status) =>
			isSuccess(status) || (status >= 400 && status < 500 && !judgedAlike.has(status)),
		statusesInWords: 'from 200 to 299 or from 400 to 499 for Refused, but for 401, 408 and 429',
	},
};

/** Statuses with which APIs say that there is no such record. */
const absences = new Set([200, 400, 404, 410, 422]);

const notFoundForm: LabelledForm = {
	label: 'What Says Not Found',
	conditions: onField,
	mayHave: (status) => absences.has(status),
	statusesInWords: '200, 400, 404, 410 or 422',
};

const goneForm: LabelledForm = {
	label: 'What a Deleted Record Looks Like',
	conditions: onField,
	mayHave: isSuccess,
	statusesInWords: 'from 200 to 299',
};

const answersLabel = 'Rules for Answers';

/** @throws UnusableValue naming the collection and the rule, counted from 1 */
export function readAnswerRules(value: unknown): readonly AnswerRule[] {
	return entriesOf(value, answersLabel).map((entry, index) => {
		const label = labelOf(answersLabel, index);
		const { meaning } = entry;
		if (meaning !== 'deleted' && meaning !== 'accepted' && meaning !== 'refused') {
			throw new UnusableValue(label, 'has no known Meaning', 'Choose it again');
		}
		return { meaning, ...readRule(entry, label, answerForms[meaning]) };
	});
}

/** @throws UnusableValue */
export function readNotFoundRules(value: unknown): readonly Rule[] {
	return readRules(value, notFoundForm);
}

/** @throws UnusableValue */
export function readGoneRules(value: unknown): readonly Rule[] {
	return readRules(value, goneForm);
}

function readRules(value: unknown, form: LabelledForm): readonly Rule[] {
	return entriesOf(value, form.label).map((entry, index) =>
		readRule(entry, labelOf(form.label, index), form),
	);
}

function labelOf(collection: string, index: number): string {
	return `Rule ${index + 1} of ${collection}`;
}

type Entry = Readonly<Record<string, unknown>>;

/** What n8n stores of a collection whose entries are called `rule`. */
function entriesOf(value: unknown, label: string): readonly Entry[] {
	const given = asRecord(value ?? {})?.rule ?? [];
	if (Array.isArray(given)) {
		const entries = (given as unknown[]).map(asRecord);
		if (entries.every((entry) => entry !== undefined)) return entries;
	}
	throw new UnusableValue(label, 'is not a list of rules', 'Fill it in again');
}

function readRule(entry: Entry, label: string, form: RuleForm): Rule {
	const statuses = readStatuses(entry.status, label, form);
	const condition = readCondition(entry, label, form);
	if (condition.kind !== 'noBody' && statuses.every((status) => bodiless.has(status))) {
		throw new UnusableValue(
			label,
			`has the Status ${statuses.join(', ')}, with which no answer has a body`,
			'Set Condition to No Body, or give another status',
		);
	}
	return { statuses, condition };
}

function readStatuses(value: unknown, label: string, form: RuleForm): readonly number[] {
	const given = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	const texts = given.split(',').map((text) => text.trim());
	const statuses = texts.map((text) => (/^[1-5]\d\d$/.test(text) ? Number(text) : Number.NaN));
	if (statuses.every((status) => form.mayHave(status))) return statuses;
	throw new UnusableValue(
		label,
		`has the Status "${texts.join(', ')}"`,
		`It may have a status ${form.statusesInWords}; several are separated by commas`,
	);
}

function readCondition(entry: Entry, label: string, form: RuleForm): Condition {
	const kind = form.conditions.find((known) => known === entry.condition);
	if (kind === undefined) {
		throw new UnusableValue(label, 'has a Condition that cannot be used there', 'Choose it again');
	}
	if (kind === 'noBody' || kind === 'anyJson') return { kind };
	const field = readFieldPath(entry.field, `Field in ${label}`);
	switch (kind) {
		case 'exists':
			return { kind, field };
		case 'equals':
			return { kind, field, values: [readValue(entry.value, label)] };
		case 'isOneOf': {
			const values = readValue(entry.value, label).split(',');
			return { kind: 'equals', field, values: values.map((text) => readValue(text, label)) };
		}
		case 'contains':
			return { kind, field, text: readValue(entry.value, label) };
	}
}

const whatItHolds = 'Write what the field has to hold';

function readValue(value: unknown, label: string): string {
	const isPlain = typeof value === 'number' || typeof value === 'boolean';
	const text = typeof value === 'string' ? value.trim() : isPlain ? String(value) : '';
	if (text === '') {
		throw new UnusableValue(`Value in ${label}`, 'is empty', whatItHolds);
	}
	if (text.includes('{{')) {
		throw new UnusableValue(
			`Value in ${label}`,
			'holds an expression that was not filled in',
			whatItHolds,
		);
	}
	return text;
}

/**
 * Rules that one and the same answer could meet, and that mean different things.
 *
 * @throws UnusableValue
 */
export function checkAgreement(
	rules: ReadonlyArray<AnswerRule & { readonly label: string }>,
): void {
	for (const [index, rule] of rules.entries()) {
		const other = rules
			.slice(0, index)
			.find((earlier) => earlier.meaning !== rule.meaning && overlap(earlier, rule));
		if (other === undefined) continue;
		throw new UnusableValue(
			answersLabel,
			`contradict each other: ${rule.label} and ${other.label} can be met by the same answer`,
			'Change one of them',
		);
	}
}
