import type { IDataObject } from 'n8n-workflow';

import {
	contradiction,
	deniesAbsence,
	deniesSuccess,
	namesAnother,
} from '../../erasure/contradiction';
import {
	notDocumented,
	told,
	understood,
	type Reading,
	type Sighting,
} from '../../erasure/reading';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import { isSameIdentifier } from '../../erasure/sameIdentifier';
import type { Target } from '../../erasure/target';
import { readBearerAccount } from '../shared/sending/bearerKey';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type SendingContext,
} from '../shared/sending/send';

/**
 * The Flyflow API: https://docs.flyflow.dev/docs/endpoints-1. The only file that knows its paths
 * and bodies. Facts without a page of their own are from
 * https://docs.flyflow.dev/docs/delete-call.
 */
export const vendorName = 'Flyflow';

export const credentialName = 'flyflowApi';

/** A page holds at most this many calls: https://docs.flyflow.dev/docs/list-calls. */
export const largestPage = 100;

export interface CallPage {
	readonly calls: readonly IDataObject[];
	/** Where the next page starts; undefined on the last. */
	readonly cursor: string | undefined;
}

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openFlyflow(
	context: SendingContext,
	timeout = defaultTimeoutMs,
): Promise<FlyflowApi> {
	const key = await readKey(context, credentialName);
	return new FlyflowApi(context, key, readBearerAccount(key.data, vendorName).address, timeout);
}

export class FlyflowApi {
	constructor(
		private readonly context: Sender,
		private readonly key: KeyCredential,
		readonly address: string,
		private readonly timeout: number,
	) {}

	/** `DELETE /call/{id}`: the ID stands in the path here, unlike in getCall. */
	async deleteCall(callId: string): Promise<Reply> {
		const url = `${this.address}/call/${encodeURIComponent(callId)}`;
		return await send(this.context, this.key, { method: 'DELETE', url }, this.timeout);
	}

	/** `GET /call?id=`: https://docs.flyflow.dev/docs/get-call. */
	async getCall(callId: string): Promise<Reply> {
		// In the address and not in `qs`, which leaves some characters as they are.
		const url = `${this.address}/call?id=${encodeURIComponent(callId)}`;
		return await send(this.context, this.key, { method: 'GET', url }, this.timeout);
	}

	/** `GET /calls`: https://docs.flyflow.dev/docs/list-calls. */
	async listCalls(query: Readonly<Record<string, string | number>>): Promise<Reply> {
		const parameters = Object.entries(query).map(
			([name, value]) => `${name}=${encodeURIComponent(value)}`,
		);
		const url = `${this.address}/calls?${parameters.join('&')}`;
		return await send(this.context, this.key, { method: 'GET', url }, this.timeout);
	}
}

/** 200 `{"message":"Call deleted successfully"}`, or the documented 404. */
export function readDeletion(answer: Answer, target: Target<'callId'>): Reading {
	const body = asRecord(parseJson(answer.body));
	if (isNotFound(answer, target.identifiers.callId)) {
		return understood(target, {
			outcome: 'notFound',
			evidence: 'confirmed',
			vendorResponse: body,
		});
	}
	if (body === undefined || !says(body, /^call deleted successfully\.?$/i)) return notDocumented;
	const isPlain = answer.status === 200 && !deniesSuccess(body, ['message']);
	return isPlain && !namesOther(body, target.identifiers.callId)
		? understood(target, { outcome: 'deleted', evidence: 'confirmed', vendorResponse: body })
		: contradiction(vendorName, answer, target);
}

/** 200 with the call of that ID, or the documented 404. */
export function readSighting(
	answer: Answer,
	target: Target<'callId'>,
): Reading<Sighting> | undefined {
	const { callId } = target.identifiers;
	if (isNotFound(answer, callId)) return told({ found: false });
	return readCall(answer, callId) && told({ found: true, wouldBe: 'deleted' });
}

/** 200 with the call of that ID. That it may stand in a `call` or a `data` is inferred. */
export function readCall(answer: Answer, callId: string): IDataObject | undefined {
	const body = answer.status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	if (body === undefined || deniesSuccess(body, fieldsOfCalls)) return undefined;
	const candidates = [body, asRecord(body.call), asRecord(body.data)];
	const call = candidates.find((candidate) => isSameIdentifier(candidate?.id, callId));
	return call as IDataObject | undefined;
}

/** What these say is said of the call: its `status` is documented, the others may well come. */
const fieldsOfCalls = ['status', 'state', 'title', 'description', 'reason', 'details', 'result'];

/** `{"num_items", "cursor", "calls": […]}`: inferred from List Agents, the sample is not published. */
export function readPage(answer: Answer): CallPage | undefined {
	const body = answer.status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	if (body === undefined || !Array.isArray(body.calls)) return undefined;
	if (!body.calls.every((call) => hasId(asRecord(call)))) return undefined;
	const { cursor } = body;
	return {
		calls: body.calls as IDataObject[],
		cursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined,
	};
}

function hasId(call: Readonly<Record<string, unknown>> | undefined): boolean {
	return typeof call?.id === 'string' || typeof call?.id === 'number';
}

/**
 * 404 `{"error":"Not Found","message":"Call not found"}`. The message counts: a wrong address may
 * answer 404 too, and that says nothing about the call.
 */
export function isNotFound({ status, body: text }: Answer, callId: string): boolean {
	const body = status === 404 ? asRecord(parseJson(text)) : undefined;
	if (body === undefined || !says(body, /^call not found\.?$/i)) return false;
	const { error = 'Not Found', success = false } = body;
	const isPlain = typeof error === 'string' && /^not found$/i.test(error.trim()) && !success;
	return isPlain && !deniesAbsence(body, ['error', 'message']) && !namesOther(body, callId);
}

function says(body: Readonly<Record<string, unknown>>, words: RegExp): boolean {
	return typeof body.message === 'string' && words.test(body.message.trim());
}

/** Whether an answer about one call names another. */
function namesOther(body: Readonly<Record<string, unknown>>, callId: string): boolean {
	return namesAnother(body, ['id', 'call_id', 'callId'], callId);
}
