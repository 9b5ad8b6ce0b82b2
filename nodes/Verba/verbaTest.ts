import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestHelper,
} from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import type { SendingContext } from '../shared/send';
import { readInformation } from './findConversation';
import { readAccount } from './verbaAccount';
import { authenticateRequest, describeForeignAnswer, forbidden, VerbaApi } from './verbaApi';

const timeoutMs = 10_000;

/** No conversation has it, so that a look needs no record and shows none. */
const nobodysCallId = '00000000-0000-0000-0000-000000000000';

/**
 * Tries the credentials as a run would use them: fetches a token where there is a user, and looks
 * for a conversation that does not exist. It cannot tell whether the user may also delete.
 *
 * @throws UserError with a sentence that says what is wrong
 */
export async function testAccount(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
): Promise<void> {
	const account = readAccount(credentials);
	const context: SendingContext = {
		helpers: {
			httpRequestWithAuthentication: async (_, options) =>
				(await helpers.httpRequest(authenticateRequest(account, options))) as unknown,
		},
		getExecutionCancelSignal: () => undefined,
	};
	const api = new VerbaApi(context, account, timeoutMs);
	const selector = { identifiers: { callID: nobodysCallId } };
	const complaint = findComplaint(await api.getCallInformation(selector.identifiers), selector);
	if (complaint !== undefined) throw new UserError(complaint);
}

// The vendor's words for a missing permission are not published.
const permissionWords = /\bpermi|\bprivilege|\bauthori[sz]|\brights?\b|\brole|\bdenied\b/i;

function findComplaint(
	reply: Reply,
	selector: { readonly identifiers: { readonly callID: string } },
): string | undefined {
	switch (reply.kind) {
		case 'badCredentials':
			return reply.cause;
		case 'notDelivered':
		case 'lost':
			return `Verba was not reached: ${reply.cause}. Check Server Address`;
		case 'cancelled':
			return 'The test was cancelled';
		case 'answered': {
			const information = readInformation(reply, selector);
			if (information === undefined) {
				return reply.status === 403 ? forbidden : describeForeignAnswer(reply.status);
			}
			// Another refusal of a look for nothing says nothing about the credentials.
			return information.kind === 'refused' && permissionWords.test(information.why)
				? `Verba accepted the credentials but does not permit the look-up. ${information.why}`
				: undefined;
		}
	}
}
