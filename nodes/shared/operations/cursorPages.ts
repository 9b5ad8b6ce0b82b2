import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Reading } from '../../../erasure/reading';
import type { Answer, Reply } from '../../../erasure/reply';
import { fetchFrom } from './reading';

export interface CursorPage {
	readonly records: readonly IDataObject[];
	/** Where the next page starts; undefined on the last. */
	readonly cursor: string | undefined;
}

/** A list that is read by what each page says of where the next one starts. */
export interface CursorList {
	readonly vendorName: string;
	/**
	 * Asks for a page.
	 *
	 * @param cursor undefined for the first
	 * @param wanted how many records are still wanted
	 */
	page(cursor: string | undefined, wanted: number): Promise<Reply>;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer): Reading<CursorPage> | undefined;
	isWanted(record: IDataObject): boolean;
}

/**
 * Reads a list to its end, or until there are as many records as wanted.
 *
 * @throws UserError if there is no good answer, or the vendor keeps giving the same page
 */
export async function readByCursor(
	context: IExecuteFunctions,
	list: CursorList,
	limit: number,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	do {
		const from = cursor;
		const page = await fetchFrom(
			context,
			list.vendorName,
			async () => await list.page(from, limit - records.length),
			(answer) => list.read(answer),
		);
		records.push(...page.records.filter((record) => list.isWanted(record)));
		cursor = page.cursor;
		if (cursor !== undefined && cursors.has(cursor)) {
			throw new UserError(
				`${list.vendorName} keeps giving the same page. Try again later or use Limit`,
			);
		}
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined && records.length < limit);
	return records.slice(0, limit);
}
