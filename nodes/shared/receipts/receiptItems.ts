import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { isSuccess } from '../../../erasure/outcome';
import { makeReceipt, type Receipt } from '../../../erasure/receipt';
import { sealed } from '../../../erasure/receiptSeal';
import type { ClosedRecord, FinishedRun } from './finishedRun';
import { describeNotErased } from './notErased';
import { onErrorHides } from './onError';
import { isTool } from '../parameters/deletionMode';
import { secretsOf, type Secrets } from '../secrets/secrets';
import { hintFor } from './summary';
import { summarise, type Tally } from './tally';

/** How the node ends. */
export type Conclusion = (
	| { readonly kind: 'return'; readonly output: INodeExecutionData[][] }
	| { readonly kind: 'throw'; readonly error: NodeOperationError }
) & {
	/** n8n starts the node again, provided that tries are left. */
	readonly isTriedAgain: boolean;
	/** What the editor shows above the output. */
	readonly summary: string;
};

/** A record with its receipt. */
interface Receipted {
	readonly record: ClosedRecord;
	readonly receipt: Receipt;
	readonly success: boolean;
}

/** Turns a finished run into what n8n expects under the node's On Error and Retry On Fail settings. */
export function concludeDeletion(context: IExecuteFunctions, finished: FinishedRun): Conclusion {
	const secrets = secretsOf(context);
	const receipted = finished.records.map((record) => toReceipt(record, finished, secrets));
	const tally = summarise(receipted);
	const hint = hintFor(finished, tally);
	context.addExecutionHints(hint, ...hintsAboutOnError(context));
	const summary = hint.message;

	if (tally.notErased > 0 && mustThrow(context, finished)) {
		const error = toError(context, finished, receipted, tally);
		return { kind: 'throw', error, isTriedAgain: true, summary };
	}
	const items = receipted.map((entry) => toItem(context, entry));
	// Under Retry On Fail n8n also starts a node again whose first item has an `error`.
	const isTriedAgain = items[0]?.json.error !== undefined;
	return { kind: 'return', output: [items], isTriedAgain, summary };
}

/** After a run that Stop let pass; the next may be one of whose receipts nothing is seen. */
function hintsAboutOnError(context: IExecuteFunctions): NodeExecutionHint[] {
	if (context.continueOnFail() || isTool(context.getNode())) return [];
	return [{ location: 'outputPane', type: 'warning', message: onErrorHides }];
}

/**
 * Under Stop, an outcome that is not a success ends the workflow. Under the other settings n8n only
 * retries for a thrown error, so one is thrown as long as a retry is to come that can change
 * something; never in the last try, where the receipts have to come out.
 */
function mustThrow(context: IExecuteFunctions, finished: FinishedRun): boolean {
	if (!context.continueOnFail()) return true;
	return finished.hasTriesLeft && finished.records.some(({ settlement }) => !settlement.final);
}

function toReceipt(record: ClosedRecord, finished: FinishedRun, secrets: Secrets): Receipted {
	const { deletion, settings, plan, sealer, references } = finished;
	const made = makeReceipt(record.shown, record.settlement, {
		vendor: deletion.vendor,
		resource: deletion.resource,
		plan,
		account: sealer?.account,
		duplicate: record.duplicate,
		itemReference: references?.get(record.itemIndex),
		includeVendorResponse: settings?.includeVendorResponse ?? false,
	});
	// Sealed as it leaves: what is taken out of a target is not what a recheck would read.
	const receipt = sealed(withoutSecrets(made, secrets), sealer);
	return {
		record,
		receipt,
		success: isSuccess(receipt.outcome, settings?.notFoundIsSuccess ?? true),
	};
}

/** What the vendor said, or may have, and what came from the item: all that is not only words of ours. */
function withoutSecrets(receipt: Receipt, secrets: Secrets): Receipt {
	const { target, reason, preview, itemReference, vendorResponse } = receipt;
	const identifiers = Object.entries(target).map(
		([name, identifier]) => [name, secrets.outOfIdentifier(identifier)] as const,
	);
	// Field by field: the order is what the editor shows.
	receipt.target = Object.fromEntries(identifiers);
	if (reason !== undefined) {
		receipt.reason = { ...reason, message: secrets.outOf(reason.message) };
	}
	if (preview?.note !== undefined) {
		receipt.preview = { ...preview, note: secrets.outOf(preview.note) };
	}
	if (itemReference !== undefined) receipt.itemReference = secrets.outOf(itemReference);
	if (vendorResponse !== undefined) receipt.vendorResponse = secrets.outOfValue(vendorResponse);
	return receipt;
}

function toError(
	context: IExecuteFunctions,
	finished: FinishedRun,
	receipted: readonly Receipted[],
	tally: Tally,
): NodeOperationError {
	const { message, description } =
		finished.notStarted === undefined
			? describeNotErased(finished, tally)
			: {
					message: secretsOf(context).outOf(finished.notStarted),
					description: 'Nothing was sent.',
				};
	const error = new NodeOperationError(context.getNode(), message, { description });
	error.context.receipts = receipted.map(({ receipt }) => receipt);
	return error;
}

function toItem(
	context: IExecuteFunctions,
	{ record, receipt, success }: Receipted,
): INodeExecutionData {
	const { itemIndex } = record;
	const json = receipt as unknown as IDataObject;
	if (success) return { json, pairedItem: { item: itemIndex } };
	const message =
		receipt.reason?.message ??
		'The vendor has no such record. Check the ID, or set If Not Found to Succeed';
	if (context.getNode().onError === 'continueErrorOutput') {
		const error = new NodeOperationError(context.getNode(), message, { itemIndex });
		return errorOutputItem(json, error, itemIndex);
	}
	return { json: { ...json, error: message }, pairedItem: { item: itemIndex } };
}

/**
 * An item that leaves through the error output with its receipt whole. n8n chooses that output by
 * `error`, and then does two things to such an item that would destroy the receipt: it merges the
 * input item's fields into the json if the pairing is an object (so the pairing is a number,
 * which means the same), and it replaces the json by `{error: message}`. That replacement is met by
 * a setter, which keeps the receipt and takes the `error` off: it has done its work by then, and
 * would make n8n replace the json again after every node that passes the item on. All of this was
 * read in n8n-core 1.122 and 2.41 (handleNodeErrorOutput and normalizeNodeErrors in
 * workflow-execute), and the engine tests hold it on both.
 */
export function errorOutputItem(
	receipt: IDataObject,
	error: NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const item: Partial<INodeExecutionData> = { error, pairedItem: itemIndex };
	const plain = { enumerable: true, configurable: true, writable: true, value: receipt };
	return Object.defineProperty(item, 'json', {
		enumerable: true,
		configurable: true,
		get: () => receipt,
		set: () => {
			delete item.error;
			Object.defineProperty(item, 'json', plain);
		},
	}) as INodeExecutionData;
}
