import {
	createServer,
	request,
	type ClientRequest,
	type IncomingHttpHeaders,
	type IncomingMessage,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { rawHeadersOf, secret, standardWebhooks } from '../../unit/requests/senders';

export interface Called {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	/** The text as JSON; undefined where it is none. */
	readonly json: unknown;
}

export interface Call {
	readonly method?: string;
	/** Names and values in turn, so that one can be there twice. */
	readonly rawHeaders?: readonly string[];
	readonly body?: string | Buffer;
	/** In pieces, and without a length. */
	readonly chunked?: boolean;
}

/**
 * Calls an address as a program outside does, byte for byte. A server may answer before it has read the
 * whole body, and closes the connection then: nothing more is sent once it has answered.
 */
export async function call(
	url: string,
	{ method = 'POST', rawHeaders = [], body = '', chunked = false }: Call,
): Promise<Called> {
	// A connection that is kept may be closed by the busy server just as it is used again.
	const outgoing = request(url, { method, agent: false });
	const values = new Map<string, string[]>();
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
		values.set(name, [...(values.get(name) ?? []), value]);
	}
	for (const [name, all] of values) outgoing.setHeader(name, all.length === 1 ? all[0]! : all);
	const bytes = Buffer.from(body);
	if (!chunked) outgoing.setHeader('content-length', bytes.length);
	const answered = new Promise<IncomingMessage>((resolve, reject) => {
		outgoing.on('response', resolve);
		outgoing.on('error', reject);
	});
	const written = write(outgoing, bytes, chunked, answered);
	const response = await answered.catch((error: NodeJS.ErrnoException) => {
		const isHungUp = error.code === 'EPIPE' || error.code === 'ECONNRESET';
		if (isHungUp && bytes.length > mostThatN8nReads) return undefined;
		throw error;
	});
	await written;
	if (response === undefined) return hungUp;
	const pieces: Buffer[] = [];
	for await (const piece of response) pieces.push(piece as Buffer);
	outgoing.destroy();
	const text = Buffer.concat(pieces).toString();
	const { statusCode: status = 0, headers } = response;
	return { status, headers, text, json: jsonOf(text) };
}

/** 16 MiB: of a larger body n8n reads no more than that, or nothing at all. */
const mostThatN8nReads = 16 * 2 ** 20;

/**
 * What comes of a call whose server hung up while the body was still on its way: its answer may be
 * lost with the connection.
 */
export const hungUp: Called = { status: 0, headers: {}, text: '', json: undefined };

const mostAtOnce = 65_536;

/** Writes the body in pieces, each when the one before is on its way. */
async function write(
	outgoing: ClientRequest,
	bytes: Buffer,
	chunked: boolean,
	answered: Promise<unknown>,
): Promise<void> {
	let isOver = false;
	const over = answered.then(
		() => (isOver = true),
		() => (isOver = true),
	);
	const size = chunked ? Math.max(7, Math.ceil(bytes.length / 1000)) : mostAtOnce;
	for (let at = 0; at < bytes.length && !isOver; at += size) {
		const isTaken = outgoing.write(bytes.subarray(at, at + size));
		if (!isTaken) {
			await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), over]);
		}
	}
	if (!isOver) outgoing.end();
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

interface Signing {
	readonly id?: string;
	/** Seconds from now. */
	readonly shift?: number;
	readonly by?: string;
	readonly library?: typeof standardWebhooks;
	readonly family?: string;
	readonly type?: string;
}

let messages = 0;

/** The headers that a sender's library makes for a body, in the form that `call` takes. */
export function signed(
	body: string,
	{
		id = `msg_${++messages}_${Date.now()}`,
		shift = 0,
		by = secret,
		library = standardWebhooks,
		family = 'webhook',
		type = 'application/json',
	}: Signing = {},
): string[] {
	const at = new Date(Date.now() + shift * 1000);
	return rawHeadersOf({
		'content-type': type,
		[`${family}-id`]: id,
		[`${family}-timestamp`]: String(Math.floor(at.getTime() / 1000)),
		[`${family}-signature`]: new library.Webhook(by).sign(id, at, body),
	});
}

/** What a callback does with a call: it may hang up, or not say a word. */
export type CallbackAnswer =
	| 'reset'
	| 'silence'
	| {
			readonly status: number;
			readonly headers?: Record<string, string>;
			readonly body?: string | Buffer;
	  };

/**
 * A server of the sender's that is called back, and answers what it is told to.
 *
 * @param port 0 for any that is free
 */
export async function listenForCallbacks(port = 0) {
	const calls: Array<{ url: string; headers: IncomingHttpHeaders; body: string; at: number }> = [];
	/** The next answers; 204 once they are used up. */
	const answers: Array<CallbackAnswer> = [];
	const server = createServer((incoming, response) => {
		const pieces: Buffer[] = [];
		incoming.on('data', (piece: Buffer) => pieces.push(piece));
		incoming.on('end', () => {
			const { url = '', headers } = incoming;
			calls.push({ url, headers, body: Buffer.concat(pieces).toString(), at: Date.now() });
			const answer = answers.shift() ?? { status: 204 };
			if (answer === 'silence') return;
			if (answer === 'reset') incoming.socket.resetAndDestroy();
			else response.writeHead(answer.status, answer.headers).end(answer.body);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const stop = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { calls, answers, host, stop };
}

export type Callbacks = Awaited<ReturnType<typeof listenForCallbacks>>;
