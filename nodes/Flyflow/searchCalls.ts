import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

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
	const results = page.calls.map(toResult);
	return page.cursor === undefined ? { results } : { results, paginationToken: page.cursor };
}

function toResult({ id, created_at: createdAt, status }: IDataObject) {
	const value = `${id as string | number}`;
	const details = [createdAt, status].filter((detail) => typeof detail === 'string');
	return { name: [value, ...details].join(' · '), value };
}
