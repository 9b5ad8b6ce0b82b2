import {
	NodeOperationError,
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { ask, type Question } from '../../../erasure/asking';
import { cancelledBeforeSending, type Ending } from '../../../erasure/ending';
import type { Reading } from '../../../erasure/reading';
import type { Answer, Reply } from '../../../erasure/reply';
import { paceOf } from '../sending/accountPace';
import { cancelSignalOf } from '../sending/cancelSignal';
import { messageOf } from '../parameters/messageOf';
import { clock } from '../sending/clock';
import type { SendingContext } from '../sending/send';
import { ItemParameters } from '../parameters/itemParameters';
import { secretsOf } from '../secrets/secrets';
import { UnusableValue } from '../parameters/unusableValue';

export const returnAllFields: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/**
 * The most results that an item asks for; infinite for Return All.
 *
 * @throws UnusableValue for what is not a number of results
 */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return Infinity;
	const limit = context.getNodeParameter('limit', itemIndex, 50) as unknown;
	if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) {
		throw new UnusableValue('Limit', 'must be a whole number of at least 1');
	}
	return limit;
}

/**
 * Runs an operation that changes nothing, item by item, under n8n's On Error settings. What an item
 * cannot be asked for leaves as that item, also where it is the same for all of them: of what a node
 * throws under Continue, n8n would make its input again, as if that was what it had found.
 *
 * @param open reads and checks the credentials, once for all items; throws with a message for the user
 * @param read what one item asks for; throws with a message for the user
 */
export async function executeReading<Opened>(
	context: IExecuteFunctions,
	open: () => Promise<Opened>,
	read: (opened: Opened, parameters: ItemParameters) => Promise<readonly IDataObject[]>,
): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	const secrets = secretsOf(context);
	const [opening] = await Promise.allSettled([open()]);
	if (opening.status === 'rejected' && !context.continueOnFail()) throw opening.reason;
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		const pairedItem = { item: itemIndex };
		try {
			if (opening.status === 'rejected') throw opening.reason;
			const results = await read(opening.value, new ItemParameters(context, itemIndex));
			for (const json of results) items.push({ json: secrets.outOfValue(json), pairedItem });
		} catch (error) {
			const message = secrets.outOf(describe(error, itemIndex));
			const nodeError = new NodeOperationError(context.getNode(), message, { itemIndex });
			if (!context.continueOnFail()) throw nodeError;
			items.push({ json: { error: message }, error: nodeError, pairedItem });
		}
	}
	return [items];
}

function describe(error: unknown, itemIndex: number): string {
	if (error instanceof UnusableValue) return error.inItem(itemIndex);
	return messageOf(error);
}

/**
 * Sends one request that changes nothing and waits for a good answer, with the same pauses and
 * repeats as deletions.
 *
 * @param read undefined if the answer is not as documented
 * @throws UserError with a sentence for the user if there is no good answer
 */
export async function fetchFrom<T>(
	context: IExecuteFunctions,
	vendorName: string,
	send: () => Promise<Reply>,
	read: (answer: Answer) => Reading<T> | undefined,
): Promise<T> {
	const signal = cancelSignalOf(context);
	const asked = await askOnce(context, signal, { vendorName, send, read });
	if (asked.kind === 'understood') return asked.content;
	throw new UserError(asked.why.reason.message);
}

/**
 * Asks one question at the pace of the account whose credential was read in this context.
 *
 * @returns what came of it: nothing soon after the signal aborts
 */
export async function askOnce<T>(
	context: SendingContext,
	signal: AbortSignal,
	question: Question<object, T>,
): Promise<Ending<T>> {
	const options = { maxConcurrency: 1, signal, clock, account: paceOf(context) };
	const answers = await ask<object, T>([context], question, options);
	return answers.get(context) ?? { kind: 'nothing', why: cancelledBeforeSending };
}
