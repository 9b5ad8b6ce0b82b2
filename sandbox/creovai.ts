import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SandboxRecord, VendorSandbox } from './vendorSandbox';

export interface CreovaiCall extends SandboxRecord {
	readonly sessionId: string;
	readonly phoneNumber: string;
}

interface PurgeItem {
	callId: string | null;
	sessionId: string | null;
	status: 'Purging' | 'NotFound' | 'Error';
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

	readonly calls = new Map<string, CreovaiCall>();

	/** Calls whose purge ends with an error, and what the vendor says then. */
	readonly errors = new Map<string, string>();

	private readonly tokens = new Map<string, number>();

	fill(count: number): void {
		this.calls.clear();
		for (let number = 1; number <= count; number++) {
			const id = `c${String(number).padStart(6, '0')}`;
			const phoneNumber = `+1512555${String(1000 + (number % 9000))}`;
			this.calls.set(id, { id, sessionId: `s${String(number).padStart(6, '0')}`, phoneNumber });
		}
	}

	records(): CreovaiCall[] {
		return [...this.calls.values()];
	}

	/** From now on, tokens that were handed out are turned down. */
	revokeTokens(): void {
		this.tokens.clear();
	}

	routes(app: FastifyInstance): void {
		app.post('/Token', async (request, reply) => await this.giveToken(request, reply));
		app.post('/purge/v1/calls', async (request, reply) => {
			if (!this.isAuthorised(request)) return await reply.code(401).send();
			const ids = readIds(request.body);
			// The 400 for more than 100 IDs is inferred: the limit is documented, the answer is not.
			if (ids === undefined || ids.length > 100) return await reply.code(400).send();
			return await reply.code(200).send({ items: ids.map((id) => this.purge(id)) });
		});
	}

	private purge(callId: string): PurgeItem {
		const call = this.calls.get(callId);
		if (call === undefined) {
			return { callId, sessionId: null, status: 'NotFound', errorMsg: null };
		}
		const { sessionId } = call;
		const errorMsg = this.errors.get(callId);
		if (errorMsg !== undefined) return { callId, sessionId, status: 'Error', errorMsg };
		this.calls.delete(callId);
		return { callId, sessionId, status: 'Purging', errorMsg: null };
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

function readIds(body: unknown): string[] | undefined {
	if (typeof body !== 'string') return undefined;
	try {
		const { ids } = JSON.parse(body) as { ids?: unknown };
		return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined;
	} catch {
		return undefined;
	}
}
