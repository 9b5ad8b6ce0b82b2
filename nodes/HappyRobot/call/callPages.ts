import type { IDataObject } from 'n8n-workflow';

import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import type { AccountRequest } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';

/** HappyRobot documents no largest page. */
export const pageSize = 100;

/** `GET /calls`: https://docs.happyrobot.ai/api-reference/calls/list-calls. */
export function pageOfCalls(query: Readonly<Record<string, string | number>>): AccountRequest {
	return { method: 'GET', path: path`/calls`, query };
}

/** `{"calls": […], "count", "currentPage"}`; only `calls` is relied on. */
export function readPage(answer: Answer): readonly IDataObject[] | undefined {
	if (answer.status !== 200) return undefined;
	const calls = asRecord(parseJson(answer.body))?.calls;
	if (!Array.isArray(calls)) return undefined;
	const hasId = (call: unknown) => typeof asRecord(call)?.id === 'string';
	return calls.every(hasId) ? (calls as IDataObject[]) : undefined;
}
