import {
	UserError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import type { Reading } from '../../../erasure/reading';
import type { Answer } from '../../../erasure/reply';
import { openAccount, type Account, type AccountRequest } from '../sending/account';
import type { CursorPage } from './cursorPages';
import { toListEntries } from './listEntry';
import { PageSize } from './pageSize';
import { askOnce } from './reading';

/** A list in the editor from which a user chooses a record, a page at a time. */
export interface ListSearch {
	readonly account: Account;
	/** What is listed, in a sentence: "calls". */
	readonly many: string;
	/** The most records of a page; missing where the vendor decides. */
	readonly largestPage?: number;
	/** @param limit how many records the page may hold, where there is a largest page */
	request(page: WantedPage, limit?: number): AccountRequest;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, page: WantedPage): Reading<CursorPage> | undefined;
	/** What an entry says, given the record and its ID as a text; what is no text is left out. */
	show(record: IDataObject, id: string): readonly unknown[];
}

/** Which page is asked for. */
export interface WantedPage {
	/** What the user typed into the list's search, without blanks around it; may be empty. */
	readonly search: string;
	/** Where the page starts, in the words of the page before; undefined for the first. */
	readonly cursor: string | undefined;
}

/** n8n's function that fills a list. */
export type ListMethod = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Somebody looks at an empty list meanwhile: they are told sooner than a run would give up. */
const longestWaitMs = 30_000;

/**
 * Makes the function that fills a list. It asks as everything is asked: at the account's pace, and
 * again where that may help.
 *
 * @returns what throws a UserError if no good answer can be had
 */
export function listSearch(list: ListSearch): ListMethod {
	return async function (filter, paginationToken) {
		const search = filter?.trim() ?? '';
		const cursor = paginationToken === '' ? undefined : paginationToken;
		const { records, cursor: next } = await fetchPage(this, list, { search, cursor });
		const results = records.flatMap((record) =>
			toListEntries(this, record.id, (id) => list.show(record, id)),
		);
		return next === undefined ? { results } : { results, paginationToken: next };
	};
}

async function fetchPage(
	context: ILoadOptionsFunctions,
	list: ListSearch,
	page: WantedPage,
): Promise<CursorPage> {
	const { account, many, largestPage } = list;
	const { send } = await openAccount(context, account);
	const asked = await askOnce(context, AbortSignal.timeout(longestWaitMs), {
		vendorName: account.vendorName,
		send: async () =>
			largestPage === undefined
				? await send(list.request(page))
				: await new PageSize(largestPage).ask(
						largestPage,
						async (limit) => await send(list.request(page, limit)),
					),
		read: (answer) => list.read(answer, page),
	});
	if (asked.kind === 'understood') return asked.content;
	const { code, message } = asked.why.reason;
	if (code === 'badCredentials') throw new UserError(message);
	throw new UserError(
		`${account.vendorName} did not list its ${many}. Test the credentials, or give the ID`,
	);
}
