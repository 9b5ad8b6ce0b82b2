import type { IDataObject } from 'n8n-workflow';

import { contradiction, deniesSuccess } from '../../erasure/contradiction';
import {
	notDocumented,
	told,
	understood,
	type Reading,
	type Sighting,
} from '../../erasure/reading';
import { notErased } from '../../erasure/outcome';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import { readBearerAccount } from '../shared/sending/bearerKey';
import { defaultTimeoutMs } from '../shared/sending/timeouts';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type SendingContext,
} from '../shared/sending/send';
import { isNotThere } from './notThere';

/**
 * The HappyRobot API, version 1. The only file that knows its paths, and with notThere.ts its
 * bodies. Facts without a page of their own are from
 * https://docs.happyrobot.ai/api-reference/calls/delete-a-note-from-a-call; "inferred" marks what
 * no page states.
 */
export const vendorName = 'HappyRobot';

export const credentialName = 'happyRobotApi';

export type CallTarget = Target<'callId'>;

/** A note is named by its call's ID and its own. */
export type NoteTarget = Target<'callId' | 'noteId'>;

/** "Required string length: 24". */
export const callIdLength = 24;

/** HappyRobot documents no largest page. */
export const pageSize = 100;

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openHappyRobot(
	context: SendingContext,
	timeout = defaultTimeoutMs,
): Promise<HappyRobotApi> {
	const key = await readKey(context, credentialName);
	return new HappyRobotApi(context, key, readBearerAccount(key.data, vendorName).address, timeout);
}

export class HappyRobotApi {
	constructor(
		private readonly context: Sender,
		private readonly key: KeyCredential,
		readonly address: string,
		private readonly timeout: number,
	) {}

	/** `DELETE /calls/{id}/notes/{noteId}` */
	async deleteNote(callId: string, noteId: string): Promise<Reply> {
		const path = `/calls/${encodeURIComponent(callId)}/notes/${encodeURIComponent(noteId)}`;
		return await this.request('DELETE', path);
	}

	/** `DELETE /calls/{id}`: inferred; the vendor's menu names "Delete a call" and no page shows it. */
	async deleteCall(callId: string): Promise<Reply> {
		return await this.request('DELETE', `/calls/${encodeURIComponent(callId)}`);
	}

	/** `GET /calls/{id}`: inferred; the vendor's menu names "Get Call" and no page shows it. */
	async getCall(callId: string): Promise<Reply> {
		return await this.request('GET', `/calls/${encodeURIComponent(callId)}`);
	}

	/** `GET /calls`: https://docs.happyrobot.ai/api-reference/calls/list-calls. */
	async listCalls(query: Readonly<Record<string, string | number>>): Promise<Reply> {
		// In the address and not in `qs`, which leaves some characters as they are.
		const parameters = Object.entries(query).map(
			([name, value]) => `${name}=${encodeURIComponent(value)}`,
		);
		return await this.request('GET', `/calls?${parameters.join('&')}`);
	}

	private async request(method: 'DELETE' | 'GET', path: string): Promise<Reply> {
		const url = `${this.address}${path}`;
		return await send(this.context, this.key, { method, url }, this.timeout);
	}
}

/**
 * 200 with the whole call and the notes that remain. If the reply lists the notes, it is itself the
 * look afterwards. `notes` is optional: a documented reply without it is the vendor's word that the
 * request was carried out, and shows nothing.
 */
export function readNoteDeletion(answer: Answer, target: NoteTarget): Reading {
	if (isNotThere(answer, 'note', Object.values(target.identifiers))) {
		const vendorResponse = parseJson(answer.body);
		return understood(target, { outcome: 'notFound', evidence: 'confirmed', vendorResponse });
	}
	const call = readBody(answer, target.identifiers.callId);
	const notes = call && hasRequiredFields(call) ? readNotes(call) : undefined;
	if (call === undefined || notes === undefined) return notDocumented;
	if (answer.status !== 200 || deniesSuccess(call, fieldsOfCalls)) {
		return contradiction(vendorName, answer, target);
	}
	if (notes === 'absent') {
		return understood(target, {
			outcome: 'deleted',
			evidence: 'confirmed',
			vendorResponse: call,
		});
	}
	return understood(
		target,
		isAmong(notes, target)
			? notErased(
					'unknown',
					'stillThere',
					'HappyRobot took the request, but its reply still lists the note. To look once more, add the Recheck option',
					call,
				)
			: { outcome: 'deleted', evidence: 'rechecked', vendorResponse: call },
	);
}

