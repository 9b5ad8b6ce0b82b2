/** Why a text cannot be the name of a header that somebody chooses; undefined if it can. */
export type HeaderComplaint = 'noName' | 'notForChoice';

/**
 * Headers that say where a request goes, how long it is and how it is carried (RFC 9110 and 9112,
 * and what browsers keep for themselves), and those by which some servers take a request for one of
 * another method, so that a look would delete.
 */
const notForChoice = new Set([
	'connection',
	'content-encoding',
	'content-length',
	'cookie',
	'cookie2',
	'expect',
	'host',
	'http2-settings',
	'keep-alive',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'via',
	'x-forwarded-host',
	'x-http-method',
	'x-http-method-override',
	'x-method-override',
	'x-original-url',
	'x-rewrite-url',
]);

/** A token: https://www.rfc-editor.org/rfc/rfc9110#name-tokens. */
const token = /^[!#$%&'*+.^_`|~\da-z-]{1,100}$/i;

export function complaintAboutHeader(name: string): HeaderComplaint | undefined {
	if (!token.test(name)) return 'noName';
	const small = name.toLowerCase();
	return notForChoice.has(small) || small.startsWith('proxy-') ? 'notForChoice' : undefined;
}

/** Names of headers are the same in any letter case. */
export function isSameHeader(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
