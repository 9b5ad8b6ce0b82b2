import { complaintByStatus, testAccount } from '../shared/sending/accountTest';
import { pageOfCalls, readPage } from './call/callPages';
import { happyRobot } from './happyRobotAccount';

/** The credential's Test button. `GET /calls` as a test is inferred. */
export const happyRobotApiTest = testAccount(happyRobot, {
	request: pageOfCalls({ limit: 1 }),
	complaintOf: complaintByStatus(happyRobot, {
		may: 'list calls',
		documented: 'The one of version 1 is https://app.happyrobot.ai/api/v1',
		isGood: (answer) => readPage(answer) !== undefined,
	}),
});
