import type { IDataObject } from 'n8n-workflow';

import { deniesSuccess } from '../../../erasure/contradiction';
import { asRecord, parseJson, type Answer } from '../../../erasure/reply';

/** 200 with the call of that ID: for Get Call inferred from the other operations on a call. */
export function readCall(answer: Answer, callId: string): IDataObject | undefined {
	const call = answer.status === 200 ? readBody(answer, callId) : undefined;
	return call === undefined || saysOtherwise(call) ? undefined : call;
}

/** The body where it is the call of that ID, whatever the status is. */
export function readBody({ body }: Answer, callId: string): IDataObject | undefined {
	const call = asRecord(parseJson(body)) as IDataObject | undefined;
	return isSameId(call?.id, callId) ? call : undefined;
}

/** Whether a call comes with words that something went wrong. */
export function saysOtherwise(call: IDataObject): boolean {
	return deniesSuccess(call, fieldsOfCalls);
}

/** What these say is said of the call: its `status` is documented, the others may well come. */
const fieldsOfCalls = ['status', 'title', 'description', 'reason', 'details'];

/** IDs look like hexadecimal digits, so the vendor may answer them in other letter case. */
export function isSameId(answered: unknown, asked: string): boolean {
	return typeof answered === 'string' && answered.toLowerCase() === asked.toLowerCase();
}
