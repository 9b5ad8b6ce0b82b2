import { UserError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { toListEntries, withoutNumbers } from '../shared/operations/listEntry';
import { PageSize } from '../shared/operations/pageSize';
import { largestPage, openFlyflow, readPage } from './flyflowApi';

/**
 * Lists calls for the Call ID field, a page at a time. What is chosen is stored in the workflow, so
 * an entry shows no phone number.
 */
export async function searchCalls(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const api = await openFlyflow(this);
	const reply = await new PageSize(largestPage).ask(
		largestPage,
		async (limit) => await api.listCalls({ limit, ...(cursor ? { cursor } : {}) }),
	);
	const page = reply.kind === 'answered' ? readPage(reply) : undefined;
	if (page === undefined) {
		throw new UserError('Flyflow did not list its calls. Test the credentials, or give the ID');
	}
	const results = page.calls.flatMap(({ id, created_at: createdAt, status }) =>
		toListEntries(this, id, (value) => [value, ...[createdAt, status].map(withoutNumbers)]),
	);
	return page.cursor === undefined ? { results } : { results, paginationToken: page.cursor };
}
