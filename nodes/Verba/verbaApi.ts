import type { IExecuteFunctions } from 'n8n-workflow';

import { quoteVendor } from '../../erasure/mask';
import type { Answer, Reply } from '../../erasure/reply';
import { clock } from '../shared/sending/clock';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import { secretsOf, type Secrets } from '../shared/secrets/secrets';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type VendorRequest,
} from '../shared/sending/send';
import { Token, TokenSource } from '../shared/sending/tokenSource';
import { AccountCheck, type Attempt } from './accountCheck';
import { readSuspicion, type Suspicion } from './suspicion';
import { readAccount, type VerbaAccount } from './verbaAccount';
import { readReply, readToken, type VerbaReply } from './verbaReply';
import { actions, toRequest, type Action, type Selection } from './verbaRequest';

/**
 * Verba's HTTP Business API. This file and verbaRequest.ts know its actions and parameters, and
 * verbaReply.ts knows its bodies. Facts without a page of their own are from
 * https://verbalabs.atlassian.net/wiki/spaces/docs/pages/6816951/Delete+Call and
 * https://verbalabs.atlassian.net/wiki/spaces/docs/pages/6816935/API+authentication.
 */
export const vendorName = 'Verba';

export const credentialName = 'verbaApi';

export interface CallSearch {
	/** `YYYY-MM-DD hh:mm:ss.SSS`, in the user's time zone, or in GMT without a user. */
	readonly start: string;
	readonly end: string;
	readonly status: 'recorded' | 'ongoing';
	/** Part of a number of either party. */
	readonly number?: string | undefined;
	/** Part of a name of either party. */
	readonly name?: string | undefined;
}

/** No conversation has it: a look for it needs no record, shows none and changes nothing. */
export const nobodys: Selection = { callID: '00000000-0000-0000-0000-000000000000' };

/** A ceiling, and a low one: a Verba server records calls at the same time. It documents no limits. */
export const mostAtOnce = 32;

/** The most conversations in a reply to SearchCalls: inferred from a third party's description. */
export const searchPageLength = 100;

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openVerba(
	context: IExecuteFunctions,
	timeout = defaultTimeoutMs,
): Promise<VerbaApi> {
	const key = await readKey(context, credentialName);
	return new VerbaApi(context, key, readAccount(key.data), timeout);
}

export class VerbaApi {
	private readonly tokens = new TokenSource<Reply>();

	private readonly fetchToken = async () => await this.requestToken();

	private readonly accountCheck = new AccountCheck(async () => await this.askForNobodys(), clock);

	constructor(
		private readonly context: Sender,
		private readonly key: KeyCredential,
		private readonly account: VerbaAccount,
		private readonly timeout: number,
	) {}

	private get secrets(): Secrets {
		return secretsOf(this.context);
	}

	get address(): string {
		return this.account.address;
	}

	/** Only by callID: any other selector may select another call a moment later. */
	async deleteCall(callId: string): Promise<Reply> {
		return await this.call(actions.deleteCall, { callID: callId });
	}

	/** https://verbalabs.atlassian.net/wiki/spaces/v99/pages/215330689/Get+Call+Information */
	async getCallInformation(selection: Selection): Promise<Reply> {
		return await this.call(actions.getCallInformation, selection);
	}

	/** https://kanasoftware.jira.com/wiki/spaces/v94/pages/4388628184/Search+Calls */
	async searchCalls({ start, end, status, number, name }: CallSearch): Promise<Reply> {
		return await this.call(actions.searchCalls, {
			start,
			end,
			status,
			...(number === undefined ? {} : { anynum: number }),
			...(name === undefined ? {} : { anyname: name }),
			pagelen: String(searchPageLength),
		});
	}

	/**
	 * Tries the credentials by a request that changes nothing and shows nothing.
	 *
	 * @returns bad credentials where that is what the answer sounds like; it is not asked twice
	 */
	async tryOut(): Promise<Reply> {
		const { reply, suspicion } = await this.askForNobodys();
		return suspicion?.soundsLike === 'credentials' ? turnedDown(suspicion) : reply;
	}

	private async askForNobodys(): Promise<Attempt> {
		return await this.attempt(actions.getCallInformation, nobodys);
	}

	/**
	 * One request with the run's token. Where its answer may be about the account, the token is
	 * replaced once, and if that does not help, a harmless request tells: credentials that Verba
	 * turns down come back as bad credentials, and a record's refusal as the answer that it is.
	 */
	private async call(action: Action, parameters: Selection): Promise<Reply> {
		const token = await this.currentToken();
		if (isReply(token)) return token;
		const first = await this.attemptWith(token, action, parameters);
		const { suspicion } = first;
		if (suspicion === undefined || this.accountCheck.isAboutRecord(suspicion)) return first.reply;
		// What does not sound like the account is believed, unless the account is turned down as well.
		const isOther = suspicion.soundsLike === 'other';
		if (isOther || this.accountCheck.knows(suspicion)) {
			const { kind } = await this.accountCheck.find(suspicion);
			if (kind === 'record' || (kind === 'unclear' && isOther)) return first.reply;
		}
		if (token === undefined) return await this.tell(first, suspicion);
		const renewed = await this.tokens.renew(token, this.fetchToken);
		if (!(renewed instanceof Token)) return renewed;
		const second = await this.attemptWith(renewed, action, parameters);
		return second.suspicion === undefined
			? second.reply
			: await this.tell(second, second.suspicion);
	}

