import { told } from '../../../erasure/reading';
import { withoutNumbers } from '../../shared/operations/listEntry';
import { listSearch } from '../../shared/operations/listSearch';
import { flyflow } from '../flyflowAccount';
import { largestPage, pageOfCalls, readPage } from './callPages';

/**
 * Lists calls for the Call ID field. What is chosen is stored in the workflow, so an entry shows no
 * phone number.
 */
export const searchCalls = listSearch({
	account: flyflow,
	many: 'calls',
	largestPage,
	request: ({ cursor }, limit = largestPage) =>
		pageOfCalls({ limit, ...(cursor === undefined ? {} : { cursor }) }),
	read: (answer) => {
		const page = readPage(answer);
		return page && told(page);
	},
	show: ({ created_at: createdAt, status }, id) => [id, ...[createdAt, status].map(withoutNumbers)],
});
