import type { IDataObject } from 'n8n-workflow';

import { deniesAbsence, deniesSuccess, namesAnother } from '../../../erasure/contradiction';
import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import type { Told } from '../../shared/vendor/deleteOperation';

type Body = Readonly<Record<string, unknown>>;

/** 200 `{"message":"Call deleted successfully"}`, or the documented 404: https://docs.flyflow.dev/docs/delete-call. */
export function readDeletion(answer: Answer, callId: string): Told {
	if (isNotFound(answer, callId)) return 'notFound';
	const body = asRecord(parseJson(answer.body));
	if (body === undefined || !says(body, /^call deleted successfully\.?$/i)) return undefined;
	const isPlain = answer.status === 200 && !deniesSuccess(body, ['message']);
	return isPlain && !namesOther(body, callId) ? 'deleted' : 'contradictory';
}

/** A call with the fields of https://docs.flyflow.dev/docs/get-call. */
export const exampleCall = {
	id: 'call_123',
	agent_id: 'agent_1',
	from: '+15125550100',
	to: '+15125551234',
	context: 'Support',
	status: 'completed',
	created_at: '2026-01-01T10:00:00Z',
	ended_at: '2026-01-01T10:02:00Z',
	duration: 120,
	transcript: [{ speaker: 'agent', text: 'Hello' }],
};

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

function says(body: Body, words: RegExp): boolean {
	return typeof body.message === 'string' && words.test(body.message.trim());
}

/** Whether an answer about one call names another. */
function namesOther(body: Body, callId: string): boolean {
	return namesAnother(body, ['id', 'call_id', 'callId'], callId);
}
