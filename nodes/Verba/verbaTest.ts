import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import type { Sender } from '../shared/send';
import { readInformation } from './findConversation';
import { readAccount } from './verbaAccount';
import {
	authenticateRequest,
	credentialName,
	describeForeignAnswer,
	forbidden,
	VerbaApi,
} from './verbaApi';

const timeoutMs = 10_000;

/** No conversation has it, so that a look needs no record and shows none. */
const nobodysCallId = '00000000-0000-0000-0000-000000000000';

type TestHelpers = ICredentialTestFunctions['helpers'];

/**
 * The credential's Test button: tries the credentials as a run would use them. It fetches a token
 * where there is a user, and looks for a conversation that does not exist. It cannot tell whether
 * the user may also delete.
 *
 * A function of the node, because Verba says what is wrong in XML with HTTP 200, and a credential's
 * own `test` can only hold statuses and the fields of JSON against its rules.
 */
export async function verbaApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const complaint = await findComplaint(this.helpers, data);
		return complaint === undefined
			? { status: 'OK', message: 'Verba accepts these credentials' }
			: { status: 'Error', message: complaint };
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
}

/** @throws UserError for a field that cannot be used */
async function findComplaint(
	helpers: TestHelpers,
	data: Parameters<typeof readAccount>[0],
): Promise<string | undefined> {
	const account = readAccount(data);
	const context: Sender = {
		helpers: {
			httpRequestWithAuthentication: async (_, options) =>
				await sendForTest(helpers, authenticateRequest(account, options)),
		},
	};
	const key = { name: credentialName, renewable: false, data } as const;
	const selector = { identifiers: { callID: nobodysCallId } };
	const reply = await new VerbaApi(context, key, account, timeoutMs).getCallInformation(
		selector.identifiers,
	);
	return describeComplaint(reply, selector);
}

/** n8n gives a credential's test no other helper than this old one; in its words, the same request. */
async function sendForTest(
	{ request }: TestHelpers,
	{ url, method, headers, body, timeout }: IHttpRequestOptions,
): Promise<IDataObject> {
	return (await request({
		uri: url,
		method,
		headers,
		timeout,
		...(body === undefined ? {} : { form: body }),
		followRedirect: false,
		simple: false,
		resolveWithFullResponse: true,
	})) as IDataObject;
}

// The vendor's words for a missing permission are not published.
const permissionWords = /\bpermi|\bprivilege|\bauthori[sz]|\brights?\b|\brole|\bdenied\b/i;

function describeComplaint(
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
