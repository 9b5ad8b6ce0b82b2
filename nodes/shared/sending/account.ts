import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { Reply } from '../../../erasure/reply';
import { toOwnAddress } from './ownAddress';
import { withQuery, type Path } from './path';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type SendingContext,
	type VendorRequest,
} from './send';
import { defaultTimeoutMs } from './timeouts';

/**
 * How a vendor's account is reached: where its requests go, and how the key is sent.
 *
 * @typeParam Details what of a credential is needed for that
 */
export interface Account<Details extends AccountDetails = AccountDetails> {
	/** The node's name, as receipts show it: `flyflow`. */
	readonly vendor: string;
	/** As a person writes it, for messages: "Flyflow". */
	readonly vendorName: string;
	/** The credential's type: `flyflowApi`. */
	readonly credentialName: string;
	/** The credential's field that says where its requests go, as the editor shows it. */
	readonly addressField: string;
	/** What every request carries apart from the key. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Reads what a credential holds. Throws UserError naming the field that cannot be used. */
	read(credential: ICredentialDataDecryptedObject): Details;
	/** Adds the key to a request that was seen to go to the account's own address. */
	addKey(request: IHttpRequestOptions, details: Details): IHttpRequestOptions;
}

/** What a credential holds, checked. */
export interface AccountDetails {
	/** What the paths of requests are added to, without a slash at its end. */
	readonly address: string;
	/** What names the account and is not secret, such as a SID or a client ID, if there is one. */
	readonly publicName?: string;
	readonly key: string;
}

/** One request, as far as it differs from the others to the same account. */
export interface AccountRequest {
	readonly method: VendorRequest['method'];
	/** Added to the account's address. */
	readonly path: Path;
	readonly query?: Readonly<Record<string, string | number>>;
	readonly body?: IDataObject;
}

/** An account whose credential was read and checked: where requests are sent from. */
export interface OpenAccount {
	readonly account: Account;
	readonly details: AccountDetails;
	/** Never rejects. */
	readonly send: (request: AccountRequest) => Promise<Reply>;
}

/**
 * Reads and checks the credentials for a whole run. Sends nothing.
 *
 * @param timeout milliseconds until a reply that has not ended counts as lost
 * @throws UserError naming the field that cannot be used
 */
export async function openAccount(
	context: SendingContext,
	account: Account,
	timeout = defaultTimeoutMs,
): Promise<OpenAccount> {
	return openWith(context, await readKey(context, account.credentialName), account, timeout);
}

/** The same with a credential that has been read. @throws UserError */
export function openWith(
	sender: Sender,
	credential: KeyCredential,
	account: Account,
	timeout: number,
): OpenAccount {
	const details = account.read(credential.data);
	return {
		account,
		details,
		send: async ({ path, query, ...request }) => {
			const url = withQuery(`${details.address}${path}`, query);
			const { headers } = account;
			const whole = { ...request, url, ...(headers === undefined ? {} : { headers }) };
			return await send(sender, credential, whole, timeout);
		},
	};
}

/** What authenticates a request with a credential, for n8n. */
export type Authenticate = (
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * Makes the function that authenticates a request with an account's credential. A function and no
 * template of n8n's, so that the key is sent to the address that it belongs to and nowhere else.
 *
 * @returns what throws a UserError for a field that cannot be used, or for a request that would take
 *   the key anywhere else
 */
export function authenticateFor(account: Account): Authenticate {
	return async (credential, request) => {
		const details = account.read(credential);
		return await Promise.resolve(account.addKey(toOwnAddress(request, details.address), details));
	};
}
