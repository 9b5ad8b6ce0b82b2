import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { basicHeader, checkAuthorization, hexadecimal } from './answers';

/** A recording, with some of the fields that https://github.com/twilio/twilio-oai shows. */
export interface TwilioRecording extends SandboxRecord {
	readonly sid: string;
	readonly account_sid: string;
	readonly call_sid: string;
	readonly status: string;
	readonly duration: string;
	readonly date_created: string;
}

interface RecordingPath {
	account: string;
	file: string;
}

/** Twilio's call recordings: docs/recipes/twilio.md has the sources. */
export class TwilioSandbox implements VendorSandbox {
	readonly name = 'twilio';

	readonly accountSid = `AC${hexadecimal(1, 32)}`;

	authToken = 'twilio-sandbox-token';

	readonly recordings = new RecordStore<TwilioRecording>(
		'recordings',
		({ duration, status }) => `${duration} s, ${status}`,
	);

	readonly store = this.recordings;

	readonly shownParameters: ShownParameters = new Set(['IncludeSoftDeleted']);

	/** What Twilio keeps for 40 days of recordings that were deleted: everything but the sound. */
	readonly softDeleted = new Map<string, TwilioRecording>();

	fill(count: number): void {
		this.recordings.clear();
		this.softDeleted.clear();
		for (let number = 1; number <= count; number++) {
			const recording = makeRecording(number, this.accountSid);
			this.recordings.set(recording.sid, recording);
		}
	}

	records(): TwilioRecording[] {
		return [...this.recordings.values()];
	}

	revokeCredentials(): void {
		this.authToken = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			await checkAuthorization(request, reply, basicHeader(this.accountSid, this.authToken), {
				code: 20003,
				message: 'Authenticate',
				more_info: 'https://www.twilio.com/docs/errors/20003',
				status: 401,
			});
		});
		// A wrong path has the code of a recording that is not there: so Twilio's page on 20404 says.
		app.setNotFoundHandler(sendNotFound);
		const path = '/2010-04-01/Accounts/:account/Recordings/:file';
		app.delete<{ Params: RecordingPath }>(path, async (request, reply) => {
			const recording = this.find(request.params);
			if (recording === undefined) return await sendNotFound(request, reply);
			this.recordings.delete(recording.sid);
			this.softDeleted.set(recording.sid, { ...recording, status: 'deleted' });
			return await reply.code(204).send();
		});
		app.get<{ Params: RecordingPath; Querystring: { IncludeSoftDeleted?: string } }>(
			path,
			async (request, reply) => {
				const recording = this.find(request.params);
				const kept =
					request.query.IncludeSoftDeleted === 'true'
						? this.softDeleted.get(sidOf(request.params.file))
						: undefined;
				const found = recording ?? kept;
				if (found === undefined) return await sendNotFound(request, reply);
				return await reply.code(200).send(found);
			},
		);
	}

	private find({ account, file }: RecordingPath): TwilioRecording | undefined {
		return account === this.accountSid ? this.recordings.get(sidOf(file)) : undefined;
	}
}

/** Without `.json` Twilio answers in XML, which no rule reads. */
const isJson = (path: string) => path.split('?')[0]?.endsWith('.json') === true;

const sidOf = (file: string) => file.replace(/\.json$/, '');

async function sendNotFound(request: FastifyRequest, reply: FastifyReply): Promise<void> {
	const path = (request.raw.url ?? '').replace('/twilio', '');
	const message = `The requested resource ${path} was not found`;
	if (!isJson(path)) {
		const error = `<RestException><Code>20404</Code><Status>404</Status></RestException>`;
		const xml = `<?xml version='1.0' encoding='UTF-8'?><TwilioResponse>${error}</TwilioResponse>`;
		await reply.code(404).header('content-type', 'application/xml').send(xml);
		return;
	}
	const moreInfo = 'https://www.twilio.com/docs/errors/20404';
	await reply.code(404).send({ code: 20404, message, more_info: moreInfo, status: 404 });
}

function makeRecording(number: number, accountSid: string): TwilioRecording {
	const sid = `RE${hexadecimal(number, 32)}`;
	return {
		id: sid,
		sid,
		account_sid: accountSid,
		call_sid: `CA${hexadecimal(number, 32)}`,
		status: 'completed',
		duration: String(60 + (number % 600)),
		date_created: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toUTCString(),
	};
}
