import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import { checkAddress } from '../shared/address';
import { defaultTimeoutMs } from '../shared/deletionFields';
import { secretsOf } from '../shared/secrets';
import { send } from '../shared/send';

/**
 * The Creovai (formerly Tethr) call APIs: paths and request bodies. The replies are read in
 * purgeReply.ts and statusReply.ts. Facts without a source of their own are from
 * https://support.creovai.com/article/322481/call-purge-apis.
 */
export const vendorName = 'Creovai';

const credential = { name: 'creovaiOAuth2Api', renewable: true } as const;

/** "Either of these APIs can handle up to 100 IDs per request." */
export const idsPerRequest = 100;

/** How Creovai names a call. A call may have no call ID, but always belongs to a session. */
export type CallIdentifier = 'callId' | 'sessionId';

const purgePaths: Readonly<Record<CallIdentifier, string>> = {
	callId: '/purge/v1/calls',
	sessionId: '/purge/v1/calls/sessions',
};

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openCreovai(
	context: IExecuteFunctions,
	timeout = defaultTimeoutMs,
): Promise<CreovaiApi> {
	const data = await context.getCredentials(credential.name);
	secretsOf(context).holdCredential(data);
	const { baseUrl, tokenBaseUrl } = data;
	checkAddress(tokenBaseUrl, 'Token Base URL');
	return new CreovaiApi(context, checkAddress(baseUrl, 'API Base URL'), timeout);
}

export class CreovaiApi {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly address: string,
		private readonly timeout: number,
	) {}

	/** @param ids at most `idsPerRequest`, all of the one kind */
	async purge(identifier: CallIdentifier, ids: readonly string[]): Promise<Reply> {
		return await this.post(purgePaths[identifier], { ids: [...ids] });
	}

	/** Purges every call that the number stands for at the moment when the request arrives. */
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

	private async post(path: string, body: IDataObject): Promise<Reply> {
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		const url = `${this.address}${path}`;
		return await send(
			this.context,
			credential,
			{ method: 'POST', url, headers, body },
			this.timeout,
		);
	}
}
