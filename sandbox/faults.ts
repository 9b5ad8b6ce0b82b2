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
	/** Does what was asked and answers something else. */
	| { readonly kind: 'garble'; readonly change: (payload: string) => string };

export interface FaultRule {
	readonly fault: Fault;
	/** Which requests it concerns; all where it is left out. */
	readonly when?: (request: { method: string; url: string; body: string }) => boolean;
	/** How many requests it concerns; all where it is left out. */
	times?: number;
}

/** The faults that are switched on, and their effect on a request. */
export class Faults {
	private rules: FaultRule[] = [];

	private readonly hits = new WeakMap<FastifyRequest, Fault>();

	add(rule: FaultRule): void {
		this.rules.push({ ...rule });
	}

	clear(): void {
		this.rules = [];
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
			case 'resetAfter':
			case 'late':
			case 'garble':
				return;
		}
	}

	/** Runs after the vendor has done what was asked. @returns what is sent instead */
	async after(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
		const fault = this.hits.get(request);
		if (fault?.kind === 'resetAfter') request.raw.socket.destroy();
		if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms));
		if (fault?.kind !== 'garble') return payload;
		reply.removeHeader('content-length');
		return fault.change(typeof payload === 'string' ? payload : '');
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
		const rule = this.rules.find(({ when, times }) => times !== 0 && (when?.(seen) ?? true));
		if (rule?.times !== undefined) rule.times -= 1;
		return rule?.fault;
	}
}
