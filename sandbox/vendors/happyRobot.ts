import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';
import type { ShownParameters, VendorSandbox } from './vendorSandbox';

/** A note as https://docs.happyrobot.ai/api-reference/calls/add-a-note-to-a-call shows it. */
export interface HappyRobotNote {
	readonly id: string;
	readonly user_id: string;
	readonly content: string;
	readonly flagged: boolean;
	readonly created_at: string;
}

/** A call as https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call shows it. */
export interface HappyRobotCall extends SandboxRecord {
	readonly organization_id: string;
	readonly type: 'Inbound' | 'Outbound';
	readonly status: string;
	readonly provider: 'Twilio' | 'Web' | 'Chat';
	readonly metadata: { readonly from: string; readonly to: string; readonly call_sid: string };
	readonly use_case: { readonly id: string; readonly name: string };
	readonly agent: { readonly id: string; readonly name: string };
	readonly language: string;
	readonly created: string;
	readonly viewed_by: readonly string[];
	readonly extraction: Readonly<Record<string, string>>;
	/** Optional in the vendor's documentation. */
	readonly notes?: readonly HappyRobotNote[];
}

/** HappyRobot, version 1: https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call. */
export class HappyRobotSandbox implements VendorSandbox {
	readonly name = 'happyRobot';

	/** The key that is accepted. */
	apiKey = 'happyrobot-sandbox-key';

	readonly calls = new RecordStore('calls', describeCall);

	readonly store = this.calls;

	readonly shownParameters: ShownParameters = new Set([
		'from',
		'limit',
		'skip',
		'statuses',
		'to',
		'type',
		'use_cases',
	]);

	/** @param notes how many notes each call has */
	fill(count: number, notes = 2): void {
		this.calls.clear();
		for (let number = 1; number <= count; number++) {
			const call = makeCall(number, notes);
			this.calls.set(call.id, call);
		}
	}

	records(): HappyRobotCall[] {
		return [...this.calls.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	/** The notes of a call that is there. */
	notes(callId: string): readonly HappyRobotNote[] {
		return this.calls.get(callId)?.notes ?? [];
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => await this.checkKey(request, reply));
		// Inferred: a path that does not exist leads to the app's own page, not to the API.
		app.setNotFoundHandler(async (_request, reply) => {
			await reply.code(404).type('text/html').send('<html><body>Not found</body></html>');
		});

		app.delete<{ Params: { id: string; noteId: string } }>(
			'/api/v1/calls/:id/notes/:noteId',
			async (request, reply) => {
				const { id, noteId } = request.params;
				if (hasWrongLength(id)) return await sendError(reply, 400, 'Invalid call id');
				const call = this.calls.get(id);
				if (call === undefined) return await sendError(reply, 404, 'Call not found');
				const notes = call.notes?.filter((note) => note.id !== noteId) ?? [];
				if (notes.length === (call.notes?.length ?? 0)) {
					return await sendError(reply, 404, 'Note not found');
				}
				const changed = { ...call, notes };
				this.calls.set(id, changed);
				this.calls.partDeleted(noteId, id, `note of call ${id}`);
				return await reply.code(200).send(changed);
			},
		);

		// Inferred: the vendor's menu names the operation, no page shows it.
		app.get<{ Params: { id: string } }>('/api/v1/calls/:id', async (request, reply) => {
			const call = this.calls.get(request.params.id);
			if (call === undefined) return await sendError(reply, 404, 'Call not found');
			return await reply.code(200).send(call);
		});

		// Inferred, the reply as well: the vendor's menu names the operation, no page shows it.
		app.delete<{ Params: { id: string } }>('/api/v1/calls/:id', async (request, reply) => {
			const call = this.calls.get(request.params.id);
			if (call === undefined) return await sendError(reply, 404, 'Call not found');
			this.calls.delete(call.id);
			return await reply.code(200).send(call);
		});

		app.get<{ Querystring: ListQuery }>('/api/v1/calls', async (request, reply) => {
			return await reply.code(200).send(this.list(request.query));
		});
	}

	/**
	 * Parameters by name as third-party code has them; meaning as
	 * https://docs.happyrobot.ai/api-reference/calls/list-calls has it. What is left out for `limit`
	 * is inferred, and so is that newer calls come first.
	 */
	private list({ limit = '10', skip = '0', ...filters }: ListQuery) {
		const matching = this.records()
			.filter((call) => matches(call, filters))
			.reverse();
		const start = Number(skip);
		const size = Number(limit);
		return {
			calls: matching.slice(start, start + size),
			count: matching.length,
			currentPage: Math.floor(start / size) + 1,
		};
	}

	private async checkKey(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		if (request.headers.authorization === `Bearer ${this.apiKey}`) return;
		await sendError(reply, 401, 'Unauthorized');
	}
}

interface ListQuery {
	limit?: string;
	skip?: string;
	from?: string;
	search?: string;
	statuses?: string;
	to?: string;
	type?: string;
	use_cases?: string;
}

function matches(
	{ type, status, created, metadata, extraction, use_case: useCase }: HappyRobotCall,
	query: Omit<ListQuery, 'limit' | 'skip'>,
): boolean {
	return (
		(query.type === undefined || type === query.type) &&
		(query.statuses === undefined || query.statuses.split(',').includes(status)) &&
		(query.use_cases === undefined || query.use_cases.split(',').includes(useCase.id)) &&
		(query.from === undefined || created >= query.from) &&
		(query.to === undefined || created <= query.to) &&
		(query.search === undefined ||
			JSON.stringify([metadata.from, metadata.to, extraction]).includes(query.search))
	);
}

function hasWrongLength(callId: string): boolean {
	return [...callId].length !== 24;
}

/** The shape of other bodies than those of 200 is inferred: the vendor publishes none. */
async function sendError(reply: FastifyReply, status: number, message: string): Promise<void> {
	await reply.code(status).send({ message });
}

function describeCall({ status, metadata, notes }: HappyRobotCall): string {
	const count = notes?.length ?? 0;
	return `${status}, ${metadata.to}, ${count} ${count === 1 ? 'note' : 'notes'}`;
}

function makeCall(number: number, notes: number): HappyRobotCall {
	const created = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString();
	return {
		id: makeId('64b7f0c2', number),
		organization_id: makeId('0a9b8c7d', 1),
		type: number % 2 === 0 ? 'Outbound' : 'Inbound',
		status: number % 5 === 0 ? 'No answer' : 'Completed',
		provider: 'Twilio',
		metadata: {
			from: '+15125550100',
			to: `+1512555${String(1000 + (number % 9000))}`,
			call_sid: `CA${String(number).padStart(32, '0')}`,
		},
		use_case: { id: makeId('5e5e5e5e', number % 3), name: 'Made up for the sandbox' },
		agent: { id: makeId('a9e47a9e', 1), name: 'Kate' },
		language: 'en-US',
		created,
		viewed_by: ['agent@example.com'],
		extraction: { name: 'A. Customer' },
		notes: Array.from({ length: notes }, (_, index) => ({
			id: makeId('70e70e70', number * 10_000 + index),
			user_id: makeId('c0ffee00', 1),
			content: 'The caller asked to be forgotten.',
			flagged: false,
			created_at: created,
		})),
	};
}

/** 24 characters, as documented for calls; hexadecimal digits are inferred. */
function makeId(start: string, number: number): string {
	return `${start}${number.toString(16).padStart(16, '0')}`;
}
