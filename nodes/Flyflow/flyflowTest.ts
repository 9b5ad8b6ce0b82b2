import { complaintByStatus, testAccount } from '../shared/sending/accountTest';
import { pageOfCalls, readPage } from './call/callPages';
import { flyflow } from './flyflowAccount';

/** The credential's Test button. `GET /calls` as a test is inferred. */
export const flyflowApiTest = testAccount(flyflow, {
	request: pageOfCalls({ limit: 1 }),
	complaintOf: complaintByStatus(flyflow, {
		may: 'list calls',
		documented: 'The one of version 1 is https://api.flyflow.dev/v1',
		isGood: (answer) => readPage(answer) !== undefined,
	}),
});
