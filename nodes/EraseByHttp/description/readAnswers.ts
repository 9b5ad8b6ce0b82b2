import { UserError } from 'n8n-workflow';

import { asRecord } from '../../../erasure/reply';
import { UnusableValue } from '../../shared/parameters/unusableValue';
import { readFieldPath } from './fieldPath';
import type { Absence, Answers, DeletionRequest, LookDescription } from './httpVendor';
import { checkAgreement, readAnswerRules, readNotFoundRules } from './readRules';
import { isAbout, type AnswerRule } from './rule';

/** Reads a parameter of the node, as it is. */
export type Read = (name: string) => unknown;

/** How the vendor says that it has no such record. @throws UserError */
export function readAbsence(read: Read): Absence {
	return {
		rules: readNotFoundRules(read('notFoundRules')),
		by404: readFlag(read('notFoundByStatus'), '404 Alone Means Not Found'),
	};
}

/** What the vendor's answers to deletions mean. @throws UserError */
export function readAnswers(
	read: Read,
	{ idsPerRequest }: DeletionRequest,
	absence: Absence,
	look: LookDescription | undefined,
): Answers {
	const rules = [...presetRules(read('deletedAnswer')), ...readAnswerRules(read('answerRules'))];
	if (!rules.some(({ meaning }) => meaning !== 'refused')) {
		throw new UnusableValue(
			'Rules for Answers',
			'has no rule for Deleted or Taken On, so that no deletion could ever succeed',
			'Add one, or set What Says Deleted to 204 Without a Body',
		);
	}
	checkAgreement(labelled(rules, absence));
	checkAbsence(absence, look);
	const isBulk = idsPerRequest > 1;
	const oneForAll = isBulk && readBulkAnswer(read('bulkAnswer')) === 'whole';
	if (isBulk && !oneForAll) checkEntryRules(rules);
	const promises = readFlag(read('provesNothing'), 'The Answer Proves Nothing');
	return {
		rules,
		prove: !promises && !oneForAll,
		fieldsOfRecord: readFieldsOfRecord(read('options')),
		...(isBulk && !oneForAll ? { entries: readEntries(read) } : {}),
	};
}

/** That the field with the ID is there says that the record is. */
function checkAbsence({ rules }: Absence, look: LookDescription | undefined): void {
	const isWrong = rules.some(
		({ condition }) =>
			condition.kind === 'exists' && look !== undefined && isAbout(condition, look.idField),
	);
	if (!isWrong) return;
	throw new UnusableValue(
		'What Says Not Found',
		'goes by Field with the ID, which records that are there have',
		'Name the code or the words that say that there is none',
	);
}

/** An answer without a body has no entries. */
function checkEntryRules(rules: readonly AnswerRule[]): void {
	const isFit = rules.some(
		({ meaning, condition }) => meaning !== 'refused' && condition.kind !== 'noBody',
	);
	if (isFit) return;
	throw new UnusableValue(
		'Rules for Answers',
		'has no rule on a field of an entry, so that no record could ever count as deleted',
		'Add one, or set Answer for Several IDs to One for All',
	);
}

function presetRules(value: unknown): readonly AnswerRule[] {
	if (value === 'rule') return [];
	if (value !== 'noContent') {
		throw new UnusableValue('What Says Deleted', 'is not known', 'Choose it again');
	}
	return [{ meaning: 'deleted', statuses: [204], condition: { kind: 'noBody' } }];
}

/** All rules that an answer to a deletion may meet, as the user knows them. */
function labelled(
	rules: readonly AnswerRule[],
	{ rules: absences, by404 }: Absence,
): Array<AnswerRule & { label: string }> {
	return [
		...rules.map((rule) => ({ ...rule, label: `a rule for ${meaningNames[rule.meaning]}` })),
		...absences.map((rule) => ({
			...rule,
			meaning: 'notFound' as const,
			label: 'a rule of What Says Not Found',
		})),
		...(by404 ? alone : []),
	];
}

const meaningNames = {
	deleted: 'Deleted',
	accepted: 'Taken On',
	refused: 'Refused',
	notFound: 'Not Found',
} as const;

/** Empty or JSON: the box to tick as rules. */
const alone = (['noBody', 'anyJson'] as const).map((kind) => ({
	meaning: 'notFound' as const,
	statuses: [404],
	condition: { kind },
	label: 'the box 404 Alone Means Not Found',
}));

function readBulkAnswer(value: unknown): 'list' | 'whole' {
	if (value === undefined || value === 'list') return 'list';
	if (value === 'whole') return 'whole';
	throw new UnusableValue('Answer for Several IDs', 'is not known', 'Choose it again');
}

function readEntries(read: Read): NonNullable<Answers['entries']> {
	const list = read('bulkList');
	return {
		list: isBlank(list) ? [] : readFieldPath(list, 'List in the Answer'),
		id: readFieldPath(read('bulkId'), 'ID in an Entry'),
	};
}

/** To leave these aside would be to take every answer for a good one. */
const isAlarm = /^(errors?|success|successful|ok|deleted)$/i;

function readFieldsOfRecord(options: unknown): readonly string[] {
	const value = asRecord(options)?.fieldsOfRecord ?? '';
	if (typeof value !== 'string') {
		throw new UserError("Fields of the Record in the node's options must be text");
	}
	const names = value.split(',').map((name) => name.trim());
	const given = names.filter((name) => name !== '');
	const unfit = given.find((name) => !/^[\w$@-]+$/.test(name) || isAlarm.test(name));
	if (unfit === undefined) return given;
	throw new UserError(
		`Fields of the Record in the node's options holds "${unfit}", which is no field that describes a record. Remove it`,
	);
}

/** @throws UnusableValue */
export function readFlag(value: unknown, label: string): boolean {
	if (value === undefined) return false;
	if (typeof value === 'boolean') return value;
	throw new UnusableValue(label, 'must be true or false');
}

function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}
