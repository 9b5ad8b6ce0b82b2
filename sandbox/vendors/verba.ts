/* eslint max-lines: "off" -- one vendor is one file here, and this one speaks XML as well */
import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Fault } from '../faults/faults';
import type { Trouble } from '../faults/troubles';
import { RecordStore } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';
import type { ShownParameters, VendorSandbox } from './vendorSandbox';

/** A conversation with the fields of Get Call Information that matter here. */
export interface VerbaConversation extends SandboxRecord {
	readonly nativeID: string;
	readonly platformCallID: string;
	readonly meetingID: string;
	readonly from: string;
	readonly to: string;
	readonly name: string;
	/** `YYYY-MM-DD hh:mm:ss` */
	readonly startTime: string;
	ongoing: boolean;
	doNotDelete: boolean;
	/** A label with Legal Hold is on it. */
	legalHold: boolean;
	/** What a deletion of this one is told in place of being done, in words that are inferred. */
	refusalWords?: string;
	/** It was to be deleted while it was still going on; it goes when it ends. */
	markedForDeletion: boolean;
}

/** How a reply's XML goes wrong: all of these stand in the vendor's own samples, or are made worse. */
export type Malformation =
	/** `<direction_id>1</diection_id>`, and a tag that is never closed. */
	| 'misspeltTags'
	/** `ErrorMessage` beside `Response`. */
	| 'errorOutsideResponse'
	/** HTTP 200 with a page to sign in on. */
	| 'signInPage'
	| 'truncated'
	| 'twoResponses'
	| 'empty';

/**
 * Verba's HTTP Business API:
 * https://verbalabs.atlassian.net/wiki/spaces/docs/pages/6816951/Delete+Call and its neighbours.
 * Inferred: that parameters may stand in the form body; that errors come with HTTP 200; that `status`
 * takes `ongoing,last` and what it stands for then; every text of an ErrorMessage except "the call cannot be found"; the replies to DeleteCall and SearchCalls,
 * after those of their siblings; that "do not delete" and Legal Hold make DeleteCall answer an error.
 */
export class VerbaSandbox implements VendorSandbox {
	readonly name = 'verba';

	apiKey = '74c8eea0-50c6-40b2-9f3e-252ed501c3c8';

	user = 'verba-sandbox-user';

	password = 'verba-sandbox-password';

	/** Whether the API key asks for a token. */
	requiresAuthentication = true;

	/** Seconds; an hour is documented. */
	tokenLifetime = 3600;

	/** What a wrong key, user, password or token is told: the real words are not known. */
	words = {
		apiKey: 'Invalid API key.',
		login: 'Authentication failed.',
		token: 'This token is expired or never got authenticated.',
	};

	/** The HTTP status that those words come with; inferred, and others are thinkable. */
	wordsStatus = 200;

	malformation: Malformation | undefined;

	/** Which actions the malformation concerns. */
	malformedActions: readonly string[] = ['DeleteCall'];

	readonly conversations = new RecordStore('conversations', describeConversation);

	readonly store = this.conversations;

	readonly shownParameters: ShownParameters = new Set([
		'action',
		'anynum',
		'callID',
		'end',
		'extension',
		'meetingID',
		'nativeID',
		'pagelen',
		'platformCallID',
		'start',
		'status',
	]);

	private readonly tokens = new Map<string, number>();

	fill(count: number): void {
		this.conversations.clear();
		this.malformation = undefined;
		for (let number = 1; number <= count; number++) {
			const conversation = makeConversation(number);
			this.conversations.set(conversation.id, conversation);
		}
	}

	records(): VerbaConversation[] {
		return [...this.conversations.values()];
	}

	/** A wrong key comes with HTTP 200 here, in words. */
	faultFor(trouble: Trouble): Fault | undefined {
		if (trouble !== 'wrongKey') return undefined;
		const headers = { 'content-type': 'text/xml; charset=utf-8' };
		const body = refusal('RequestToken', this.words.apiKey);
		return { kind: 'status', status: this.wordsStatus, headers, body };
	}

	/** From now on, tokens that were handed out are turned down. */
	revokeTokens(): void {
		this.tokens.clear();
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
		this.revokeTokens();
	}

