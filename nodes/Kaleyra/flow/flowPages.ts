import type { IDataObject } from 'n8n-workflow';

import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import type { CursorPage } from '../../shared/operations/cursorPages';
import type { AccountRequest } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';

/**
 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-get-flows-by-waba-id. That a page after
 * the first is asked for by `after` is inferred from Meta's API.
 */
export function pageOfFlows(wabaId: string, cursor: string | undefined): AccountRequest {
	const flows = { method: 'GET', path: path`/whatsapp/${wabaId}/flows` } as const;
	return cursor === undefined ? flows : { ...flows, query: { after: cursor } };
}

/** Inferred from Meta's API, the sample is not published: `{"data":[…],"paging":{…}}`. */
export function readPage(answer: Answer): CursorPage | undefined {
	if (answer.status !== 200) return undefined;
	const body = asRecord(parseJson(answer.body));
	if (!Array.isArray(body?.data) || !body.data.every(isFlow)) return undefined;
	const { cursors, next } = asRecord(body.paging) ?? {};
	const records = body.data as IDataObject[];
	// Meta gives `after` on the last page too, and `next` only on all others.
	if (next === undefined || next === null) return { records, cursor: undefined };
	const after = asRecord(cursors)?.after;
	return typeof after === 'string' && after !== '' ? { records, cursor: after } : undefined;
}

function isFlow(value: unknown): boolean {
	const { id } = asRecord(value) ?? {};
	return typeof id === 'string' || typeof id === 'number';
}
