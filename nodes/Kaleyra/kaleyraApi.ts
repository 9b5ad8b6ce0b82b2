import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import {
	contradiction,
	deniesAbsence,
	deniesSuccess,
	namesAnother,
} from '../../erasure/contradiction';
import { notDocumented, understood, type Reading } from '../../erasure/reading';
import { quoteVendor } from '../../erasure/mask';
import { notErased, type Verdict } from '../../erasure/outcome';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import { isSameIdentifier } from '../../erasure/sameIdentifier';
import type { Target } from '../../erasure/target';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import { toOwnAddress } from '../shared/sending/ownAddress';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type SendingContext,
	type VendorRequest,
} from '../shared/sending/send';
import { readAccount } from './kaleyraAccount';

/**
 * Kaleyra's WhatsApp Flow API, version 2. The only file that knows its paths and bodies. Facts
 * without a page of their own are from
 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-delete-flow.
 */
export const vendorName = 'Kaleyra';

export const credentialName = 'kaleyraApi';

/**
 * Inferred: Kaleyra's text names these states, Meta, whose flows they are, writes them like this.
 */
export const flowStatuses = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;

export type FlowStatus = (typeof flowStatuses)[number];

/** A flow as the user names it. */
export type FlowSelector = Target<'flowId'>;

export interface FlowTarget extends FlowSelector {
	/** The status in which it was found, where it was looked up: it decides what is sent. */
	readonly status?: FlowStatus;
}

export interface FlowPage {
	readonly flows: readonly IDataObject[];
	/** Where the next page starts; undefined on the last. */
	readonly cursor: string | undefined;
}

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openKaleyra(
	context: SendingContext,
	timeout = defaultTimeoutMs,
): Promise<KaleyraApi> {
	return openAccount(context, await readKey(context, credentialName), timeout);
}

/** @throws UserError for a field that cannot be used; sends nothing */
export function openAccount(sender: Sender, key: KeyCredential, timeout: number): KaleyraApi {
	const { host, sid } = readAccount(key.data);
	return new KaleyraApi(sender, key, `${host}/v2/${encodeURIComponent(sid)}`, timeout);
}

export class KaleyraApi {
	constructor(
		private readonly context: Sender,
		private readonly key: KeyCredential,
		/** Host, version and SID: `https://<api_domain>/v2/<sid>`. */
		readonly address: string,
		private readonly timeout: number,
	) {}

	/** `DELETE /whatsapp/{flow_id}`, without a "flows" in the path. */
	async deleteFlow(flowId: string): Promise<Reply> {
		return await this.send('DELETE', encodeURIComponent(flowId));
	}

	/** https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-deprecate-flow */
	async deprecateFlow(flowId: string): Promise<Reply> {
		return await this.send('POST', `${encodeURIComponent(flowId)}/deprecate`);
	}

	/** https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-get-flow-details-by-flow-id */
	async getFlow(flowId: string): Promise<Reply> {
		return await this.send('GET', encodeURIComponent(flowId));
	}