	/** Tells what a suspicion is about that a fresh token has met as well. */
	private async tell({ reply }: Attempt, suspicion: Suspicion): Promise<Reply> {
		// A bare 401 is about nothing but the credentials.
		if (suspicion.status === 401) return turnedDown(suspicion);
		if (this.accountCheck.isAboutRecord(suspicion)) return reply;
		const finding = await this.accountCheck.find(suspicion);
		switch (finding.kind) {
			case 'record':
				return reply;
			case 'account':
				return turnedDown(finding.suspicion);
			case 'unclear':
				return untold(finding.reply);
		}
	}

	private async attempt(action: Action, parameters: Selection): Promise<Attempt> {
		const token = await this.currentToken();
		return isReply(token) ? { reply: token } : await this.attemptWith(token, action, parameters);
	}

	/** @returns undefined where the key asks for no token; a reply where there is none */
	private async currentToken(): Promise<Token | Reply | undefined> {
		return this.account.login === undefined
			? undefined
			: await this.tokens.current(this.fetchToken);
	}

	private async attemptWith(
		token: Token | undefined,
		action: Action,
		parameters: Selection,
	): Promise<Attempt> {
		const withToken = token === undefined ? parameters : { ...parameters, token: token.text };
		const reply = await this.send(action, withToken);
		if (reply.kind !== 'answered') return { reply };
		const read = readReply(reply, action);
		const suspicion = readSuspicion(reply, read, parameters);
		if (read?.kind === 'success' || read?.kind === 'notFound') this.accountCheck.sawGoodAnswer();
		return { reply, read, suspicion };
	}

	/** What kept a token from being fetched kept the request itself from being sent. */
	private async requestToken(): Promise<Token | Reply> {
		const reply = await this.send(actions.requestToken, {}, { asksForToken: true });
		if (reply.kind === 'lost') {
			return { kind: 'notDelivered', cause: `no token could be fetched: ${reply.cause}` };
		}
		if (reply.kind === 'tooLarge') {
			return { kind: 'badCredentials', cause: describeForeignAnswer(reply.status) };
		}
		if (reply.kind !== 'answered') return reply;
		const read = readReply(reply, actions.requestToken);
		const token = readToken(read);
		if (token !== undefined) {
			this.secrets.hold(token);
			return new Token(token);
		}
		if (reply.status === 429 || reply.status === 503) return reply;
		if (reply.status >= 500) {
			return { kind: 'notDelivered', cause: `no token could be fetched: HTTP ${reply.status}` };
		}
		return { kind: 'badCredentials', cause: this.describeTokenRefusal(reply, read) };
	}

	private describeTokenRefusal({ status }: Answer, read: VerbaReply | undefined): string {
		if (read?.kind === 'refusal' || read?.kind === 'notFound') {
			const words = quoteVendor(this.secrets.outOf(read.words));
			return `Verba gave no token for this API Key, User and Password${saying(words)}. ${checkCredentials}`;
		}
		if (status === 401) return `Verba did not accept User and Password. ${checkCredentials}`;
		if (status === 403) return forbidden;
		return describeForeignAnswer(status);
	}

	private async send(
		action: Action,
		parameters: Selection,
		options: Pick<VendorRequest, 'asksForToken'> = {},
	): Promise<Reply> {
		const request = toRequest(this.account, { action, ...parameters, responseType: 'XML' });
		return await send(this.context, this.key, { ...request, ...options }, this.timeout);
	}
}

/** @returns the reply that ends a run, with a sentence for the user */
function turnedDown({ words, status }: Suspicion): Reply {
	if (status === 403) return { kind: 'badCredentials', cause: forbidden };
	const cause =
		status === 401
			? 'Verba answered 401: it did not accept the credentials'
			: `Verba did not accept the credentials${saying(words)}`;
	return { kind: 'badCredentials', cause: `${cause}. ${checkCredentials}` };
}

/** Nothing was done, and it is not known why: what kept the check from being answered counts. */
function untold(reply: Reply): Reply {
	const couldNotAsk = 'the credentials could not be checked again';
	if (reply.kind === 'lost' || reply.kind === 'notDelivered') {
		return { kind: 'notDelivered', cause: `${couldNotAsk}: ${reply.cause}` };
	}
	if (reply.kind !== 'answered' || reply.status === 429 || reply.status === 503) return reply;
	return { kind: 'notDelivered', cause: `${couldNotAsk}: HTTP ${reply.status}` };
}

function isReply(token: Token | Reply | undefined): token is Reply {
	return token !== undefined && !(token instanceof Token);
}

/** ` and said: "…"`, without a full stop, or nothing where the vendor said nothing. */
export function saying(words: string): string {
	return words === '' ? '' : ` and said: "${words.replace(/\.$/, '')}"`;
}

const checkCredentials =
	'Check API Key, User and Password in n8n under Credentials; a key that asks for authentication needs User and Password';

/** https://kanasoftware.jira.com/wiki/x/zpiIBQE: the roles that a user of the API needs. */
export const forbidden =
	'Verba does not permit this (HTTP 403). The user needs the roles System Administrator and System Supervisor, and the API key may be limited to certain networks';

/** An answer that cannot come from Verba's API: a sign-in page, another server, a redirect. */
export function describeForeignAnswer(status: number): string {
	return `The answer (HTTP ${status}) is not from Verba's API. Check Server Address in the credentials: the API is at /verba/api on the web server of Verba`;
}
