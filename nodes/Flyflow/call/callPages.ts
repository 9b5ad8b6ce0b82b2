import type { IDataObject } from 'n8n-workflow';

import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import type { CursorPage } from '../../shared/operations/cursorPages';
import type { AccountRequest } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';

/** A page holds at most this many calls. */
export const largestPage = 100;

/** `GET /calls`: https://docs.flyflow.dev/docs/list-calls. */
export function pageOfCalls(query: Readonly<Record<string, string | number>>): AccountRequest {
	return { method: 'GET', path: path`/calls`, query };
}

/** `{"num_items", "cursor", "calls": […]}`: inferred from List Agents, the sample is not published. */
export function readPage(answer: Answer): CursorPage | undefined {
	const body = answer.status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	if (body === undefined || !Array.isArray(body.calls)) return undefined;
	if (!body.calls.every((call) => hasId(asRecord(call)))) return undefined;
	const { cursor } = body;
	return {
		records: body.calls as IDataObject[],
		cursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined,
	};
}

function hasId(call: Readonly<Record<string, unknown>> | undefined): boolean {
	return typeof call?.id === 'string' || typeof call?.id === 'number';
}
