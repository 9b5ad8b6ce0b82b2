import { UnusableValue } from '../../shared/parameters/unusableValue';
import { pathAround, pathWithout, type Path } from '../../shared/sending/path';

/** How an ID is written into an address: for most vendors encoded once. */
export type IdEncoding = 'once' | 'twice' | 'twiceIfSlashes';

/** A path as the vendor's page shows it, cut where the ID goes: with `after`, if it has a place for one. */
export interface PathTemplate {
	readonly before: string;
	readonly after?: string;
}

/** What an ID's place is called. */
export const idPlace = '{id}';

const example = 'Write it as the page of the vendor has it, such as /recordings/{id}';

/**
 * Reads a path that begins at the credential's address and stays below its host, with or without a
 * query.
 *
 * @param label the parameter's name as the user sees it
 * @throws UnusableValue for what is no such path, or has more than one place for an ID
 */
export function readPathTemplate(value: unknown, label: string): PathTemplate {
	const text = typeof value === 'string' ? value.trim() : '';
	const complaint = complaintAbout(text);
	if (complaint !== undefined) throw new UnusableValue(label, complaint, example);
	const [before = '', after, ...others] = text.split(idPlace);
	if (others.length > 0) {
		throw new UnusableValue(label, `has ${idPlace} more than once`, example);
	}
	checkPlain(`${before}${after ?? ''}`, label);
	return after === undefined ? { before } : { before, after };
}

function complaintAbout(text: string): string | undefined {
	if (text === '') return 'is empty';
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || text.startsWith('//')) {
		return 'holds a whole address, and requests go to the one in the credential alone';
	}
	if (!text.startsWith('/')) return 'does not begin with "/"';
	if (text.includes('{{')) return 'holds an expression that was not filled in';
	return undefined;
}

/** What an address may hold without being encoded, and what is encoded already: RFC 3986. */
const plainCharacters = /^(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})*$/i;

function checkPlain(text: string, label: string): void {
	if (/[{}]/.test(text)) {
		throw new UnusableValue(label, `has braces around something else than ${idPlace}`, example);
	}
	if (!plainCharacters.test(text) || text.split('?').length > 2) {
		throw new UnusableValue(
			label,
			'holds a character that an address cannot have as it stands',
			'Write blanks and letters of other scripts encoded, such as %20',
		);
	}
	const [names = '', query = ''] = text.split('?');
	if (
		decodedOften(names)
			.split(/[/\\;]/)
			.some((name) => name === '.' || name === '..')
	) {
		throw new UnusableValue(label, 'holds "." or ".." between slashes', example);
	}
	if (nameOfKey.test(query)) {
		throw new UnusableValue(
			label,
			'holds what looks like a key',
			'Enter the key in the credential, where it is kept secret',
		);
	}
}

const nameOfKey =
	/(?:^|&)(?:api[-_]?key|access[-_]?key|(?:access|auth|api)?[-_]?token|secret|password|signature)=/i;

/** Whoever reads an address takes `%2e` for a dot, and some servers decode it more than once. */
function decodedOften(text: string): string {
	const decode = (given: string) => given.replace(/%(2e|2f|5c|3b|25)/gi, decodeURIComponent);
	return decode(decode(decode(text)));
}

/** The path as it was described, without the mark for an ID. */
export function showPath({ before, after = '' }: PathTemplate): string {
	return `${before}${after}`;
}

/** The path with an ID in its place, if it has one. */
export function fillPath({ before, after }: PathTemplate, id: string, encoding: IdEncoding): Path {
	if (after === undefined) return pathWithout(before);
	return pathAround(before, id, after, encodingsOf(id, encoding));
}

function encodingsOf(id: string, encoding: IdEncoding): 1 | 2 {
	switch (encoding) {
		case 'once':
			return 1;
		case 'twice':
			return 2;
		case 'twiceIfSlashes':
			return id.startsWith('/') || id.includes('//') ? 2 : 1;
	}
}