/** What these say is said of the call: its `status` is documented, the others may well come. */
const fieldsOfCalls = ['status', 'title', 'description', 'reason', 'details'];

/**
 * No page says what deleting a call answers, so a good status settles nothing by itself: the look
 * afterwards does, which every run of this operation makes unless it is cancelled.
 */
export function readCallDeletion(answer: Answer, target: CallTarget): Reading {
	const vendorResponse = parseJson(answer.body) ?? answer.body;
	if (isNotThere(answer, 'call', Object.values(target.identifiers))) {
		return understood(target, { outcome: 'notFound', evidence: 'confirmed', vendorResponse });
	}
	if (answer.status < 200 || answer.status > 299) return notDocumented;
	const message = `HappyRobot answered ${answer.status}. It does not document what that means for a call, and no look has told. Look for the call at HappyRobot`;
	return understood(target, notErased('unknown', 'notUnderstood', message, vendorResponse));
}

/** Whether the note is among its call's notes. A reply without `notes` does not tell. */
export function readNoteSighting(
	answer: Answer,
	target: NoteTarget,
): Reading<Sighting> | undefined {
	if (isNotThere(answer, 'note', Object.values(target.identifiers))) return told({ found: false });
	const call = readCall(answer, target.identifiers.callId);
	const notes = call && readNotes(call);
	if (notes === undefined) return undefined;
	if (notes === 'absent') return told(untold);
	return told(isAmong(notes, target) ? { found: true, wouldBe: 'deleted' } : { found: false });
}

const untold: Sighting = {
	found: null,
	wouldBe: 'notFound',
	note: 'HappyRobot has the call, but its reply does not list any notes',
};

export function readCallSighting(
	answer: Answer,
	target: CallTarget,
): Reading<Sighting> | undefined {
	if (isNotThere(answer, 'call', Object.values(target.identifiers))) return told({ found: false });
	const call = readCall(answer, target.identifiers.callId);
	return call && told({ found: true, wouldBe: 'deleted' });
}

/** 200 with the call of that ID: for Get Call inferred from the other operations on a call. */
export function readCall(answer: Answer, callId: string): IDataObject | undefined {
	const call = answer.status === 200 ? readBody(answer, callId) : undefined;
	return call === undefined || deniesSuccess(call, fieldsOfCalls) ? undefined : call;
}

/** The body where it is the call of that ID. */
function readBody({ body }: Answer, callId: string): IDataObject | undefined {
	const call = asRecord(parseJson(body)) as IDataObject | undefined;
	return isSameId(call?.id, callId) ? call : undefined;
}

/** `{"calls": […], "count", "currentPage"}`; only `calls` is relied on. */
export function readPage(answer: Answer): readonly IDataObject[] | undefined {
	if (answer.status !== 200) return undefined;
	const calls = asRecord(parseJson(answer.body))?.calls;
	if (!Array.isArray(calls)) return undefined;
	const hasId = (call: unknown) => typeof asRecord(call)?.id === 'string';
	return calls.every(hasId) ? (calls as IDataObject[]) : undefined;
}

const requiredFields = [
	'id',
	'organization_id',
	'type',
	'status',
	'provider',
	'metadata',
	'use_case',
	'agent',
	'language',
	'created',
	'viewed_by',
] as const;

function hasRequiredFields(call: IDataObject): boolean {
	return requiredFields.every((field) => field in call);
}

/** The IDs of the call's notes; undefined where `notes` is not as documented. */
function readNotes(call: IDataObject): readonly string[] | 'absent' | undefined {
	const { notes } = call;
	if (notes === undefined || notes === null) return 'absent';
	if (!Array.isArray(notes)) return undefined;
	const ids = notes.map((note) => asRecord(note)?.id);
	return ids.every((id) => typeof id === 'string') ? ids : undefined;
}

function isAmong(notes: readonly string[], { identifiers }: NoteTarget): boolean {
	return notes.some((id) => isSameId(id, identifiers.noteId));
}

/** IDs look like hexadecimal digits, so the vendor may answer them in other letter case. */
function isSameId(answered: unknown, asked: string): boolean {
	return typeof answered === 'string' && answered.toLowerCase() === asked.toLowerCase();
}
