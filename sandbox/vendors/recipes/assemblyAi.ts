import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { checkAuthorization, uuid } from './answers';

/** A transcript, with some of the fields that https://github.com/AssemblyAI/assemblyai-api-spec shows. */
export interface AssemblyAiTranscript extends SandboxRecord {
	readonly audio_url: string;
	readonly status: string;
	readonly text: string;
	readonly error: null;
}

/** What the text of a transcript says once it was deleted. */
export const deletedText = 'Deleted by user.';

/** AssemblyAI's transcripts: docs/recipes/assemblyai.md has the sources. */
export class AssemblyAiSandbox implements VendorSandbox {
	readonly name = 'assemblyAi';

	apiKey = 'assemblyai-sandbox-key';

	readonly transcripts = new RecordStore<AssemblyAiTranscript>('transcripts', ({ status, text }) =>
		text === deletedText ? 'deleted' : status,
	);

	readonly store = this.transcripts;

	readonly shownParameters: ShownParameters = new Set();

	fill(count: number): void {
		this.transcripts.clear();
		for (let number = 1; number <= count; number++) {
			const id = uuid(number);
			this.transcripts.set(id, {
				id,
				audio_url: `https://calls.example.com/${number}.mp3`,
				status: 'completed',
				text: 'Please forget me.',
				error: null,
			});
		}
	}

	records(): AssemblyAiTranscript[] {
		return [...this.transcripts.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			const error = 'Authentication error, API token missing/invalid';
			await checkAuthorization(request, reply, this.apiKey, { error });
		});
		app.setNotFoundHandler(
			async (_request, reply) => await reply.code(404).send({ error: 'Not found' }),
		);
		app.delete<{ Params: { id: string } }>('/v2/transcript/:id', async (request, reply) => {
			const transcript = this.transcripts.get(request.params.id);
			if (transcript === undefined) return await sendMissing(reply);
			const emptied = this.empty(transcript);
			return await reply.code(200).send(emptied);
		});
		app.get<{ Params: { id: string } }>('/v2/transcript/:id', async (request, reply) => {
			const transcript = this.transcripts.get(request.params.id);
			if (transcript === undefined) return await sendMissing(reply);
			return await reply.code(200).send(transcript);
		});
	}

	/** The transcript stays, without what it held. Inferred: the same again for one that was deleted. */
	private empty(transcript: AssemblyAiTranscript): AssemblyAiTranscript {
		const emptied = { ...transcript, audio_url: 'http://deleted_by_user', text: deletedText };
		this.transcripts.set(transcript.id, emptied);
		return emptied;
	}
}

/** 400 and not 404: so the page on common errors has it. */
async function sendMissing(reply: FastifyReply): Promise<void> {
	const error = 'Transcript lookup error, transcript id not found';
	await reply.code(400).send({ error });
}
