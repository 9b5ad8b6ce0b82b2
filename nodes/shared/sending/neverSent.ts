import type { Reply } from '../../../erasure/reply';

type NotDelivered = Extract<Reply, { kind: 'notDelivered' }>;

/**
 * What n8n, Node's HTTP client or a proxy says of a request that did not leave for the vendor. By
 * their words, because that is all that n8n 1.x leaves of what was thrown.
 *
 * @param words all messages of what was thrown
 * @param codes all codes of it, such as ECONNREFUSED
 * @param url where the request was meant to go
 * @returns undefined where nothing of that kind is said: then it may have been sent
 */
export function readNeverSent(
	words: readonly string[],
	codes: readonly string[],
	url: string,
): NotDelivered | undefined {
	const said = says.find(({ pattern }) => words.some((text) => pattern.test(text)));
	if (said !== undefined) return { kind: 'notDelivered', ...said.meaning };
	if (codes.some((code) => unsendable.has(code))) {
		return { kind: 'notDelivered', cause: 'n8n could not build a request from it' };
	}
	return words.map((text) => readProxy(text, url)).find((reply) => reply !== undefined);
}

const checkProxy =
	"Check the proxy in n8n's environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY), and try again";

/** https://www.rfc-editor.org/rfc/rfc9110#name-407-proxy-authentication-re: no vendor answers that. */
export const proxyWantsSignIn: NotDelivered = {
	kind: 'notDelivered',
	cause: 'the proxy on the way asked for a user and password (HTTP 407)',
	remedy: checkProxy,
};

/**
 * n8n's protection is in @n8n/backend-network (SsrfBlockedIpError, SsrfBlockedHostnameError); its
 * variables are in @n8n/config. Allowed names and ranges win over blocked ones.
 */
const says = [
	{
		pattern: /^The request was blocked because /,
		meaning: {
			cause: 'n8n blocks requests to its address (N8N_SSRF_PROTECTION_ENABLED)',
			remedy:
				"Name it in n8n's environment, in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES",
		},
	},
	{
		pattern: /^Domain not allowed: /,
		meaning: {
			cause: 'the credentials are limited to other domains',
			remedy: 'Check Allowed HTTP Request Domains in the credentials',
		},
	},
	{
		pattern: /^Proxy connection ended before receiving CONNECT response/,
		meaning: { cause: 'the proxy on the way closed the connection', remedy: checkProxy },
	},
] as const;

/** Node's HTTP client turns the request down before it opens a connection. */
const unsendable: ReadonlySet<string> = new Set([
	'ERR_INVALID_CHAR',
	'ERR_INVALID_PROTOCOL',
	'ERR_INVALID_URL',
	'ERR_SOCKET_BAD_PORT',
	'ERR_UNESCAPED_CHARACTERS',
]);

/** Redirects are not followed, so that who was asked for at another host or port is a proxy. */
function readProxy(text: string, url: string): NotDelivered | undefined {
	const [, code, host = '', port] =
		/^connect ([A-Z]+) (.+):(\d+)/.exec(text) ?? /^getaddrinfo ([A-Z_]+) (\S+)$/.exec(text) ?? [];
	const vendor = URL.canParse(url) ? new URL(url) : undefined;
	if (code === undefined || vendor === undefined) return undefined;
	const vendorPort = vendor.port || (vendor.protocol === 'http:' ? '80' : '443');
	const isVendor = port === undefined ? host === vendor.hostname : port === vendorPort;
	if (isVendor) return undefined;
	const name = port === undefined ? host : `${host}:${port}`;
	const cause = `the proxy ${name} was not reached (${code})`;
	return { kind: 'notDelivered', cause, remedy: checkProxy };
}
