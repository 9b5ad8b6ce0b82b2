import { told } from '../../../erasure/reading';
import { withoutNumbers } from '../../shared/operations/listEntry';
import { listSearch } from '../../shared/operations/listSearch';
import { happyRobot } from '../happyRobotAccount';
import { pageOfCalls, pageSize, readPage } from './callPages';

/**
 * Lists calls for the Call ID field, by a phone number or extracted text for the vendor's own search.
 * What is chosen is stored in the workflow, so an entry shows no phone number. The cursor is how many
 * calls the pages so far held.
 */
export const searchCalls = listSearch({
	account: happyRobot,
	many: 'calls',
	largestPage: pageSize,
	request: ({ search, cursor }, limit = pageSize) =>
		pageOfCalls({ ...(search === '' ? {} : { search }), limit, skip: skipTo(cursor) }),
	read: (answer, { cursor }) => {
		const records = readPage(answer);
		if (records === undefined) return undefined;
		// A short page may be the vendor's own limit; an empty one is the end.
		const next = records.length === 0 ? undefined : String(skipTo(cursor) + records.length);
		return told({ records, cursor: next });
	},
	show: ({ created, status }, id) => [id, ...[created, status].map(withoutNumbers)],
});

function skipTo(cursor: string | undefined): number {
	return Number(cursor ?? 0);
}
