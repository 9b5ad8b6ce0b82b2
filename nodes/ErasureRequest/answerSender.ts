import {
	NodeOperationError,
	UserError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { isMissing } from '../../erasure/receiptFields';
import {
	answerCancel,
	answerRequest,
	answerStatus,
	type Answer,
	type StoredRequest,
} from '../../erasure/requests/answer';
import type { RequestProtocol } from '../../erasure/requests/intake';
import { statusUrlOf } from '../../erasure/requests/requestMarks';
import {
	isRequestState,
	requestStates,
	type RequestState,
} from '../../erasure/requests/requestState';
import type { Operation } from '../shared/operations/operations';
import { isTool } from '../shared/parameters/deletionMode';
import { messageOf } from '../shared/parameters/messageOf';
import { UnusableValue } from '../shared/parameters/unusableValue';
import { openIntake } from '../shared/requests/protocols';
import { request, storedBodyHash, storedState } from './fields';
import { readRequest } from './readRequest';

export const answerSender: Operation = {
	name: 'Answer',
	action: 'Answer a request',
	subtitle: 'answer the sender',
	description: 'Answer the call that started this execution, by what is stored of the request',
	fields: [request, storedState, storedBodyHash],
	execute,
};

/** Answers by the first item, because a call has one answer, and hands all items on as they are. */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	try {
		const { status, body } = await answerOf(context);
		await context.sendResponse({
			statusCode: status,
			headers: { 'content-type': 'application/json' },
			body: Buffer.from(JSON.stringify(body)),
		});
	} catch (error) {
		const message = error instanceof UnusableValue ? error.inItem(0) : messageOf(error);
		const nodeError = new NodeOperationError(context.getNode(), message, { itemIndex: 0 });
		if (!context.continueOnFail()) throw nodeError;
		// Of what a node throws, n8n would make its input again, as if the sender had its answer.
		const failed = items.map((_, item) => ({
			json: { error: message },
			error: nodeError,
			pairedItem: { item },
		}));
		return [failed];
	}
	return [items.map((item, index) => ({ ...item, pairedItem: { item: index } }))];
}

async function answerOf(context: IExecuteFunctions): Promise<Answer> {
	if (isTool(context.getNode())) throw noCall;
	const protocol = context.getNodeParameter('protocol', 0) as RequestProtocol;
	const { intake } = await openIntake(context, protocol);
	const call = readRequest(context.getNodeParameter(request.name, 0), protocol);
	const state = readState(context.getNodeParameter(storedState.name, 0, ''));
	switch (call.event) {
		case 'statusAsked':
			return answerStatus(state);
		case 'cancelAsked':
			return answerCancel(state);
		case 'requested': {
			const hash = context.getNodeParameter(storedBodyHash.name, 0, '') as unknown;
			const statusUrl = statusUrlOf(call.webhookUrl, call.requestKey, intake.keys[0]);
			return answerRequest(call, readStored(state, hash), statusUrl);
		}
	}
}

const noCall = new UserError(
	"As an AI agent's tool this operation has no call to answer. Put the node into the workflow that starts with Erasure Request Trigger",
);

function readState(value: unknown): RequestState | undefined {
	if (isMissing(value)) return undefined;
	if (isRequestState(value)) return value;
	throw new UnusableValue(
		storedState.displayName,
		'is not a state of a request',
		`Give one of ${requestStates.join(', ')}, or nothing for a request that is new`,
	);
}

/** Without the hash that was stored, another request under this ID would pass for a repeat. */
function readStored(state: RequestState | undefined, hash: unknown): StoredRequest | undefined {
	if (state === undefined && isMissing(hash)) return undefined;
	if (state !== undefined && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)) {
		return { state, bodyHash: hash };
	}
	throw new UnusableValue(
		storedBodyHash.displayName,
		'and Stored State do not go together',
		'Give the bodyHash and the state that were stored with the request, or leave both empty for one that is new',
	);
}
