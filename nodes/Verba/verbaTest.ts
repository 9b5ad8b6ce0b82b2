import type { Answer } from '../../erasure/reply';
import { testCredential } from '../shared/sending/credentialTest';
import { testTimeoutMs } from '../shared/sending/timeouts';
import { readInformation } from './conversation/findConversation';
import { readSuspicion } from './suspicion';
import { readAccount } from './verbaAccount';
import {
	credentialName,
	describeForeignAnswer,
	forbidden,
	nobodys,
	vendorName,
	VerbaApi,
} from './verbaApi';
import { actions, authenticateRequest } from './verbaRequest';
import { readReply } from './verbaReply';

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
		return await api.tryOut();
	},
	complaintOf,
});

function complaintOf(answer: Answer): string | undefined {
	const information = readInformation(answer, { identifiers: nobodys });
	if (information === undefined) {
		return answer.status === 403 ? forbidden : describeForeignAnswer(answer.status);
	}
	// Another refusal of a look for nothing says nothing about the credentials.
	const read = readReply(answer, actions.getCallInformation);
	const suspicion = readSuspicion(answer, read, nobodys);
	return information.kind === 'refused' && suspicion?.soundsLike === 'permission'
		? `Verba accepted the credentials but does not permit the look-up. ${information.why}`
		: undefined;
}
