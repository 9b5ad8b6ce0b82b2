/** The most that is read of a reply, in bytes as unpacked: more than any answer about records needs. */
export const largestReplyBytes = 10_000_000;

/** The same, as messages say it. */
export const largestReply = '10 MB';

/** What could be read of a reply. */
export type ReplyBody =
	| { readonly kind: 'whole'; readonly text: string }
	/** Larger than largestReplyBytes: the connection was closed there, and nothing is kept. */
	| { readonly kind: 'tooLarge' }
	/** The connection ended before the reply did. */
	| { readonly kind: 'brokenOff' }
	/** Says that it is packed, and cannot be unpacked. */
	| { readonly kind: 'unreadable' };

/** As much of Node's Readable as reading takes. */
interface ByteStream {
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'end' | 'close', listener: () => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	destroy(): unknown;
}

/**
 * Reads a reply as it comes in, and no further than it may go. n8n's HTTP client has unpacked the
 * stream by then (gzip, deflate, br): what counts is what a reply grows to. Never rejects.
 *
 * @param body the stream; or text or parsed JSON where the helper gave no stream
 * @param signal closes the connection, also where the helper itself listens to no signal
 */
export async function readBody(body: unknown, signal: AbortSignal | undefined): Promise<ReplyBody> {
	if (!isStream(body)) return { kind: 'whole', text: asText(body) };
	return await new Promise((resolve) => {
		const decoder = new TextDecoder();
		const destroy = () => body.destroy();
		let text = '';
		let bytes = 0;
		const settle = (result: ReplyBody) => {
			signal?.removeEventListener('abort', destroy);
			// What resolves twice keeps the first; no piece is kept longer than that.
			text = '';
			resolve(result);
		};
		// A stream that breaks while nothing listens for it would end all of n8n.
		body.on('error', (error) => settle(isUnpacking(error) ? unreadable : brokenOff));
		body.on('data', (chunk) => {
			bytes += chunk.length;
			if (bytes <= largestReplyBytes) {
				text += decoder.decode(chunk, { stream: true });
				return;
			}
			settle({ kind: 'tooLarge' });
			destroy();
		});
		let whole: ReplyBody | undefined;
		body.on('end', () => {
			whole = { kind: 'whole', text: text + decoder.decode() };
		});
		// Not at the end already: the HTTP client still listens to the signal then, and an abort would
		// cost it an exception with its stack for every reply.
		body.on('close', () => settle(whole ?? brokenOff));
		signal?.addEventListener('abort', destroy);
		if (signal?.aborted === true) destroy();
	});
}

/** The text, or nothing of a stream, whose connection is closed. */
export function discardBody(body: unknown): string {
	if (!isStream(body)) return asText(body);
	body.on('error', () => {});
	body.destroy();
	return '';
}

const brokenOff: ReplyBody = { kind: 'brokenOff' };

const unreadable: ReplyBody = { kind: 'unreadable' };

function isStream(body: unknown): body is ByteStream {
	return (
		typeof body === 'object' &&
		body !== null &&
		typeof (body as Partial<ByteStream>).on === 'function' &&
		typeof (body as Partial<ByteStream>).destroy === 'function'
	);
}

function asText(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

/** The codes of zlib (gzip and deflate), of Brotli and of Zstandard, as Node gives them. */
function isUnpacking(error: unknown): boolean {
	const { code } = (error ?? {}) as { code?: unknown };
	return typeof code === 'string' && /^(Z_|ERR__|ERR_BROTLI|ZSTD_)/.test(code);
}
