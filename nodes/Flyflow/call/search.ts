import { UserError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { toListEntries, withoutNumbers } from '../../shared/operations/listEntry';
import { PageSize } from '../../shared/operations/pageSize';
import { openAccount } from '../../shared/sending/account';
import { flyflow } from '../flyflowAccount';
import { largestPage, pageOfCalls, readPage } from './callPages';

/**
 * Lists calls for the Call ID field, a page at a time. What is chosen is stored in the workflow, so
 * an entry shows no phone number.
 */
export async function searchCalls(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const { send } = await openAccount(this, flyflow);
	const reply = await new PageSize(largestPage).ask(
		largestPage,
		async (limit) => await send(pageOfCalls({ limit, ...(cursor ? { cursor } : {}) })),
	);
	const page = reply.kind === 'answered' ? readPage(reply) : undefined;
	if (page === undefined) {
		throw new UserError('Flyflow did not list its calls. Test the credentials, or give the ID');
	}
	const results = page.records.flatMap(({ id, created_at: createdAt, status }) =>
		toListEntries(this, id, (value) => [value, ...[createdAt, status].map(withoutNumbers)]),
	);
	return page.cursor === undefined ? { results } : { results, paginationToken: page.cursor };
}
