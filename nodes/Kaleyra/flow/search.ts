import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import { listSearch } from '../../shared/operations/listSearch';
import { kaleyra } from '../kaleyraAccount';
import { pageOfFlows, readPage } from './flowPages';
import { isNoSuchFlow, readRefusal } from './flowReply';

/** Kaleyra lists flows by the ID of a WhatsApp Business Account only: that is what is searched for. */
const flowsOfAccount = listSearch({
	account: kaleyra,
	many: 'flows',
	request: ({ search, cursor }) => pageOfFlows(search, cursor),
	read: (answer) => {
		const page = readPage(answer);
		if (page !== undefined) return told(page);
		const refusal = readRefusal(answer);
		// The digits so far are not a WABA ID of this account.
		if (refusal?.kind === 'refused' || isNoSuchFlow(answer)) return told(noFlows);
		return refusal;
	},
	show: ({ name, status }, id) => [name, status, id],
});

const noFlows = { records: [], cursor: undefined };

/**
 * Lists flows for the Flow ID field.
 *
 * @param wabaId what the user typed into the search
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	wabaId = '',
	cursor?: string,
): Promise<INodeListSearchResult> {
	// An ID that is being typed: what is not a number yet is not an ID, nor a path.
	if (!/^\d+$/.test(wabaId.trim())) return { results: [] };
	return await flowsOfAccount.call(this, wabaId, cursor);
}
