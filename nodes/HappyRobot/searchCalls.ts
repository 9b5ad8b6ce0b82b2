import {
	UserError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { PageSize } from '../shared/operations/pageSize';
import { openHappyRobot, pageSize, readPage } from './happyRobotApi';

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
	const api = await openHappyRobot(this);
	const skip = Number(token ?? 0);
	const search = filter?.trim();
	const reply = await new PageSize(pageSize).ask(
		pageSize,
		async (limit) => await api.listCalls({ ...(search ? { search } : {}), limit, skip }),
	);
	const page = reply.kind === 'answered' ? readPage(reply) : undefined;
	if (page === undefined) {
		throw new UserError('HappyRobot did not list its calls. Test the credentials, or give the ID');
	}
	const results = page.map(toResult);
	// A short page may be the vendor's own limit; an empty one is the end.
	return page.length === 0 ? { results } : { results, paginationToken: String(skip + page.length) };
}

function toResult({ id, created, status }: IDataObject) {
	const details = [id, created, status].filter((detail) => typeof detail === 'string');
	return { name: details.join(' · '), value: id as string };
}
