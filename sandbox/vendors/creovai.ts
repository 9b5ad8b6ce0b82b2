import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';
import type { ShownParameters, VendorSandbox } from './vendorSandbox';

export interface CreovaiCall extends SandboxRecord {
	readonly sessionId: string;
	/** As it was stored; the customer API compares it as text. */
	readonly phoneNumber: string;
	/** The call is known by its session alone, like the third call in the vendor's customer sample. */
	readonly withoutCallId?: boolean;
}

interface PurgeItem {
	callId: string | null;
	sessionId: string | null;
	status: 'Purging' | 'NotFound' | 'Error' | 'WhatIf';
	errorMsg: string | null;
}

/**
 * Creovai: https://support.creovai.com/article/322481/call-purge-apis, with tokens as
 * https://support.creovai.com/article/197963/https---creovai-zendesk-com-hc-en-us-articles-360000985308-token-authentication-api
 */
export class CreovaiSandbox implements VendorSandbox {
	readonly name = 'creovai';

	clientId = 'creovai-sandbox-user';

	clientSecret = 'creovai-sandbox-secret';

	/** How long a token lasts, in seconds: 30 minutes less a second in the vendor's sample. */
	tokenLifetime = 1799;

	/**
	 * How long a purge takes after it was accepted, in milliseconds. A change holds for purges that are
	 * under way too. The vendor says only that a purge goes on after its answer; how long is not known.
	 */
	get purgeMs(): number {
		return this.purgeTime;
	}

	set purgeMs(milliseconds: number) {
		this.purgeTime = milliseconds;
		this.calls.version += 1;
	}

	/** By call ID, or by any other text for calls without one. Calls being purged are still there. */
	readonly calls = new RecordStore<CreovaiCall>('calls', (call) => this.describe(call));

	readonly shownParameters: ShownParameters = new Set([
		'CallSessionIds',
		'grant_type',
		'ids',
		'phoneNumber',
		'whatIf',
	]);

	/** Calls whose purge ends with an error, and what the vendor says then. */
	readonly errors = new Map<string, string>();

	private readonly tokens = new Map<string, number>();

	/** When purges that are under way were accepted, in milliseconds since the epoch. */
	private readonly acceptedAt = new Map<string, number>();

	private purgeTime = 0;

	fill(count: number): void {
		this.calls.clear();
		this.acceptedAt.clear();
		this.errors.clear();
		for (let number = 1; number <= count; number++) {
			const id = `c${String(number).padStart(6, '0')}`;
			const phoneNumber = `+1512555${String(1000 + (number % 9000))}`;
			this.calls.set(id, { id, sessionId: `s${String(number).padStart(6, '0')}`, phoneNumber });
		}
	}

	records(): CreovaiCall[] {
		this.finishPurges();
		return [...this.calls.values()];
	}

	/** Purges end by the clock, so they are looked after whenever somebody looks. */
	get store(): RecordStore<CreovaiCall> {
		this.finishPurges();
		return this.calls;
	}

	/** From now on, tokens that were handed out are turned down. */
	revokeTokens(): void {
		this.tokens.clear();
	}

	revokeCredentials(): void {
		this.clientSecret = randomUUID();
		this.revokeTokens();
	}

	routes(app: FastifyInstance): void {
		app.post('/Token', async (request, reply) => await this.giveToken(request, reply));

		this.authorised(app, '/purge/v1/calls', async (request, reply) => {
			const ids = readIds(request.body, 'ids');
			if (ids === undefined) return await reply.code(400).send();
			const items = ids.map((id) => {
				const call = this.calls.get(id);
				const isKnown = call !== undefined && call.withoutCallId !== true;
				return isKnown ? this.purge(call) : notFound({ callId: id });
			});
			return await reply.code(200).send({ items });
		});

		this.authorised(app, '/purge/v1/calls/sessions', async (request, reply) => {
			const ids = readIds(request.body, 'ids');
			if (ids === undefined) return await reply.code(400).send();
			const bySession = this.bySession();
			const items = ids.map((id) => {
				const call = bySession.get(id);
				return call === undefined ? notFound({ sessionId: id }) : this.purge(call);
			});
			return await reply.code(200).send({ items });
		});

		this.authorised(app, '/purge/v1/calls/customer', async (request, reply) => {
			const phoneNumber = readObject(request.body)?.phoneNumber;
			if (typeof phoneNumber !== 'string') return await reply.code(400).send();
			const whatIf = (request.query as { whatIf?: string }).whatIf === 'true';
			const calls = this.records().filter((call) => call.phoneNumber === phoneNumber);
			// Inferred: a number without calls gives no items. The vendor shows no such reply.
			const items = calls.map((call) => (whatIf ? whatIfItem(call) : this.purge(call)));
			return await reply.code(200).send({ items });
		});

		// From the vendor's SDK: https://github.com/CollabIP/Tethr.AudioBroker.SDK. The letter case of
		// the reply's names, the limit of 100 and what a call shows while it is purged are inferred.
		this.authorised(app, '/callCapture/v1/status', async (request, reply) => {
			const ids = readIds(request.body, 'CallSessionIds');
			if (ids === undefined) return await reply.code(400).send();
			const bySession = this.bySession();
			const callSessions = ids.map((id) => statusOf(id, bySession.get(id)));
			return await reply.code(200).send({ callSessions });
		});
	}

