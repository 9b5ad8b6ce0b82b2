import { UserError, type IHttpRequestOptions } from 'n8n-workflow';

/** A request as n8n hands it to a credential: of its newer helpers, or of the older ones. */
type RequestFields = Readonly<Record<string, unknown>>;

/**
 * What every credential does to a request before it adds its key, so that the key goes to the
 * address that it belongs to, protected, and nowhere else, whichever node the request comes from.
 *
 * The destination is read from whatever form the request has: `url`, with `baseURL`, from this
 * package and from declarative nodes; `uri`, text or an object, from n8n's HTTP Request and GraphQL.
 * It is handed on as one absolute `url`, so that what was checked is what is sent. Redirects are
 * switched off in the words of both of n8n's helpers.
 *
 * @param address the account's address, as checkAddress returns it
 * @returns the request to add the key to; `uri` and `baseURL` are gone
 * @throws UserError if the request goes to another origin or names no absolute address, and if it
 *   brings anything that takes the connection elsewhere or leaves it unprotected: a proxy, agents, a
 *   Host header of another host, a certificate check that is switched off or changed
 */
export function toOwnAddress(request: IHttpRequestOptions, address: string): IHttpRequestOptions {
	const { uri, baseURL, ...rest } = request as IHttpRequestOptions & RequestFields;
	const destination = readDestination(readLocation({ uri, url: rest.url }), baseURL, address);
	refuseOtherHostHeader(rest.headers, destination);
	refuseProxy(rest);
	refuseUncheckedCertificate(rest);
	refuseOwnConnection(rest);
	return {
		...rest,
		url: destination.href,
		...noRedirects,
	};
}

/** `disableFollowRedirect` for n8n's newer helper, the others for the older one. */
const noRedirects = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** Where the request says that it goes. */
function readLocation({ uri, url }: { uri: unknown; url: unknown }): string {
	const [location, other] = textsOf(url, uri);
	if (other !== undefined && other !== location) {
		throw new UserError(
			'This request names two addresses, "url" and "uri", but credentials are sent to only one. Leave one of them out',
		);
	}
	return location ?? '';
}

/** n8n's helpers take an object, such as a URL, for the text that it gives. */
function textsOf(...fields: readonly unknown[]): string[] {
	return fields.filter((field) => field !== undefined && field !== null).map(String);
}

function readDestination(location: string, baseURL: unknown, address: string): URL {
	const own = new URL(address);
	const [base] = textsOf(baseURL);
	const readings = readBothWays(location, base);
	const foreign = readings.find((reading) => originOf(reading) !== originOf(own));
	if (foreign !== undefined) {
		throw new UserError(
			`These credentials are for ${originOf(own)} and are not sent to ${originOf(foreign)}. Use an address there, or other credentials`,
		);
	}
	const [destination] = readings;
	if (destination !== undefined) return destination;
	throw new UserError(
		`These credentials are for ${originOf(own)}, and this request does not name a full address. Enter the full address, starting with https://`,
	);
}

/**
 * With a base, a URL parser and n8n's HTTP client do not read alike: the client puts whatever does
 * not start with `https://`, `//` or the like behind the base.
 *
 * @returns what the client makes of it, then what a parser makes of it; nothing if one of them makes
 *   no absolute address of it
 */
function readBothWays(location: string, base: string | undefined): URL[] {
	const isAbsolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(location);
	const joined =
		base === undefined || isAbsolute
			? location
			: `${base.replace(/(?<!\/)\/+$/, '')}/${location.replace(/^\/+/, '')}`;
	if (!URL.canParse(joined) || !URL.canParse(location, base)) return [];
	return [new URL(joined), new URL(location, base)];
}

/** `origin` is "null" for most schemes, and for blob: it is that of the address inside. */
function originOf({ protocol, host }: URL): string {
	return `${protocol}//${host}`;
}

/** A server for many hosts goes by this header, whichever of them was connected to. */
function refuseOtherHostHeader(headers: unknown, { host }: URL): void {
	const others = Object.entries((headers ?? {}) as RequestFields).filter(
		([name, value]) => name.trim().toLowerCase() === 'host' && String(value).toLowerCase() !== host,
	);
	if (others.length === 0) return;
	throw new UserError(
		`These credentials are for ${host}, and this request has a Host header for another host. Remove that header`,
	);
}

/** n8n's own proxy, set for the whole instance, is not in the request. */
function refuseProxy({ proxy, tunnel }: RequestFields): void {
	if (!isSet(proxy) && !isSet(tunnel)) return;
	throw new UserError(
		"These credentials are not sent through a proxy that a node names. Remove Proxy from the node's options, and set the proxy for all of n8n with HTTPS_PROXY",
	);
}

/** Of an agent's options, those that decide which certificates are good. */
const trustOptions = new Set(['ca', 'checkServerIdentity', 'rejectUnauthorized', 'secureContext']);

function refuseUncheckedCertificate(request: RequestFields): void {
	const isUnchecked =
		(request.rejectUnauthorized ?? true) !== true ||
		(request.strictSSL ?? true) !== true ||
		isSet(request.skipSslCertificateValidation) ||
		agentOptionsOf(request).some((option) => trustOptions.has(option));
	if (!isUnchecked) return;
	throw new UserError(
		"These credentials are only sent where n8n itself checks the server's certificate. Switch off Ignore SSL Issues and leave CA empty in the node, and give all of n8n an authority of your own with NODE_EXTRA_CA_CERTS",
	);
}

/** A client's own certificate shows who calls, and changes nothing about where the call goes. */
const clientCertificate = new Set(['cert', 'key', 'passphrase', 'pfx']);

const connectionFields = [
	'adapter',
	'agent',
	'agentClass',
	'agents',
	'beforeRedirect',
	'httpAgent',
	'httpsAgent',
	'localAddress',
	'lookup',
	'pool',
	'socketPath',
	'transport',
];

function refuseOwnConnection(request: RequestFields): void {
	const found = [
		...connectionFields.filter((field) => isSet(request[field])),
		...agentOptionsOf(request)
			.filter((option) => !clientCertificate.has(option))
			.map((option) => `agentOptions.${option}`),
	];
	if (found.length === 0) return;
	throw new UserError(
		`These credentials are only sent over a connection that n8n sets up. Remove ${found.join(', ')} from the request`,
	);
}

/** Node puts them above what the request says, its host included. */
function agentOptionsOf({ agentOptions }: RequestFields): string[] {
	const options = Object.entries((agentOptions ?? {}) as RequestFields);
	return options.filter(([, value]) => value !== undefined).map(([name]) => name);
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== false && value !== '';
}
