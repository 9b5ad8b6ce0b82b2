import { pipeline, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
	constants as zlibConstants,
	createBrotliCompress,
	createDeflate,
	createGzip,
} from 'node:zlib';

import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a vendor does wrong, on demand. "Before" and "instead": the record is left as it is. */
export type Fault =
	/** Answers with this status instead of doing anything. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: string;
	  }
	/** Closes the connection before doing anything. */
	| { readonly kind: 'resetBefore' }
	/** Does what was asked and closes the connection without an answer. */
	| { readonly kind: 'resetAfter' }
	/** Takes the request and never answers. */
	| { readonly kind: 'noAnswer' }
	/** Does what was asked and answers late. */
	| { readonly kind: 'late'; readonly ms: number }
	/** Does what was asked and closes the connection in the middle of the answer. */
	| { readonly kind: 'cutOff' }
	/** Does what was asked and lets the answer drip, a character at a time and without an end. */
	| { readonly kind: 'trickle'; readonly everyMs: number }
	/** Does what was asked, and the answer that follows is of 300 MB, as it is or packed. */
	| { readonly kind: 'flood'; readonly packed?: keyof typeof packers }
	/** Does what was asked and answers something else, perhaps with another status. */
	| {
			readonly kind: 'garble';
			readonly change: (payload: string) => string | Buffer;
			readonly status?: number;
			readonly headers?: Readonly<Record<string, string>>;
	  }
	/** Something happens at the vendor just before it sees the request, which it then treats as ever. */
	| { readonly kind: 'meanwhile'; readonly happens: () => void };

export interface FaultRule {
	readonly fault: Fault;
	/** Which requests it concerns; all where it is left out. */
	readonly when?: (request: { method: string; url: string; body: string }) => boolean;
	/** How many requests it lets pass first; none where it is left out. */
	after?: number;
	/** How many requests it concerns; all where it is left out. */
	times?: number;
}

/** The faults that are switched on, and their effect on a request. */
export class Faults {
	private rules: FaultRule[] = [];

	private readonly hits = new WeakMap<FastifyRequest, Fault>();

	/** @returns the rule to be given to `remove` */
	add(rule: FaultRule): FaultRule {
		const added = { ...rule };
		this.rules.push(added);
		return added;
	}

	remove(added: FaultRule): void {
		this.rules = this.rules.filter((rule) => rule !== added);
	}

	clear(): void {
		this.rules = [];
	}

	/** What was chosen for a request that `before` has seen. */
	kindOf(request: FastifyRequest): Fault['kind'] | undefined {
		return this.hits.get(request)?.kind;
	}

	/** Runs before the vendor sees the request. */
	async before(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const fault = this.pick(request);
		if (fault === undefined) return;
		this.hits.set(request, fault);
		switch (fault.kind) {
			case 'status':
				await reply
					.code(fault.status)
					.headers({ 'content-type': 'application/json', ...fault.headers })
					.send(fault.body ?? '');
				return;
			case 'resetBefore':
				reply.hijack();
				request.raw.socket.destroy();
				return;
			case 'noAnswer':
				reply.hijack();
				return;
			case 'meanwhile':
				fault.happens();
				return;
			case 'resetAfter':
			case 'late':
			case 'cutOff':
			case 'trickle':
			case 'flood':
			case 'garble':
				return;
		}
	}

	/** Runs after the vendor has done what was asked. @returns what is sent instead */
	async after(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
		const fault = this.hits.get(request);
		const text = typeof payload === 'string' ? payload : '';
		switch (fault?.kind) {
			case 'resetAfter':
				request.raw.socket.destroy();
				return payload;
			case 'late':
				await wait(fault.ms);
				return payload;
			case 'cutOff':
				reply.removeHeader('content-length');
				return Readable.from(cutOff(text, request));
			case 'trickle':
				reply.removeHeader('content-length');
				return Readable.from(trickle(text, fault.everyMs));
			case 'flood':
				reply.removeHeader('content-length');
				return flood(fault.packed, reply);
			case 'garble':
				reply.removeHeader('content-length').headers({ ...fault.headers });
				if (fault.status !== undefined) reply.code(fault.status);
				return fault.change(text);
			default:
				return payload;
		}
	}

	/** Whether the connection of this request is closed on purpose, before the answer is out. */
	cutsOff(request: FastifyRequest): boolean {
		const kind = this.hits.get(request)?.kind;
		return kind === 'resetBefore' || kind === 'resetAfter';
	}

	private pick(request: FastifyRequest): Fault | undefined {
		const seen = {
			method: request.method,
			url: request.raw.url ?? '',
			body: typeof request.body === 'string' ? request.body : '',
		};
		for (const rule of this.rules) {
			if (rule.times === 0 || rule.when?.(seen) === false) continue;
			if (rule.after !== undefined && rule.after > 0) {
				rule.after -= 1;
				continue;
			}
			if (rule.times !== undefined) rule.times -= 1;
			return rule.fault;
		}
		return undefined;
	}
}

async function* cutOff(text: string, { raw }: FastifyRequest): AsyncGenerator<string> {
	yield text.slice(0, Math.ceil(text.length / 2));
	// The first half has to be on its way before the connection goes.
	await wait(20);
	raw.socket.destroy();
}

async function* trickle(text: string, everyMs: number): AsyncGenerator<string> {
	yield* text.slice(0, 1);
	for (let next = 1; ; next++) {
		await wait(everyMs);
		// JSON and XML may end in spaces.
		yield text.charAt(next) || ' ';
	}
}

const packers = {
	gzip: createGzip,
	deflate: createDeflate,
	// At its best, which is what Node takes where nothing is said, it packs slower than it is read.
	br: () => createBrotliCompress({ params: { [zlibConstants.BROTLI_PARAM_QUALITY]: 1 } }),
} as const;

function flood(packed: keyof typeof packers | undefined, reply: FastifyReply): Readable {
	const megabyte = Buffer.alloc(1_000_000, ' ');
	const source = Readable.from(Array.from({ length: 300 }, () => megabyte));
	if (packed === undefined) return source;
	reply.header('content-encoding', packed);
	// Whoever has read enough closes the connection, and that ends both.
	return pipeline(source, packers[packed](), () => {});
}
