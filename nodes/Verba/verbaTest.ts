import type { Answer } from '../../erasure/reply';
import { testCredential, testTimeoutMs } from '../shared/credentialTest';
import { readInformation } from './findConversation';
import { readAccount } from './verbaAccount';
import {
	authenticateRequest,
	credentialName,
	describeForeignAnswer,
	forbidden,
	vendorName,
	VerbaApi,
} from './verbaApi';

/** No conversation has it, so that a look needs no record and shows none. */
const nobodys = { identifiers: { callID: '00000000-0000-0000-0000-000000000000' } };

/**
 * The credential's Test button: tries the credentials as a run would use them. It fetches a token
 * where there is a user, and looks for a conversation that does not exist. It cannot tell whether
 * the user may also delete.
 */
export const verbaApiTest = testCredential({
	vendorName,
	credentialName,
	addressField: 'Server Address',
	authenticate: async (own, request) =>
		await Promise.resolve(authenticateRequest(readAccount(own), request)),
	ask: async (sender, key) => {
		const api = new VerbaApi(sender, key, readAccount(key.data), testTimeoutMs);
		return await api.getCallInformation(nobodys.identifiers);
	},
	complaintOf,
});

// The vendor's words for a missing permission are not published.
const permissionWords = /\bpermi|\bprivilege|\bauthori[sz]|\brights?\b|\brole|\bdenied\b/i;

function complaintOf(answer: Answer): string | undefined {
	const information = readInformation(answer, nobodys);
	if (information === undefined) {
		return answer.status === 403 ? forbidden : describeForeignAnswer(answer.status);
	}
	// Another refusal of a look for nothing says nothing about the credentials.
	return information.kind === 'refused' && permissionWords.test(information.why)
		? `Verba accepted the credentials but does not permit the look-up. ${information.why}`
		: undefined;
}