	/**
	 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-get-flows-by-waba-id. That a page
	 * after the first is asked for by `after` is inferred from Meta's API.
	 */
	async listFlows(wabaId: string, cursor: string | undefined): Promise<Reply> {
		const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`;
		return await this.send('GET', `${encodeURIComponent(wabaId)}/flows${query}`);
	}

	private async send(method: VendorRequest['method'], path: string): Promise<Reply> {
		const url = `${this.address}/whatsapp/${path}`;
		// Mandatory by the documentation, with a body and without.
		const headers = { 'Content-Type': 'application/json' };
		return await send(this.context, this.key, { method, url, headers }, this.timeout);
	}
}

/**
 * Adds the API key to a request.
 *
 * @throws UserError for a field that cannot be used, or if the request goes to another host
 */
export async function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { host, apiKey } = readAccount(credentials);
	const own = toOwnAddress(request, host);
	const headers = { ...own.headers, 'api-key': apiKey };
	return await Promise.resolve({ ...own, headers });
}

/** 200 `{"success":true}`, or one of the documented refusals. */
export function readDeletion(answer: Answer, target: FlowTarget): Reading {
	return readChange(
		answer,
		target,
		{ outcome: 'deleted', evidence: 'confirmed' },
		"Kaleyra deletes drafts only: if this flow is published, set If Published to Deprecate Instead in the node's options, or use the operation Deprecate",
	);
}

/** Inferred: the answers are not published; taken to be those of a deletion. */
export function readDeprecation(answer: Answer, target: FlowTarget): Reading {
	return readChange(
		answer,
		target,
		{ outcome: 'deprecated', evidence: 'confirmed' },
		'Kaleyra deprecates published flows only: if this one is a draft, use the operation Delete',
	);
}

type Body = Readonly<Record<string, unknown>> | undefined;

function readChange(answer: Answer, target: FlowTarget, done: Verdict, wayOut: string): Reading {
	const body = asRecord(parseJson(answer.body));
	if (body === undefined || !claimsSuccess(body)) {
		const isContradicted =
			saysNoSuchFlow(answer) && !isNoSuchFlow(answer, target.identifiers.flowId);
		if (isContradicted) return contradiction(vendorName, answer, target);
		if (isNoSuchFlow(answer, target.identifiers.flowId)) {
			return understood(target, {
				outcome: 'notFound',
				evidence: 'confirmed',
				vendorResponse: body,
			});
		}
		return readRefusal(answer, target, wayOut) ?? notDocumented;
	}
	const isPlain = answer.status === 200 && body.success === true && !deniesSuccess(body);
	return isPlain && !namesAnother(body, fieldsOfId, target.identifiers.flowId)
		? understood(target, { ...done, vendorResponse: body })
		: contradiction(vendorName, answer, target);
}

const fieldsOfId = ['id', 'flow_id', 'flowId'];

/** Whatever else it says: a refusal that says this too is none. */
function claimsSuccess(body: Body): boolean {
	return body?.success === true || body?.success === 'true' || body?.success === 1;
}

/**
 * The documented refusals. They are told apart by their bodies: `code` "WA-401" stands for an
 * account that may not use the API as well as for a missing flow, and what HTTP status the latter
 * has is not documented; with a good status, or one by which nobody has dealt with the request, they
 * are none that is documented. That a flow is not there is none of them: see isNoSuchFlow.
 *
 * @param asked what was asked for, where it was a flow
 * @param wayOut what the user can do about a refusal that the vendor does not explain
 */
export function readRefusal(
	answer: Answer,
	asked?: FlowSelector,
	wayOut?: string,
): Reading<never> | undefined {
	const body = asRecord(parseJson(answer.body));
	if (claimsSuccess(body)) return undefined;
	if (readCode(body) === 'WA500') return readOutOfOrder(answer, asked);
	if (!mayBeRefusal(answer.status)) return undefined;
	switch (readCode(body)) {
		case 'RBC001':
			return { kind: 'badCredentials', message: badCredentials };
		case 'WA401': {
			const forAccount = typeof body?.error === 'string';
			return refused(body, asked, forAccount ? askSupport : wayOut);
		}
		case 'WA400':
			return refused(body, asked, wayOut);
		default:
			return undefined;
	}
}

/** By the others somebody speaks who has not dealt with the request, such as a gateway. */
function mayBeRefusal(status: number): boolean {
	return status >= 400 && status < 500 && ![407, 408, 421, 425, 429].includes(status);
}

/**
 * "Please try again later" is documented with the status 500, which the rules for all vendors know.
 * It is meant with any other as well.
 */
function readOutOfOrder(
	{ status }: Answer,
	asked: FlowSelector | undefined,
): Reading<never> | undefined {
	if (!mayBeRefusal(status) && status >= 400) return undefined;
	const flow = asked === undefined ? '' : '. Run it again, or look for the flow at Kaleyra';
	const message = `Kaleyra answered ${status} and asks to try again later${flow}`;
	return { kind: 'again', otherwise: notErased('unknown', 'vendorError', message) };
}

const badCredentials =
	'Kaleyra did not accept the SID and the API key. Check them, and the Region, in n8n under Credentials';

const askSupport = 'Ask Kaleyra support to enable WhatsApp API V2 for this account';

function refused(
	body: Body,
	asked: FlowSelector | undefined,
	wayOut: string | undefined,
): Reading<never> {
	const ids = asked === undefined ? [] : [asked.identifiers.flowId];
	const said = quoteVendor(readWords(body), ids).replace(/\.$/, '');
	const message = [`Kaleyra refused: ${said}`, wayOut].filter(Boolean).join('. ');
	return { kind: 'refused', why: notErased('refused', 'refusedByVendor', message, body) };
}

/** `error` is a text, or an object whose one field has any of several names. */
function readWords(body: Body): string {
	const inner = Object.values(asRecord(body?.error) ?? {});
	const words = [body?.error, ...inner, body?.message].find((text) => typeof text === 'string');
	return words ?? 'no details given';
}

/**
 * The documented answer for a flow that is not there, or belongs to another account. Its words
 * count, so that another complaint about a flow ID is not taken for it.
 */
export function isNoSuchFlow(answer: Answer, flowId?: string): boolean {
	const body = asRecord(parseJson(answer.body));
	if (body === undefined || !saysNoSuchFlow(answer) || claimsSuccess(body)) return false;
	const errors = Object.values(asRecord(body.error) ?? {});
	const words = body.message === undefined ? errors : [body.message, ...errors];
	const isPlain = words.every(saysMissing) && !deniesAbsence(body, ['code', 'message', 'error']);
	return isPlain && (flowId === undefined || !namesAnother(body, fieldsOfId, flowId));
}

/** Whatever else it says. */
function saysNoSuchFlow({ status, body: text }: Answer): boolean {
	const body = asRecord(parseJson(text));
	const isMissing = saysMissing(asRecord(body?.error)?.flow_id);
	return isMissing && mayBeRefusal(status) && readCode(body) === 'WA401';
}

function saysMissing(words: unknown): boolean {
	return typeof words === 'string' && /does not exist|does not belong/i.test(words);
}

/** The pages on flows write "WA-401", the page on messages writes "WA401". */
export function readCode(body: Body): string | undefined {
	return typeof body?.code === 'string' ? body.code.replace('-', '').toUpperCase() : undefined;
}

/**
 * 200 with the flow of that ID. Inferred: the sample is not published, so the flow may stand in the
 * body as at Meta, or in the `data` that Kaleyra's other answers have.
 */
export function readFlow(answer: Answer, flowId: string): IDataObject | undefined {
	if (answer.status !== 200) return undefined;
	const body = asRecord(parseJson(answer.body));
	const candidates = [body, asRecord(body?.data)];
	const flow = candidates.find((candidate) => isSameIdentifier(candidate?.id, flowId));
	return flow as IDataObject | undefined;
}

function isFlow(value: unknown): boolean {
	const { id } = asRecord(value) ?? {};
	return typeof id === 'string' || typeof id === 'number';
}

/** The flow's status, or undefined where it is none that is known. */
export function readStatus({ status }: IDataObject): FlowStatus | undefined {
	const text = typeof status === 'string' ? status.toUpperCase() : undefined;
	return flowStatuses.find((known) => known === text);
}

/** Inferred from Meta's API, the sample is not published: `{"data":[…],"paging":{…}}`. */
export function readPage(answer: Answer): FlowPage | undefined {
	if (answer.status !== 200) return undefined;
	const body = asRecord(parseJson(answer.body));
	if (!Array.isArray(body?.data) || !body.data.every(isFlow)) return undefined;
	const { cursors, next } = asRecord(body.paging) ?? {};
	const flows = body.data as IDataObject[];
	// Meta gives `after` on the last page too, and `next` on all others alone.
	if (next === undefined || next === null) return { flows, cursor: undefined };
	const after = asRecord(cursors)?.after;
	return typeof after === 'string' && after !== '' ? { flows, cursor: after } : undefined;
}
