import { UserError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { toListEntries, withoutNumbers } from '../../shared/operations/listEntry';
import { PageSize } from '../../shared/operations/pageSize';
import { openAccount } from '../../shared/sending/account';
import { happyRobot } from '../happyRobotAccount';
import { pageOfCalls, pageSize, readPage } from './callPages';

/**
 * Lists calls for the Call ID field, a page at a time. What is chosen is stored in the workflow, so
 * an entry shows no phone number.
 *
 * @param filter a phone number or extracted text, for the vendor's own search
 * @param token how many calls the pages so far held
 */
export async function searchCalls(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const { send } = await openAccount(this, happyRobot);
	const skip = Number(token ?? 0);
	const search = filter?.trim();
	const reply = await new PageSize(pageSize).ask(
		pageSize,
		async (limit) => await send(pageOfCalls({ ...(search ? { search } : {}), limit, skip })),
	);
	const page = reply.kind === 'answered' ? readPage(reply) : undefined;
	if (page === undefined) {
		throw new UserError('HappyRobot did not list its calls. Test the credentials, or give the ID');
	}
	const results = page.flatMap(({ id, created, status }) =>
		toListEntries(this, id, (value) => [value, ...[created, status].map(withoutNumbers)]),
	);
	// A short page may be the vendor's own limit; an empty one is the end.
	return page.length === 0 ? { results } : { results, paginationToken: String(skip + page.length) };
}
