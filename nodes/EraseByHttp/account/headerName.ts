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
	'content-type',
	'cookie',
	'cookie2',
	'destination',
	'expect',
	'forwarded',
	'host',
	'http2-settings',
	'keep-alive',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'via',
	'x-host',
]);

/** Where a server, or a proxy before it, is told of another method, host or path. */
const leadsElsewhere =
	/^(proxy-|x-forwarded-|x-(http-)?(original|override|rewrite)-|x-(http-)?(method|path|host|url|uri)(-override)?$|x-http-method)|-override$|^(--proto--|constructor|prototype)$/;

/** A token: https://www.rfc-editor.org/rfc/rfc9110#name-tokens. */
const token = /^[!#$%&'*+.^_`|~\da-z-]{1,100}$/i;

export function complaintAboutHeader(name: string): HeaderComplaint | undefined {
	if (!token.test(name)) return 'noName';
	const small = plain(name);
	return notForChoice.has(small) || leadsElsewhere.test(small) ? 'notForChoice' : undefined;
}

/** Names of headers are the same in any letter case, and to many servers with either stroke. */
export function isSameHeader(one: string, other: string): boolean {
	return plain(one) === plain(other);
}

/** Many servers take an underscore for a hyphen. */
function plain(name: string): string {
	return name.toLowerCase().replace(/_/g, '-');
}
