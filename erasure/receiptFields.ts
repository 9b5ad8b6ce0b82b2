import { readJson as readText } from './json';
import { readMoment } from './moment';
import { reasonCodes, type ReasonCode } from './outcome';
import { asRecord } from './reply';

type Fields = Readonly<Record<string, unknown>>;

/** Why a receipt cannot be read: the end of a sentence about it. */
export class Unreadable extends Error {}

export function unusable(field: string, expected: string): Unreadable {
	return new Unreadable(`has no usable "${field}", which has to be ${expected}`);
}

export function contradiction(what: string, outcome: string): Unreadable {
	return new Unreadable(`contradicts itself: ${what} does not go with the outcome "${outcome}"`);
}

/** An empty cell is a field that is not there. */
export function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Far more than any receipt, and far fewer than a function that calls itself for each level takes. */
const deepestText = 200;

/**
 * The value of JSON text that holds receipts or parts of them.
 *
 * @returns undefined for what is not read as JSON; what is no text comes back as it is
 */
export function readJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return readText(value, deepestText);
}

/** An object, or the JSON text of one; undefined for anything else. */
export function readObject(value: unknown): Fields | undefined {
	return asRecord(readJson(value));
}

/**
 * The fields in which an item holds receipts, of those that hold something: an object or a list, or text
 * that starts like one, even an empty list or broken text. A number, such as how many there are, is none.
 */
function holdersIn(fields: Fields): Array<'receipt' | 'receipts'> {
	return (['receipt', 'receipts'] as const).filter((name) => {
		const value = fields[name];
		return typeof value === 'string'
			? /^\s*[[{]/.test(value)
			: typeof value === 'object' && value !== null;
	});
}

/** Whether it is a receipt and holds others besides, or holds some in two fields. */
export function isInSeveralPlaces(fields: Fields): boolean {
	return holdersIn(fields).length + (isMissing(fields.outcome) ? 0 : 1) > 1;
}

/** As a table, CSV or a person writes yes and no. */
const flags = new Map<unknown, boolean>([
	[true, true],
	[1, true],
	['1', true],
	['true', true],
	[false, false],
	[0, false],
	['0', false],
	['false', false],
]);

export function readFlag(fields: Fields, name: string): boolean | undefined {
	const value = fields[name];
	if (isMissing(value)) return undefined;
	const flag = flags.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
	if (flag === undefined) throw unusable(name, 'true or false');
	return flag;
}

/** Few digits, so that no one's number can take the place of a name. */
const nameForm = /^(?!(?:\D*\d){7})[A-Za-z][A-Za-z0-9._-]{0,39}$/;

/** A vendor's may have single blanks as well: whoever describes a vendor says what it is called. */
const vendorForm = /^(?!(?:\D*\d){7})[A-Za-z](?:[A-Za-z0-9._&'-]| (?! |$)){0,39}$/;

/** Whether receipts can have this as the name of their vendor. */
export function isVendorName(name: string): boolean {
	return vendorForm.test(name);
}

/** What such a name looks like, as a sentence goes on. */
export const vendorNameForm =
	"a name of at most 40 letters, with at most 6 digits and single blanks, '.', '_', '-', '&' or apostrophes among them";

export function readVendor(fields: Fields): string {
	const { vendor } = fields;
	if (typeof vendor === 'string' && isVendorName(vendor)) return vendor;
	throw unusable('vendor', vendorNameForm);
}

export function readResource(fields: Fields): string {
	const { resource } = fields;
	if (typeof resource === 'string' && nameForm.test(resource)) return resource;
	throw unusable(
		'resource',
		"a name of letters, with at most 6 digits and '.', '_' or '-' among them",
	);
}

/** @returns ISO 8601 in UTC; undefined where the field is not there */
export function readTime(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (isMissing(value)) return undefined;
	const moment = readMoment(value);
	if (moment?.hasZone === true) return new Date(moment.time).toISOString();
	throw unusable(name, 'a date with its time and time zone, such as 2026-11-22T10:00:00.000Z');
}

export function readAttempts({ attempts }: Fields): number | undefined {
	if (isMissing(attempts)) return undefined;
	const isText = typeof attempts === 'string' && /^\s*\d{1,9}\s*$/.test(attempts);
	const number = isText ? Number(attempts) : attempts;
	if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
	throw unusable('attempts', 'a whole number');
}

export function readAccount({ account }: Fields): string | undefined {
	if (isMissing(account)) return undefined;
	if (typeof account === 'string' && /^[\da-f]{16}$/.test(account)) return account;
	throw unusable('account', '16 hexadecimal digits');
}

/** Whatever stands there: one that does not fit says that the receipt was altered, and no more. */
export function readSeal({ seal }: Fields): string | undefined {
	if (isMissing(seal)) return undefined;
	return typeof seal === 'string' ? seal : 'unreadable';
}

export interface ReadReason {
	/** Missing where a table kept only the message. */
	readonly code?: ReasonCode;
	readonly message?: string;
}

export function readReason(fields: Fields): ReadReason | undefined {
	const { reason } = fields;
	const object = readObject(reason) ?? columnsOf(fields, 'reason.');
	if (object === undefined) {
		return typeof reason === 'string' && reason !== '' ? { message: reason } : undefined;
	}
	const { code, message } = object;
	const known = reasonCodes.find((one) => one === code);
	if (known === undefined && !isMissing(code)) {
		throw unusable('reason.code', 'a code listed in docs/receipts.md');
	}
	return {
		...(known === undefined ? {} : { code: known }),
		...(typeof message === 'string' ? { message } : {}),
	};
}

/** Columns such as `target.callId`, which is what n8n makes of an object in CSV. */
function columnsOf(fields: Fields, prefix: string): Fields | undefined {
	const columns = Object.entries(fields).filter(
		([name, value]) => name.startsWith(prefix) && !isMissing(value),
	);
	if (columns.length === 0) return undefined;
	return Object.fromEntries(columns.map(([name, value]) => [name.slice(prefix.length), value]));
}

const mostIdentifiers = 12;
const longestIdentifier = 300;
const identifierName = /^[A-Za-z]\w{0,39}$/;
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

export function readTarget(fields: Fields): Record<string, string> {
	const { target } = fields;
	const object = readObject(target) ?? columnsOf(fields, 'target.') ?? readPairs(target);
	if (object === undefined) {
		throw unusable('target', "an object of the record's identifiers, or its JSON text");
	}
	const entries = Object.entries(object).map(([name, value]) => [name, asText(value)] as const);
	const areFit = entries.every(
		([name, text]) =>
			identifierName.test(name) &&
			text !== undefined &&
			text !== '' &&
			text.length <= longestIdentifier &&
			!unseen.test(text),
	);
	if (!areFit || entries.length > mostIdentifiers) {
		throw unusable('target', 'at most 12 identifiers, each of them one line of text');
	}
	return Object.fromEntries(entries) as Record<string, string>;
}

function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return Number.isSafeInteger(value) ? String(value) : undefined;
}

const pair = /^([A-Za-z]\w*): ([^,]+)$/;

/**
 * A target as the example workflows write it, for people: `callId: c1, sessionId: s1`. An identifier
 * with a comma could be read in two ways, so it is not read at all.
 */
function readPairs(target: unknown): Fields | undefined {
	if (isMissing(target)) return {};
	if (typeof target !== 'string') return undefined;
	const pairs = target.split(', ').map((text) => pair.exec(text));
	const entries = pairs.map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const);
	const names = new Set(entries.map(([name]) => name));
	return pairs.includes(null) || names.size < pairs.length
		? undefined
		: Object.fromEntries(entries);
}
