/** A reply that arrived. The body is the text as received: what it means is for the vendor's reader. */
export interface Answer {
	readonly kind: 'answered';
	readonly status: number;
	/** Header names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What came of one request. */
export type Reply = Answer | NoAnswer;

/** Why no answer arrived. */
export type NoAnswer =
	/** The request never reached the vendor: unknown host, no connection, no TLS. */
	| {
			readonly kind: 'notDelivered';
			readonly cause: string;
			/** What to do about it, in a sentence; without it, the address is what to check. */
			readonly remedy?: string;
	  }
	/** An answer that is larger than what is read of one, and whose status does not say it all. */
	| { readonly kind: 'tooLarge'; readonly status: number; readonly limit: string }
	/** The request may have reached the vendor, but no reply came back. */
	| { readonly kind: 'lost'; readonly cause: string }
	/** The vendor turned the credentials down before it looked at the request. */
	| { readonly kind: 'badCredentials'; readonly cause: string }
	| { readonly kind: 'cancelled' };

/** The body as JSON, or undefined where it is not JSON. `null` is valid JSON and comes back as null. */
export function parseJson(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}

/** Characters of a reply that makes no sense, such as a page of a gateway. */
export const longestShownReply = 2000;

/**
 * What a receipt shows of an answer that was judged only by its status: parsed where it is JSON, its
 * beginning where it is long, undefined where it is empty.
 */
export function showReply({ body }: Answer): unknown {
	const text = body.trim();
	if (text === '') return undefined;
	if (text.length > longestShownReply) return `${text.slice(0, longestShownReply - 1)}…`;
	return parseJson(text) ?? text;
}

/** The value as an object with unknown fields, or undefined where it is anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: undefined;
}
