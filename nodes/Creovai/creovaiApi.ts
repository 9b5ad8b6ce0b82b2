import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import { tokensOf, type AccountTokens } from '../shared/sending/accountTokens';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import { readKey, send, type KeyCredential, type Sender } from '../shared/sending/send';
import { holding, type TokenAccount } from '../shared/sending/tokenCredential';
import type { Token } from '../shared/sending/tokenSource';
import { withoutCredential } from '../shared/sending/withoutCredential';
import { creovai, credentialName } from './creovaiAccount';

/**
 * The Creovai (formerly Tethr) call APIs: paths and request bodies. The replies are read in
 * call/purgeReply.ts and call/statusReply.ts. Facts without a source of their own are from
 * https://support.creovai.com/article/322481/call-purge-apis.
 */
export const vendorName = creovai.vendorName;

/** "Either of these APIs can handle up to 100 IDs per request." */
export const idsPerRequest = 100;

/** How Creovai names a call. A call may have no call ID, but always belongs to a session. */
export type CallIdentifier = 'callId' | 'sessionId';

/** A call by one of its two names. */
export type CallTarget = Target<'callId'> | Target<'sessionId'>;

export function toCallTarget(identifier: CallIdentifier, id: string): CallTarget {
	return identifier === 'callId'
		? { identifiers: { callId: id } }
		: { identifiers: { sessionId: id } };
}

/** By which of its two IDs a call is named, and that ID. */
export function nameOf({ identifiers }: CallTarget): {
	readonly identifier: CallIdentifier;
	readonly id: string;
} {
	return 'callId' in identifiers
		? { identifier: 'callId', id: identifiers.callId }
		: { identifier: 'sessionId', id: identifiers.sessionId };
}

/** A customer by the phone number of their calls. */
export type Customer = Target<'phoneNumber'>;

const purgePaths: Readonly<Record<CallIdentifier, string>> = {
	callId: '/purge/v1/calls',
	sessionId: '/purge/v1/calls/sessions',
};

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openCreovai(
	context: IExecuteFunctions,
	timeout = defaultTimeoutMs,
): Promise<CreovaiApi> {
	const credential = await readKey(context, credentialName);
	return new CreovaiApi(context, credential, creovai.read(credential.data), timeout);
}

export class CreovaiApi {
	private readonly tokens: AccountTokens;

	/** Sends requests for tokens, which hold what they need. */
	private readonly forTokens: Sender;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly credential: KeyCredential,
		private readonly account: TokenAccount,
		private readonly timeout: number,
	) {
		this.tokens = tokensOf(account.grant);
		this.forTokens = withoutCredential(context);
	}

	get address(): string {
		return this.account.address;
	}

	/** @param ids at most `idsPerRequest`, all of the one kind */
	async purge(identifier: CallIdentifier, ids: readonly string[]): Promise<Reply> {
		return await this.post(purgePaths[identifier], { ids: [...ids] });
	}

	/** Purges every call that the number has at the moment when the request arrives. */
	async purgeByCustomer(phoneNumber: string): Promise<Reply> {
		return await this.post('/purge/v1/calls/customer', { phoneNumber });
	}

	/** Asks which calls purgeByCustomer would purge, and changes nothing. */
	async findByCustomer(phoneNumber: string): Promise<Reply> {
		return await this.post('/purge/v1/calls/customer?whatIf=true', { phoneNumber });
	}

	/**
	 * The call status API, which the purge page names without saying how to call it. Path and body
	 * are from the source of the vendor's SDK, Tethr.AudioBroker at commit 2ac2fd9:
	 * https://github.com/CollabIP/Tethr.AudioBroker.SDK. How many IDs it takes is not published.
	 *
	 * @param sessionIds at most `idsPerRequest`, by analogy with the purge API
	 */
	async getStatus(sessionIds: readonly string[]): Promise<Reply> {
		return await this.post('/callCapture/v1/status', { CallSessionIds: [...sessionIds] });
	}

	/** One request with the account's token. One that is turned down is replaced, once. */
	private async post(path: string, body: IDataObject): Promise<Reply> {
		return await this.tokens.sendWith(
			this.forTokens,
			this.timeout,
			async (token) => await this.postWith(token, path, body),
		);
	}

	private async postWith(token: Token, path: string, body: IDataObject): Promise<Reply> {
		const data = holding(this.credential.data, this.account, token);
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		const request = { method: 'POST', url: `${this.address}${path}`, headers, body } as const;
		return await send(this.context, { ...this.credential, data }, request, this.timeout);
	}
}
