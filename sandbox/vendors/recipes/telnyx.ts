import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { checkAuthorization, uuid } from './answers';

/** A recording, with some of the fields that Telnyx's page on retrieving one shows. */
export interface TelnyxRecording extends SandboxRecord {
	readonly record_type: 'recording';
	readonly from: string;
	readonly to: string;
	readonly status: string;
	readonly duration_millis: number;
}

/** Telnyx's call recordings: docs/recipes/telnyx.md has the sources. */
export class TelnyxSandbox implements VendorSandbox {
	readonly name = 'telnyx';

	apiKey = 'telnyx-sandbox-key';

	readonly recordings = new RecordStore<TelnyxRecording>(
		'recordings',
		({ to, status }) => `to ${to}, ${status}`,
	);

	readonly store = this.recordings;

	readonly shownParameters: ShownParameters = new Set(['ids']);

	/** Recordings that stay although the answer to their deletion is as good as any. */
	readonly left = new Set<string>();

	fill(count: number): void {
		this.recordings.clear();
		this.left.clear();
		for (let number = 1; number <= count; number++) {
			const id = uuid(number);
			this.recordings.set(id, {
				id,
				record_type: 'recording',
				from: '+15125550100',
				to: `+1512555${1000 + (number % 9000)}`,
				status: 'completed',
				duration_millis: 60_000,
			});
		}
	}

	records(): TelnyxRecording[] {
		return [...this.recordings.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			await checkAuthorization(
				request,
				reply,
				`Bearer ${this.apiKey}`,
				errors('401', 'Unauthorized', 'Unauthorized'),
			);
		});
		app.setNotFoundHandler(
			async (_request, reply) =>
				await reply.code(404).send(errors('404', 'Not Found', 'Page not found')),
		);
		// One answer for all, with no word on any of them. That it is the same where some are not there
		// is inferred: the page has a 404, and does not say when it comes.
		app.post('/v2/recordings/actions/delete', async (request, reply) => {
			const ids = readIds(request.body);
			if (ids === undefined) {
				return await reply.code(400).send(errors('10015', 'Bad Request', 'ids is missing'));
			}
			for (const id of ids) if (!this.left.has(id)) this.recordings.delete(id);
			return await reply.code(200).send({ status: 'ok' });
		});
		app.get<{ Params: { id: string } }>('/v2/recordings/:id', async (request, reply) => {
			const recording = this.recordings.get(request.params.id);
			if (recording === undefined) return await sendNotFound(reply);
			return await reply.code(200).send({ data: recording });
		});
	}
}

/** Of the page's two examples of a 404 this is the one for a resource; for a recording it is inferred. */
async function sendNotFound(reply: FastifyReply): Promise<void> {
	const detail = 'The requested resource or URL could not be found.';
	await reply.code(404).send(errors('10005', 'Resource not found', detail));
}

function errors(code: string, title: string, detail: string) {
	return { errors: [{ code, title, detail }] };
}

function readIds(body: unknown): string[] | undefined {
	const { ids } = JSON.parse(String(body)) as { ids?: unknown };
	return Array.isArray(ids) ? ids.map(String) : undefined;
}
