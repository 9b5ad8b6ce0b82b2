import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerRequest } from '../../erasure/requests/answer';
import type { Arrival } from '../../erasure/requests/arrival';
import { notAuthentic, type Intake, type RequestProtocol } from '../../erasure/requests/intake';
import { ownError } from '../../erasure/requests/ownWords';
import { statusUrlOf } from '../../erasure/requests/requestMarks';
import {
	takeRequest,
	takeStatusCall,
	type Refusal,
	type StatusCall,
	type TakenRequest,
} from '../../erasure/requests/takeRequest';
import { openIntake } from '../shared/requests/protocols';
import { readVendors } from './vendors';

/**
 * One call of the webhook: an execution starts for what is authentic and can be read, and for nothing
 * else. Nothing secret, and nothing that was not checked, is in what the execution gets.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const protocol = context.getNodeParameter('protocol') as RequestProtocol;
	const intake = await intakeOf(context, protocol);
	if (intake === undefined) return refuse(context, unauthorized);
	const event = statusEvents[context.getWebhookName()];
	return event === undefined
		? receiveRequest(context, intake)
		: receiveStatusCall(context, intake, event);
}

const unauthorized: Refusal = {
	status: notAuthentic.status,
	body: ownError(notAuthentic.status, notAuthentic.message),
};

/** Without a secret that can be used nothing is authentic. */
async function intakeOf(
	context: IWebhookFunctions,
	protocol: RequestProtocol,
): Promise<Intake | undefined> {
	try {
		return (await openIntake(context, protocol)).intake;
	} catch (error) {
		context.logger.error((error as Error).message);
		return undefined;
	}
}

/** What the webhooks with a request's own address are called for, by the names that the node gives them. */
const statusEvents: Readonly<Record<string, StatusCall['event']>> = {
	status: 'statusAsked',
	cancel: 'cancelAsked',
};

function receiveRequest(context: IWebhookFunctions, intake: Intake): IWebhookResponseData {
	const vendors = readVendors(context.getNodeParameter('vendors', ''));
	const result = takeRequest(arrivalOf(context), intake, vendors);
	if ('refusal' in result) return refuse(context, result.refusal);
	const { taken } = result;
	const webhookUrl = context.getNodeWebhookUrl('default') ?? '';
	const test = taken.test || context.getMode() === 'manual';
	const started = start(context, { ...taken, test, webhookUrl } as TakenRequest);
	if (context.getNodeParameter('answer') !== 'atOnce') {
		return hasAnswer(context) ? started : refuse(context, nobodyAnswers);
	}
	const statusUrl = statusUrlOf(webhookUrl, taken.requestKey, intake.keys[0]);
	const { body } = answerRequest(taken, undefined, statusUrl);
	return { ...started, webhookResponse: body };
}

function receiveStatusCall(
	context: IWebhookFunctions,
	intake: Intake,
	event: StatusCall['event'],
): IWebhookResponseData {
	const { request } = context.getQueryData() as { request?: unknown };
	// Given twice, a parameter is a list.
	const token = typeof request === 'string' ? request : '';
	const result = takeStatusCall(token, event, Date.now(), intake);
	if ('refusal' in result) return refuse(context, result.refusal);
	return hasAnswer(context) ? start(context, result.taken) : refuse(context, nobodyAnswers);
}

/** As much of what n8n hands over as is used here. */
interface Called {
	readonly rawHeaders: readonly string[];
	readonly rawBody?: unknown;
}

interface Response {
	status(code: number): { json(body: object): unknown };
}

function arrivalOf(context: IWebhookFunctions): Arrival {
	const { rawHeaders, rawBody } = context.getRequestObject() as Called;
	// Without it, as for a form with files, there is nothing that a signature could be of.
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	return { rawHeaders, body, at: Date.now() };
}

/** The sender would wait for ever: n8n holds the call until a node answers it. */
function hasAnswer(context: IWebhookFunctions): boolean {
	const after = context.getChildNodes(context.getNode().name);
	return after.some(({ type, disabled }) => type.endsWith('.erasureRequest') && disabled !== true);
}

const nobodyAnswers: Refusal = {
	status: 500,
	body: ownError(
		500,
		'The workflow here has no node that answers, so nothing was taken on. Its owner has to add Erasure Request with the operation Answer',
	),
};

function start(context: IWebhookFunctions, taken: TakenRequest | StatusCall) {
	const json = { ...taken } as object as IDataObject;
	return { workflowData: [context.helpers.returnJsonArray(json)] };
}

/** n8n starts no execution for what is answered like this. */
function refuse(context: IWebhookFunctions, { status, body }: Refusal): IWebhookResponseData {
	const response = context.getResponseObject() as Response;
	response.status(status).json(body);
	return { noWebhookResponse: true };
}