	/** An ongoing conversation ends; one that was marked is deleted. */
	hangUp(id: string): void {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) return;
		conversation.ongoing = false;
		if (conversation.markedForDeletion) this.conversations.delete(id);
		else this.conversations.set(id, conversation);
	}

	routes(app: FastifyInstance): void {
		const answer = async (request: FastifyRequest, reply: FastifyReply) =>
			await this.answer(readParameters(request), request, reply);
		app.get('/api', answer);
		app.post('/api', answer);
		app.setNotFoundHandler(async (_request, reply) => {
			// Inferred: whoever has not signed in is sent a page, whatever the path.
			await reply.code(200).type('text/html').send(signInPage);
		});
	}

	private async answer(
		parameters: URLSearchParams,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<void> {
		const action = parameters.get('action') ?? '';
		const words = this.turnsDown(action, parameters);
		const xml =
			words === undefined
				? this.run(action, parameters, request.headers.authorization)
				: refusal(action, words);
		const malformation = this.malformedActions.includes(action) ? this.malformation : undefined;
		const type = malformation === 'signInPage' ? 'text/html' : 'text/xml; charset=utf-8';
		const status = words === undefined ? 200 : this.wordsStatus;
		await reply.code(status).type(type).send(malform(xml, malformation));
	}

	/** Why the credentials of a request are turned down; undefined if they are good. */
	private turnsDown(action: string, parameters: URLSearchParams): string | undefined {
		if (parameters.get('apiKey') !== this.apiKey) return this.words.apiKey;
		if (action === 'RequestToken' || !this.requiresAuthentication) return undefined;
		const expires = this.tokens.get(parameters.get('token') ?? '') ?? 0;
		return expires <= Date.now() ? this.words.token : undefined;
	}

	private run(action: string, parameters: URLSearchParams, authorization?: string): string {
		switch (action) {
			case 'RequestToken':
				return this.giveToken(authorization);
			case 'DeleteCall':
				return this.withOne(action, parameters, (conversation) => this.delete(conversation));
			case 'GetCallInformation':
				return this.withOne(action, parameters, (conversation) =>
					success(action, describe(conversation)),
				);
			case 'SearchCalls':
				return this.search(parameters);
			default:
				return refusal(action, 'Unknown action.');
		}
	}

	private giveToken(authorization = ''): string {
		const login = Buffer.from(`${this.user}:${this.password}`).toString('base64');
		if (authorization !== `Basic ${login}`) return refusal('RequestToken', this.words.login);
		const token = randomUUID();
		this.tokens.set(token, Date.now() + this.tokenLifetime * 1000);
		// As a third party shows it; the vendor's own sample could not be read.
		return `${declaration}<VerbaApi><Response code="0" type="RequestToken" token="${token}"/><SessionId>1</SessionId><Remote>false</Remote></VerbaApi>`;
	}

	private withOne(
		action: string,
		parameters: URLSearchParams,
		then: (conversation: VerbaConversation) => string,
	): string {
		const [conversation, ...others] = this.select(parameters);
		if (conversation === undefined) {
			return refusal(action, `Unable to ${doing[action]}, because the call cannot be found.`);
		}
		if (others.length > 0) {
			const extension = parameters.get('extension') ?? '';
			return refusal(action, `More than one call was found for ${extension}.`);
		}
		return then(conversation);
	}

	private select(parameters: URLSearchParams): VerbaConversation[] {
		const all = this.records();
		for (const [parameter, field] of selectors) {
			const value = parameters.get(parameter);
			if (value !== null) return all.filter((conversation) => conversation[field] === value);
		}
		const extension = parameters.get('extension');
		const ofExtension = all.filter(({ from, to }) => from === extension || to === extension);
		// Inferred: that of several values the first counts for which there is a conversation.
		const statuses = (parameters.get('status') ?? '').split(',');
		const found = statuses.map((status) =>
			status === 'ongoing'
				? ofExtension.filter(isOngoing)
				: ofExtension.filter((conversation) => !isOngoing(conversation)).slice(-1),
		);
		return found.find(({ length }) => length > 0) ?? [];
	}

	private delete(conversation: VerbaConversation): string {
		const { id, ongoing, doNotDelete, legalHold, refusalWords } = conversation;
		if (refusalWords !== undefined) return refusal('DeleteCall', refusalWords);
		if (legalHold) return refusal('DeleteCall', 'The call is under legal hold.');
		if (doNotDelete) return refusal('DeleteCall', 'The call is protected.');
		if (ongoing) {
			conversation.markedForDeletion = true;
			this.conversations.set(id, conversation);
		} else {
			this.conversations.delete(id);
		}
		return success('DeleteCall');
	}

	private search(parameters: URLSearchParams): string {
		const [start, end] = [parameters.get('start') ?? '', parameters.get('end') ?? ''];
		if (start === '' || end === '') return refusal('SearchCalls', 'Missing start or end.');
		const wantsOngoing = parameters.get('status') === 'ongoing';
		const number = parameters.get('anynum') ?? '';
		const name = parameters.get('anyname') ?? '';
		const found = this.records().filter(
			(conversation) =>
				conversation.ongoing === wantsOngoing &&
				conversation.startTime >= start.slice(0, 19) &&
				conversation.startTime <= end.slice(0, 19) &&
				`${conversation.from} ${conversation.to}`.includes(number) &&
				conversation.name.includes(name),
		);
		// That a reply is cut at pagelen is inferred.
		const page = found.slice(0, Number(parameters.get('pagelen') ?? 100));
		return success('SearchCalls', `<verbacdrlist>${page.map(describe).join('')}</verbacdrlist>`);
	}
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const signInPage =
	'<!DOCTYPE html><html><head><title>Verba</title></head><body><form>User name</form></body></html>';

const selectors = [
	['callID', 'id'],
	['platformCallID', 'platformCallID'],
	['nativeID', 'nativeID'],
	['meetingID', 'meetingID'],
] as const;

const doing: Readonly<Record<string, string>> = {
	DeleteCall: 'delete the call',
	GetCallInformation: 'retrieve the call information',
};

const isOngoing = ({ ongoing }: VerbaConversation) => ongoing;

function readParameters(request: FastifyRequest): URLSearchParams {
	if (request.method === 'POST' && typeof request.body === 'string' && request.body !== '') {
		return new URLSearchParams(request.body);
	}
	return new URL(request.raw.url ?? '', 'http://sandbox').searchParams;
}

function success(action: string, payload = ''): string {
	return `${declaration}<VerbaApi><Response code="0" type="${action}">${payload}</Response></VerbaApi>`;
}

function refusal(action: string, words: string): string {
	return `${declaration}<VerbaApi><Response code="2" type="${escape(action)}"><ErrorMessage>${words}</ErrorMessage></Response></VerbaApi>`;
}

function describe(conversation: VerbaConversation): string {
	const { id, ongoing, from, to, name, startTime, doNotDelete } = conversation;
	const fields = {
		ccdr_id: id,
		native_id: conversation.nativeID,
		source_caller_id: from,
		source_name: name,
		destination_caller_id: to,
		start_time: startTime,
		direction_id: '1',
		cause_id: '3',
		platform_call_id: conversation.platformCallID,
		do_not_delete: doNotDelete ? '1' : '0',
		meeting_id: conversation.meetingID,
	};
	const elements = Object.entries(fields).map(
		([field, value]) => `<${field}>${escape(value)}</${field}>`,
	);
	return `<verbacdr state="${ongoing ? 0 : 1}">${elements.join('')}</verbacdr>`;
}

function describeConversation(conversation: VerbaConversation): string {
	const { ongoing, markedForDeletion, doNotDelete, legalHold } = conversation;
	const states = [
		ongoing && 'ongoing',
		markedForDeletion && 'deleted when it ends',
		doNotDelete && 'do not delete',
		legalHold && 'legal hold',
	].filter((state) => state !== false);
	const { from, to, startTime } = conversation;
	return [...states, `${from} to ${to}`, startTime.slice(0, 16)].join(', ');
}

function escape(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

function malform(xml: string, malformation: Malformation | undefined): string {
	switch (malformation) {
		case undefined:
			return xml;
		case 'misspeltTags':
			return xml.replace('</direction_id>', '</diection_id>').replace('</cause_id>', '');
		case 'errorOutsideResponse':
			return xml.replace(/(<ErrorMessage>.*<\/ErrorMessage>)<\/Response>/, '</Response>$1');
		case 'signInPage':
			return signInPage;
		case 'truncated':
			return xml.slice(0, -'</VerbaApi>'.length);
		case 'twoResponses':
			return xml.replace('</VerbaApi>', '<Response code="0" type="DeleteCall"/></VerbaApi>');
		case 'empty':
			return '';
	}
}

/** Numbers share their beginning, so that one is part of another: 8001 of 18001. */
function makeConversation(number: number): VerbaConversation {
	const suffix = String(number).padStart(12, '0');
	const startTime = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
	return {
		id: `a8343631-9f35-4a3a-83f0-${suffix}`,
		nativeID: `TRS${number}`,
		platformCallID: String(71_000_000 + number),
		meetingID: `WHBFM${number}`,
		from: String(8000 + number),
		to: `+1512555${String(1000 + (number % 9000))}`,
		name: `Customer ${number}`,
		startTime: startTime.slice(0, 19).replace('T', ' '),
		ongoing: false,
		doNotDelete: false,
		legalHold: false,
		markedForDeletion: false,
	};
}
