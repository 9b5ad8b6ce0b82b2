import { asRecord, parseJson, type Answer } from '../../erasure/reply';
import { testAccount } from '../shared/sending/accountTest';
import { oneFlow } from './flow/flow';
import { readCode } from './flow/flowReply';
import { kaleyra } from './kaleyraAccount';

/** Flows have long numbers, so that there is none with this one. */
const nobodysFlowId = '0';

/**
 * The credential's Test button: asks for a flow that cannot exist. What tells good credentials from
 * bad is the code in the body: a missing flow is "WA-401", and may well come with the status of bad
 * credentials.
 */
export const kaleyraApiTest = testAccount(kaleyra, {
	request: oneFlow(nobodysFlowId),
	complaintOf,
});

function complaintOf({ body: text }: Answer): string | undefined {
	const body = asRecord(parseJson(text));
	switch (readCode(body)) {
		case 'RBC001':
			return 'Kaleyra did not accept this SID and API key. Check both, and whether the account is in this Region';
		case 'WA401':
			// For a missing flow, `error` is an object.
			return typeof body?.error === 'string'
				? 'Kaleyra knows this SID and API key, but the WhatsApp API is not available for the account. Ask Kaleyra support to enable WhatsApp API V2'
				: undefined;
		case 'WA500':
			return 'Kaleyra is out of order at the moment. Try again later';
		case undefined:
			return 'What answered at this address is not the Kaleyra API. Check Region and Base URL, and try again';
		default:
			return undefined;
	}
}
