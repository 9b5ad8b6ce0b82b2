import { UserError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { toListEntries } from '../../shared/operations/listEntry';
import { openAccount } from '../../shared/sending/account';
import { kaleyra } from '../kaleyraAccount';
import { pageOfFlows, readPage } from './flowPages';
import { isNoSuchFlow, readRefusal } from './flowReply';

/**
 * Lists flows for the Flow ID field, a page at a time.
 *
 * @param wabaId what the user typed into the search: Kaleyra lists flows by that ID only
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	wabaId = '',
	cursor?: string,
): Promise<INodeListSearchResult> {
	const account = wabaId.trim();
	// An ID that is being typed: what is not a number yet is not an ID, nor a path.
	if (!/^\d+$/.test(account)) return { results: [] };

	const { send } = await openAccount(this, kaleyra);
	const reply = await send(pageOfFlows(account, cursor === '' ? undefined : cursor));
	if (reply.kind !== 'answered') throw notListed();
	const page = readPage(reply);
	if (page !== undefined) {
		const results = page.records.flatMap(({ id, name, status }) =>
			toListEntries(this, id, (value) => [name, status, value]),
		);
		return page.cursor === undefined ? { results } : { results, paginationToken: page.cursor };
	}
	const refusal = readRefusal(reply);
	if (refusal?.kind === 'badCredentials') throw new UserError(refusal.message);
	// The digits so far are not a WABA ID of this account.
	if (refusal?.kind === 'refused' || isNoSuchFlow(reply)) return { results: [] };
	throw notListed();
}

function notListed(): UserError {
	return new UserError('Kaleyra did not list its flows. Test the credentials, or give the ID');
}
