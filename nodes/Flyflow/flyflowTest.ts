import { testByListingCalls } from '../shared/sending/bearerKey';
import { testTimeoutMs } from '../shared/sending/timeouts';
import { credentialName, FlyflowApi, readPage, vendorName } from './flyflowApi';

/** The credential's Test button. `GET /calls` as a test is inferred. */
export const flyflowApiTest = testByListingCalls({
	vendorName,
	credentialName,
	noApiThere:
		'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1',
	ask: async (sender, key, address) =>
		await new FlyflowApi(sender, key, address, testTimeoutMs).listCalls({ limit: 1 }),
	isList: (answer) => readPage(answer) !== undefined,
});
