import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Particulars } from '../../erasure/certificate/issue';
import {
	complaintAboutReference,
	complaintAboutSentence,
} from '../../erasure/certificate/reference';
import { readMoment } from '../../erasure/moment';
import { isMissing, isVendorName } from '../../erasure/receiptFields';
import { isOwnVendor } from '../shared/vendor/ownVendors';
import { amends, amendsDisclosures } from './fields';
import { packageName, packageVersion } from './packageVersion';
import { certificatesIn, textsIn } from './texts';

export interface IssueSettings {
	readonly keptApart: boolean;
	/** The certificates to amend; none for a first one. */
	readonly amends: readonly string[];
	readonly amendsDisclosures: readonly string[];
	/** Names of vendors that have no node here. */
	readonly otherVendors: readonly string[];
	readonly particulars: Omit<Particulars, 'issuer' | 'key' | 'reference' | 'issuedAt'>;
}

/** What the node says for all requests: read once. @throws UserError */
export function readIssueSettings(context: IExecuteFunctions): IssueSettings {
	const options: IDataObject = context.getNodeParameter('options', 0, {});
	const timeZone = context.getTimezone();
	const received = readTime(options.received, 'Received', timeZone);
	const approved = readApproval(options, timeZone);
	const subject = readSubject(options.subject);
	return {
		keptApart: options.certificateForEachRequest === true,
		...readAmends(context, 0, options),
		otherVendors: readOtherVendors(options.otherVendors),
		particulars: {
			...(received === undefined ? {} : { received }),
			...(subject === undefined ? {} : { subject }),
			...(approved === undefined ? {} : { approved }),
			notCovered: readNotCovered(context.getNodeParameter('notCovered', 0, '')),
			made: {
				package: packageName,
				version: packageVersion,
				execution: context.getExecutionId() ?? 'unsaved',
			},
		},
	};
}

/**
 * The certificates that Amends gives, and the disclosures that belong to them.
 *
 * @param options as they were computed for the item
 * @throws UnreadableTexts
 */
export function readAmends(
	context: IExecuteFunctions,
	item: number,
	options: IDataObject,
): Pick<IssueSettings, 'amends' | 'amendsDisclosures'> {
	const entered: IDataObject = context.getNodeParameter(
		'options',
		item,
		{},
		{ rawExpressions: true },
	);
	return {
		amends: certificatesIn(options.amends, entered.amends, amends.displayName),
		amendsDisclosures: textsIn(
			options.amendsDisclosures,
			'disclosure',
			amendsDisclosures.displayName,
		),
	};
}

function readNotCovered(value: unknown): string[] {
	const lines: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/\r?\n/)
			: [];
	const sentences = lines.filter((line) => typeof line === 'string').map((line) => line.trim());
	const given = sentences.filter((sentence) => sentence !== '');
	if (given.length === 0) {
		throw new UserError(
			'Not Covered is empty. Say what the certificate does not cover, at least the backups of the vendors',
		);
	}
	for (const sentence of given) {
		const complaint = complaintAboutSentence(sentence);
		if (complaint !== undefined) {
			throw new UserError(
				`Not Covered ${complaint}. Everybody may read it: say in general what is not covered`,
			);
		}
	}
	return given;
}

function readOtherVendors(value: unknown): string[] {
	if (isMissing(value)) return [];
	const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : [''];
	if (names.every((name) => isVendorName(name) && !isOwnVendor(name))) return names;
	throw new UserError(
		'Other Vendors has to be names, separated by commas, as Vendor Name in Erase by HTTP has them. Everybody may read them: leave out names of people',
	);
}

function readApproval(
	{ approvedAt, approvedBy }: IDataObject,
	timeZone: string,
): { at: string; by: string } | undefined {
	const at = readTime(approvedAt, 'Approved At', timeZone);
	const by = typeof approvedBy === 'number' ? String(approvedBy) : approvedBy;
	const isNamed = typeof by === 'string' && by.trim() !== '';
	if (at === undefined && !isNamed) return undefined;
	if (at === undefined || !isNamed) {
		throw new UserError('Approved At and Approved By go together. Fill in both, or neither');
	}
	const complaint = complaintAboutReference(by.trim());
	if (complaint === undefined) return { at, by: by.trim() };
	throw new UserError(
		`Approved By ${complaint}. Everybody may read it: give a role or a number, such as privacy-office`,
	);
}

function readSubject(subject: unknown): string | undefined {
	if (isMissing(subject)) return undefined;
	if (typeof subject === 'string' && subject.length <= 1000) return subject;
	throw new UserError(
		'Subject has to be a text of at most 1,000 characters. Correct the expression',
	);
}

/** @returns ISO 8601 in UTC; a date without a zone is one of the workflow's */
function readTime(value: unknown, label: string, timeZone: string): string | undefined {
	if (isMissing(value)) return undefined;
	const moment = readMoment(value);
	if (moment === undefined) {
		throw new UserError(`${label} is not a date and time. Enter one such as 2026-01-31T14:30:00Z`);
	}
	const { time, hasZone } = moment;
	const utc = hasZone ? time : time - offsetOf(timeZone, time - offsetOf(timeZone, time));
	return new Date(utc).toISOString();
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetOf(timeZone: string, moment: number): number {
	const shown = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
	}).format(moment);
	return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
}
