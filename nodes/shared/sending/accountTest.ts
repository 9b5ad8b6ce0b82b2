import type { ICredentialTestFunction } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';
import { authenticateFor, openWith, type Account, type AccountRequest } from './account';
import { testCredential } from './credentialTest';
import { testTimeoutMs } from './timeouts';

/** What an account's Test button asks for, and how it reads the answer. */
export interface AccountTest {
	/** Changes nothing, and is answered well only if the key is good. */
	readonly request: AccountRequest;
	/** What is wrong, in a sentence for the user; undefined if the credentials are good. */
	readonly complaintOf: (answer: Answer) => string | undefined;
}

/** Makes the Test button of an account's credential. */
export function testAccount(
	account: Account,
	{ request, complaintOf }: AccountTest,
): ICredentialTestFunction {
	const { vendorName, credentialName, addressField } = account;
	return testCredential({
		vendorName,
		credentialName,
		addressField,
		authenticate: authenticateFor(account),
		ask: async (sender, credential) =>
			await openWith(sender, credential, account, testTimeoutMs).send(request),
		complaintOf,
	});
}

/** What is said of an answer that is not the one for good credentials. */
export interface TestInWords {
	/** What the key has to be good for: "list calls". */
	readonly may: string;
	/** Where the vendor's API is, in a sentence. */
	readonly documented: string;
	/** Whether the answer is the one that only good credentials get. */
	readonly isGood: (answer: Answer) => boolean;
}

/** Reads the answer to a Test button by its status, where it is not the one for good credentials. */
export function complaintByStatus(
	{ vendorName, addressField }: Account,
	{ may, documented, isGood }: TestInWords,
): AccountTest['complaintOf'] {
	return (answer) => {
		const { status } = answer;
		if (isGood(answer)) return undefined;
		if (status === 401) {
			return `${vendorName} did not accept the API key. Check API Key and ${addressField}`;
		}
		if (status === 403) {
			return `${vendorName} accepted the API key but does not permit this. Use a key that may ${may}`;
		}
		// A page for people, or the way to one: an address that is made for them leads on to a sign-in page.
		if (status < 400 || status === 404) {
			return `There is no ${vendorName} API at this ${addressField}. ${documented}`;
		}
		return `${vendorName} answered ${status}, which does not say whether the API key is good. Check ${addressField}, or try again later`;
	};
}
