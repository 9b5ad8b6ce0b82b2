import { testByListingCalls } from '../shared/sending/bearerKey';
import { testTimeoutMs } from '../shared/sending/timeouts';
import { credentialName, HappyRobotApi, readPage, vendorName } from './happyRobotApi';

/** The credential's Test button. `GET /calls` as a test is inferred. */
export const happyRobotApiTest = testByListingCalls({
	vendorName,
	credentialName,
	noApiThere:
		'There is no HappyRobot API at this Base URL. The one of version 1 is https://app.happyrobot.ai/api/v1',
	ask: async (sender, key, address) =>
		await new HappyRobotApi(sender, key, address, testTimeoutMs).listCalls({ limit: 1 }),
	isList: (answer) => readPage(answer) !== undefined,
});
