import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { basicHeader, hexadecimal } from './answers';

/** A meeting's cloud recordings, with some of the fields that Zoom's reference shows. */
export interface ZoomRecording extends SandboxRecord {
	readonly uuid: string;
	readonly topic: string;
	readonly recording_files: ReadonlyArray<{ id: string; status: string }>;
}

/** Zoom's cloud recordings: docs/recipes/zoom.md has the sources. */
export class ZoomSandbox implements VendorSandbox {
	readonly name = 'zoom';

	readonly accountId = 'zoom-sandbox-account';

	readonly clientId = 'zoom-sandbox-client';

	clientSecret = 'zoom-sandbox-secret';

	/** Recordings that can be seen; by the UUID of their meeting. */
	readonly recordings = new RecordStore<ZoomRecording>('recordings', ({ topic }) => topic);

	readonly store = this.recordings;

	/** Recordings that are not to be seen any more, and that anybody can recover for 30 days. */
	readonly trash = new Map<string, ZoomRecording>();

	readonly shownParameters: ShownParameters = new Set(['action', 'grant_type']);

	private readonly tokens = new Set<string>();

	fill(count: number): void {
		this.recordings.clear();
		this.trash.clear();
		for (let number = 1; number <= count; number++) {
			const uuid = makeUuid(number);
			this.recordings.set(uuid, {
				id: uuid,
				uuid,
				topic: 'Made up for the sandbox',
				recording_files: [{ id: hexadecimal(number, 32), status: 'completed' }],
			});
		}
	}

	records(): ZoomRecording[] {
		return [...this.recordings.values()];
	}

	revokeTokens(): void {
		this.tokens.clear();
	}

	revokeCredentials(): void {
		this.clientSecret = randomUUID();
		this.revokeTokens();
	}

	routes(app: FastifyInstance): void {
		app.post('/oauth/token', async (request, reply) => await this.giveToken(request, reply));
		app.setNotFoundHandler(async (_request, reply) => await sendNoEndpoint(reply));
		const path = '/v2/meetings/:meeting/recordings';
		app.delete<{ Params: { meeting: string }; Querystring: { action?: string } }>(
			path,
			async (request, reply) => {
				if (!this.isAuthorised(request)) return await sendBadToken(reply);
				const uuid = readUuid(request.params.meeting);
				if (uuid === undefined) return await sendNoEndpoint(reply);
				const recording = this.recordings.get(uuid);
				if (recording === undefined) return await sendMissing(reply);
				this.recordings.delete(uuid);
				// What is not said is `trash`.
				if (request.query.action !== 'delete') this.trash.set(uuid, recording);
				return await reply.code(204).send();
			},
		);
		app.get<{ Params: { meeting: string } }>(path, async (request, reply) => {
			if (!this.isAuthorised(request)) return await sendBadToken(reply);
			const uuid = readUuid(request.params.meeting);
			if (uuid === undefined) return await sendNoEndpoint(reply);
			// Inferred: what lies in the trash looks like what is not there.
			const recording = this.recordings.get(uuid);
			if (recording === undefined) return await sendMissing(reply);
			return await reply.code(200).send(recording);
		});
	}

	private async giveToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const form = new URLSearchParams(String(request.body));
		const isKnown =
			request.headers.authorization === basicHeader(this.clientId, this.clientSecret) &&
			form.get('grant_type') === 'account_credentials' &&
			form.get('account_id') === this.accountId;
		if (!isKnown) {
			const error = { reason: 'Invalid client_id or client_secret', error: 'invalid_client' };
			await reply.code(400).send(error); // inferred
			return;
		}
		const token = `zoom-token-${randomUUID()}`;
		this.tokens.add(token);
		await reply.code(200).send({ access_token: token, token_type: 'bearer', expires_in: 3600 });
	}

	private isAuthorised({ headers }: FastifyRequest): boolean {
		return this.tokens.has((headers.authorization ?? '').replace(/^Bearer /, ''));
	}
}

/** `{code, message}`, as all of Zoom's errors. */
async function sendError(reply: FastifyReply, status: number, code: number, message: string) {
	return await reply.code(status).send({ code, message });
}

const sendMissing = async (reply: FastifyReply) =>
	await sendError(reply, 404, 3301, 'There is no recording for this meeting.');

const sendBadToken = async (reply: FastifyReply) =>
	await sendError(reply, 401, 124, 'Invalid access token.');

/** Inferred: the reference does not say what a path has that does not exist. */
const sendNoEndpoint = async (reply: FastifyReply) =>
	await sendError(reply, 404, 2300, 'This API endpoint is not recognized.');

/**
 * Reads a UUID that was decoded once. One that begins with a slash or has two in a row has to come
 * encoded twice: what comes encoded once is then a path of other parts.
 */
function readUuid(decodedOnce: string): string | undefined {
	if (decodedOnce.startsWith('/') || decodedOnce.includes('//')) return undefined;
	try {
		return decodeURIComponent(decodedOnce);
	} catch {
		return decodedOnce;
	}
}

/** As Zoom writes them, every third with the slashes that ask for care. */
function makeUuid(number: number): string {
	const end = `${hexadecimal(number, 12)}+hA==`;
	return [`/ajX${end}`, `aDY/${end}`, `aD//${end}`][number % 3] ?? end;
}
