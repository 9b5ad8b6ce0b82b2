import type { IDataObject } from 'n8n-workflow';

import { deniesAbsence, deniesSuccess, namesAnother } from '../../../erasure/contradiction';
import { quoteVendor } from '../../../erasure/mask';
import { notErased, type Verdict } from '../../../erasure/outcome';
import type { Reading } from '../../../erasure/reading';
import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import { isSameIdentifier } from '../../../erasure/sameIdentifier';
import type { Target } from '../../../erasure/target';
import type { Told } from '../../shared/vendor/deleteOperation';

/** 200 `{"success":true}`, or one of the documented refusals. */
export function readDeletion(answer: Answer, target: Flow): Told {
	return readChange(
		answer,
		target,
		{ outcome: 'deleted', evidence: 'confirmed' },
		"Kaleyra deletes drafts only: if this flow is published, set If Published to Deprecate Instead in the node's options, or use the operation Deprecate",
	);
}

/** Inferred: the answers are not published; taken to be those of a deletion. */
export function readDeprecation(answer: Answer, target: Flow): Told {
	return readChange(
		answer,
		target,
		{ outcome: 'deprecated', evidence: 'confirmed' },
		'Kaleyra deprecates published flows only: if this one is a draft, use the operation Delete',
	);
}

type Body = Readonly<Record<string, unknown>> | undefined;

type Flow = Target<'flowId'>;

function readChange(answer: Answer, target: Flow, done: Verdict, wayOut: string): Told {
	const { flowId } = target.identifiers;
	const body = asRecord(parseJson(answer.body));
	if (body === undefined || !claimsSuccess(body)) {
		if (saysNoSuchFlow(answer) && !isNoSuchFlow(answer, flowId)) return 'contradictory';
		return isNoSuchFlow(answer, flowId) ? 'notFound' : readRefusal(answer, target, wayOut);
	}
	const isPlain = answer.status === 200 && body.success === true && !deniesSuccess(body);
	return isPlain && !namesAnother(body, fieldsOfId, flowId)
		? { ...done, vendorResponse: body }
		: 'contradictory';
}

const fieldsOfId = ['id', 'flow_id', 'flowId'];

/** Whatever else it says: a refusal that says this too is not a refusal. */
function claimsSuccess(body: Body): boolean {
	return body?.success === true || body?.success === 'true' || body?.success === 1;
}

/**
 * The documented refusals. They are told apart by their bodies: `code` "WA-401" stands for an
 * account that may not use the API as well as for a missing flow, and what HTTP status the latter
 * has is not documented; with a good status, or one by which nobody has dealt with the request, they
 * are none that is documented. That a flow is not there is not one of them: see isNoSuchFlow.
 *
 * @param asked what was asked for, where it was a flow
 * @param wayOut what the user can do about a refusal that the vendor does not explain
 */
export function readRefusal(
	answer: Answer,
	asked?: Flow,
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

/** The others come from something that has not dealt with the request, such as a gateway. */
function mayBeRefusal(status: number): boolean {
	return status >= 400 && status < 500 && ![407, 408, 421, 425, 429].includes(status);
}

/**
 * "Please try again later" is documented with the status 500, which the rules for all vendors know.
 * It is meant with any other as well.
 */
function readOutOfOrder({ status }: Answer, asked: Flow | undefined): Reading<never> | undefined {
	if (!mayBeRefusal(status) && status >= 400) return undefined;
	const flow = asked === undefined ? '' : '. Run it again, or look for the flow at Kaleyra';
	const message = `Kaleyra answered ${status} and asks to try again later${flow}`;
	return { kind: 'again', otherwise: notErased('unknown', 'vendorError', message) };
}

const badCredentials =
	'Kaleyra did not accept the SID and the API key. Check them, and the Region, in n8n under Credentials';

const askSupport = 'Ask Kaleyra support to enable WhatsApp API V2 for this account';

function refused(body: Body, asked: Flow | undefined, wayOut: string | undefined): Reading<never> {
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

/** A flow with the fields that Kaleyra gives unless others are asked for; their forms are inferred. */
export const exampleFlow = {
	id: '1120000000000207',
	name: 'Survey',
	status: 'DRAFT',
	categories: ['SURVEY'],
	validation_errors: [{ error: '', message: '' }],
};
