import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';
import type { ShownParameters, VendorSandbox } from './vendorSandbox';

/** A call as https://docs.flyflow.dev/docs/get-call shows it. */
export interface FlyflowCall extends SandboxRecord {
	readonly agent_id: string;
	readonly from: string;
	readonly to: string;
	readonly context: string;
	readonly status: string;
	readonly created_at: string;
	readonly ended_at: string;
	readonly duration: number;
	readonly transcript: ReadonlyArray<{ speaker: 'agent' | 'customer'; text: string }>;
}

/** Flyflow: https://docs.flyflow.dev/docs/delete-call and its neighbours. */
export class FlyflowSandbox implements VendorSandbox {
	readonly name = 'flyflow';

	/** The key that is accepted. */
	apiKey = 'flyflow-sandbox-key';

	readonly calls = new RecordStore('calls', describeCall);

	readonly store = this.calls;

	readonly shownParameters: ShownParameters = new Set([
		'id',
		'agent_id',
		'client_number',
		'cursor',
		'limit',
	]);

	fill(count: number): void {
		this.calls.clear();
		for (let number = 1; number <= count; number++) {
			const id = `call_${number}`;
			this.calls.set(id, makeCall(id, number));
		}
	}

	records(): FlyflowCall[] {
		return [...this.calls.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => await this.checkKey(request, reply));
		// Inferred: a path that does not exist answers in the same shape.
		app.setNotFoundHandler(
			async (_request, reply) => await sendError(reply, 404, 'Route not found'),
		);

		app.delete<{ Params: { id: string } }>('/v1/call/:id', async (request, reply) => {
			if (!this.calls.delete(request.params.id)) {
				return await sendError(reply, 404, 'Call not found');
			}
			return await reply.code(200).send({ message: 'Call deleted successfully' });
		});

		app.get<{ Querystring: { id?: string } }>('/v1/call', async (request, reply) => {
			const { id } = request.query;
			if (id === undefined) return await sendError(reply, 400, 'Missing id'); // text inferred
			const call = this.calls.get(id);
			if (call === undefined) return await sendError(reply, 404, 'Call not found');
			return await reply.code(200).send(call);
		});

		app.get<{ Querystring: ListQuery }>('/v1/calls', async (request, reply) => {
			return await reply.code(200).send(this.list(request.query));
		});
	}

	/** `{num_items, cursor, calls}`: inferred from List Agents, the sample is not published. */
	private list({ cursor, limit, agent_id: agent, client_number: client }: ListQuery) {
		const start = cursor === undefined ? 0 : Number(cursor.replace('cursor_', ''));
		const size = Math.min(100, limit === undefined ? 10 : Number(limit));
		const matching = this.records().filter(
			(call) =>
				(agent === undefined || call.agent_id === agent) &&
				(client === undefined || call.to === client || call.from === client),
		);
		const calls = matching.slice(start, start + size);
		const next = start + size < matching.length ? `cursor_${start + size}` : null;
		return { num_items: calls.length, cursor: next, calls };
	}

	private async checkKey(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		if (request.headers.authorization === `Bearer ${this.apiKey}`) return;
		// The 401's body is not published; the shape of the other errors is inferred for it.
		await sendError(reply, 401, 'The API key is missing or invalid');
	}
}

interface ListQuery {
	cursor?: string;
	limit?: string;
	agent_id?: string;
	client_number?: string;
}

const reasonPhrases: Readonly<Record<number, string>> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	404: 'Not Found',
};

/** `{"error": <reason phrase>, "message": …}`, as all documented errors have it. */
async function sendError(reply: FastifyReply, status: number, message: string): Promise<void> {
	await reply.code(status).send({ error: reasonPhrases[status], message });
}

function describeCall({ status, to, created_at: createdAt }: FlyflowCall): string {
	return `${createdAt.slice(0, 10)}, to ${to}, ${status}`;
}

function makeCall(id: string, number: number): FlyflowCall {
	const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000);
	return {
		id,
		agent_id: `agent_${number % 3}`,
		from: '+15125550100',
		to: `+1512555${String(1000 + (number % 9000))}`,
		context: 'Made up for the sandbox',
		status: 'completed',
		created_at: createdAt.toISOString(),
		ended_at: new Date(createdAt.getTime() + 120_000).toISOString(),
		duration: 120,
		transcript: [
			{ speaker: 'agent', text: 'How can I help?' },
			{ speaker: 'customer', text: 'Please forget me.' },
		],
	};
}
