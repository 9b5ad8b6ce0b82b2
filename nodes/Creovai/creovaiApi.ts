import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import { readKey, send, type KeyCredential, type Sender } from '../shared/sending/send';
import { Token } from '../shared/sending/tokenSource';
import { withoutCredential } from '../shared/sending/withoutCredential';
import { credentialName, readAccount, type CreovaiAccount } from './creovaiAccount';
import { holding } from './creovaiCredential';
import { tokensOf, type CreovaiTokens } from './creovaiToken';

/**
 * The Creovai (formerly Tethr) call APIs: paths and request bodies. The replies are read in
 * call/purgeReply.ts and call/statusReply.ts. Facts without a source of their own are from
 * https://support.creovai.com/article/322481/call-purge-apis.
 */
export const vendorName = 'Creovai';

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
	const { data } = await readKey(context, credentialName);
	return new CreovaiApi(context, withoutCredential(context), readAccount(data), timeout);
}

export class CreovaiApi {
	private readonly tokens: CreovaiTokens;

	constructor(
		private readonly context: Sender,
		/** Sends requests for tokens, which hold what they need. */
		private readonly forTokens: Sender,
		private readonly account: CreovaiAccount,
		private readonly timeout: number,
	) {
		this.tokens = tokensOf(account);
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
		const token = await this.tokens.current(this.forTokens, this.timeout);
		if (!(token instanceof Token)) return token;
		const reply = await this.postWith(token, path, body);
		if (reply.kind !== 'answered' || reply.status !== 401) return reply;
		const renewed = await this.tokens.renew(token, this.forTokens, this.timeout);
		return renewed instanceof Token ? await this.postWith(renewed, path, body) : renewed;
	}

	private async postWith(token: Token, path: string, body: IDataObject): Promise<Reply> {
		const key: KeyCredential = { name: credentialName, data: holding(this.account, token) };
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		const url = `${this.address}${path}`;
		return await send(this.context, key, { method: 'POST', url, headers, body }, this.timeout);
	}
}
