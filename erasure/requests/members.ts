import { isJsonObject, type JsonObject } from '../json';
import { readIdentifiers } from '../identifier';
import { malformed, Refused, type Callback, type Identity } from './requestContent';

/** Reads members of a body strictly: every function throws Refused with where it stands. */

export function objectAt(value: unknown, member: string): JsonObject {
	if (isJsonObject(value)) return value;
	throw malformed(member, 'has to be an object');
}

/** What is misspelt may hold what was to be erased, or what kept something from being erased. */
export function refuseStrangers(
	object: JsonObject,
	member: string,
	known: readonly string[],
): void {
	const stranger = Object.keys(object).find((name) => !known.includes(name));
	if (stranger === undefined) return;
	const shown = JSON.stringify(stranger.slice(0, 40));
	throw malformed(member, `has a member that is not known here, ${shown}. Leave it out`);
}

/** @returns nothing for a member that is not there */
export function listAt(value: unknown, member: string, most: number): readonly unknown[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw malformed(member, 'has to be a list');
	if (value.length <= most) return value as unknown[];
	throw new Refused(413, `The member ${member} holds more than ${most} entries. ${inParts}`);
}

export const inParts = 'Send the request in parts, each with an ID of its own';

const invisible = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** @param longest in characters */
export function textAt(value: unknown, member: string, longest: number): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text !== '' && text.length <= longest && !invisible.test(text)) return text;
	throw malformed(member, `has to be a text of 1 to ${longest} visible characters`);
}

/** A name of the sender's for a request or a company: it comes back in answers and callbacks. */
export function nameAt(value: unknown, member: string): string {
	if (typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)) return value;
	throw malformed(member, 'has to be a text of 1 to 200 characters of ASCII without blanks');
}

/** Exact IDs: what looks like an accident is no record's ID. */
export function identifiersAt(values: readonly unknown[], member: string): readonly string[] {
	if (values.length === 0) return [];
	const check = readIdentifiers(values);
	if (check.valid) return check.identifiers;
	throw malformed(member, `${check.problem}. Give exact IDs, as texts`);
}

/** The names that a format has for the parts of an identity. */
export type IdentityMembers = Readonly<Record<'type' | 'value' | 'format', string>>;

export function identityAt(entry: unknown, member: string, names: IdentityMembers): Identity {
	const fields = objectAt(entry, member);
	const read = (part: keyof IdentityMembers, longest: number) =>
		textAt(fields[names[part]], `${member}.${names[part]}`, longest);
	const format = fields[names.format];
	const hasFormat = format !== undefined && format !== null && format !== '';
	return {
		type: read('type', 100),
		value: read('value', 1000),
		...(hasFormat ? { format: read('format', 100) } : {}),
	};
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address to call back: https, or http on this machine. Written as a parser of addresses writes it,
 * so that its host is the one that a person reads.
 */
export function addressAt(value: unknown, member: string): string {
	const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
	const isProtected =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
	const isPlain =
		isProtected && url.username === '' && url.password === '' && !url.href.includes('#');
	if (isPlain && (url.href === value || url.href === `${String(value)}/`)) return url.href;
	throw malformed(
		member,
		'has to be an address that starts with https://, without a user name and written as web addresses are sent',
	);
}

/** Set by whatever carries a call: from a sender they could take it elsewhere. */
const ofTheConnection =
	/^(connection|content-.*|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

export function headersAt(value: unknown, member: string): Callback['headers'] {
	if (value === undefined || value === null) return undefined;
	const headers = Object.entries(objectAt(value, member));
	for (const [name, text] of headers) {
		const isName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name);
		const isValue = typeof text === 'string' && /^[\x20-\x7e]{0,4000}$/.test(text);
		if (isName && isValue && !ofTheConnection.test(name)) continue;
		throw malformed(member, 'has to hold headers, which are texts, and none of the connection');
	}
	if (headers.length > 20) throw malformed(member, 'has to hold 20 headers at most');
	return Object.fromEntries(headers) as Record<string, string>;
}