	private authorised(
		app: FastifyInstance,
		path: string,
		handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
	): void {
		app.post(path, async (request, reply) => {
			if (!this.isAuthorised(request)) return await reply.code(401).send();
			this.finishPurges();
			return await handle(request, reply);
		});
	}

	private purge(call: CreovaiCall): PurgeItem {
		const errorMsg = this.errors.get(call.id);
		if (errorMsg !== undefined) return { ...idsOf(call), status: 'Error', errorMsg };
		// Inferred: a call that is being purged already is purged as if it were asked for first.
		if (!this.acceptedAt.has(call.id)) {
			this.acceptedAt.set(call.id, Date.now());
			if (this.purgeMs > 0) this.calls.set(call.id, call);
		}
		if (this.purgeMs === 0) this.finishPurges();
		return { ...idsOf(call), status: 'Purging', errorMsg: null };
	}

	private describe({ id, sessionId, phoneNumber }: CreovaiCall): string {
		const state = this.acceptedAt.has(id) && this.calls.has(id) ? 'being purged, ' : '';
		return `${state}session ${sessionId}, ${phoneNumber}`;
	}

	private finishPurges(): void {
		const now = Date.now();
		for (const [id, acceptedAt] of this.acceptedAt) {
			if (acceptedAt + this.purgeMs > now) continue;
			this.calls.delete(id);
			this.acceptedAt.delete(id);
		}
	}

	/** One call for each session: the vendor's samples show no session with more. */
	private bySession(): Map<string, CreovaiCall> {
		return new Map([...this.calls.values()].map((call) => [call.sessionId, call]));
	}

	private async giveToken(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
		const isKnown =
			form.get('grant_type') === 'client_credentials' &&
			form.get('client_id') === this.clientId &&
			form.get('client_secret') === this.clientSecret;
		// 401 for bad credentials is what the vendor's SDKs expect; the body is not known.
		if (!isKnown) return await reply.code(401).send({ error: 'invalid_client' });
		const token = randomUUID();
		this.tokens.set(token, Date.now() + this.tokenLifetime * 1000);
		return await reply.code(200).send({
			access_token: token,
			token_type: 'bearer',
			expires_in: this.tokenLifetime,
		});
	}

	private isAuthorised(request: FastifyRequest): boolean {
		const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
		return token !== undefined && (this.tokens.get(token) ?? 0) > Date.now();
	}
}

function idsOf({ id, sessionId, withoutCallId }: CreovaiCall) {
	return { callId: withoutCallId === true ? null : id, sessionId };
}

function notFound(asked: { callId: string } | { sessionId: string }): PurgeItem {
	return { callId: null, sessionId: null, ...asked, status: 'NotFound', errorMsg: null };
}

function whatIfItem(call: CreovaiCall): PurgeItem {
	return { ...idsOf(call), status: 'WhatIf', errorMsg: null };
}

function statusOf(sessionId: string, call: CreovaiCall | undefined) {
	if (call === undefined) return { status: 'NotFound', callId: null, sessionId, durationSec: null };
	return { status: 'Complete', callId: idsOf(call).callId, sessionId, durationSec: 120 };
}

/** The IDs of a request; undefined for what is answered 400. That more than 100 are is inferred. */
function readIds(body: unknown, name: string): string[] | undefined {
	const ids = readObject(body)?.[name];
	const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
	return isList && ids.length <= 100 ? ids : undefined;
}

function readObject(body: unknown): Record<string, unknown> | undefined {
	if (typeof body !== 'string') return undefined;
	try {
		return JSON.parse(body) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}
