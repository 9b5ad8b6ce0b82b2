import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { isMissing, readObject } from '../../../erasure/receiptFields';
import { openItem, type OpenedItem } from '../../../erasure/receiptPlaces';
import { readReceipt, type ReadReceipt } from '../../../erasure/receiptReader';
import { isWorthALook } from '../../../erasure/receiptRecheck';
import { writeReceipt } from '../../../erasure/receiptWriter';
import { messageOf } from '../parameters/messageOf';
import { errorOutputItem } from '../receipts/receiptItems';

/** A receipt of this vendor that a look may change, or whose seal can be checked: before and after. */
export interface GivenReceipt {
	/** Where it stands in its item. */
	readonly position: number;
	/** Whether a look can change what is known of it. */
	readonly isOpen: boolean;
	readonly before: ReadReceipt;
	after: ReadReceipt;
	/** Why there was no look, where there was none. */
	why?: string;
}

/** One item on its way through the operation. */
export interface GivenItem {
	readonly opened: OpenedItem;
	/** How many receipts it holds. */
	readonly count: number;
	readonly own: readonly GivenReceipt[];
	/** Why it is turned down, if it is. */
	readonly problem?: string;
}

/**
 * Reads what the items hold. Receipts of other vendors are not looked into.
 *
 * @param passesOthers whether what is not a receipt goes on as it came
 * @throws NodeOperationError for the first that does not, under On Error = Stop: nothing is sent then
 */
export function readItems(
	context: IExecuteFunctions,
	vendor: string,
	passesOthers: boolean,
): GivenItem[] {
	return context.getInputData().map(({ json }, itemIndex) => {
		const opened = openItem(json);
		const count = opened.receipts.length;
		const own: GivenReceipt[] = [];
		for (const [position, value] of opened.receipts.entries()) {
			if (isOfAnother(value, vendor)) continue;
			const check = readReceipt(value);
			if (check.valid) {
				const { receipt } = check;
				const isOpen = isWorthALook(receipt);
				const isSealed = receipt.seal !== undefined && receipt.outcome !== 'preview';
				if (isOpen || isSealed) {
					own.push({ position, isOpen, before: receipt, after: receipt });
				}
				continue;
			}
			if (passesOthers) continue;
			const what =
				count === 1
					? `Item ${itemIndex}`
					: `The receipt at position ${position + 1} in item ${itemIndex}`;
			const problem = `${what} ${check.problem}. Give receipts as the nodes gave them, or set If Not a Receipt to Pass Through`;
			if (context.continueOnFail()) return { opened, count, own: [], problem };
			throw new NodeOperationError(context.getNode(), problem, {
				itemIndex,
				description: 'Nothing was sent.',
			});
		}
		return { opened, count, own };
	});
}

function isOfAnother(value: unknown, vendor: string): boolean {
	const fields = readObject(value);
	if (fields === undefined || isMissing(fields.outcome)) return false;
	return typeof fields.vendor === 'string' && fields.vendor !== '' && fields.vendor !== vendor;
}

/** The items again, in order, with what has changed in them. */
export function toItems(
	context: IExecuteFunctions,
	items: readonly GivenItem[],
): INodeExecutionData[] {
	const given = context.getInputData();
	return items.map(({ opened, own, problem }, item) => {
		const came = { ...given[item], pairedItem: { item } } as INodeExecutionData;
		if (problem !== undefined) return turnedDown(context, came, problem, item);
		const touched = own.filter(({ before, after }) => after !== before);
		if (touched.length === 0) return came;
		const receipts = [...opened.receipts];
		for (const { position, before, after } of touched) {
			receipts[position] = writeReceipt(receipts[position], before, after);
		}
		return { ...came, json: opened.with(receipts) as IDataObject };
	});
}

/**
 * All items, each with why none of them was looked into: n8n would pass them on as if nothing had
 * happened.
 *
 * @throws NodeOperationError under On Error = Stop
 */
export function turnAllDown(context: IExecuteFunctions, why: unknown): INodeExecutionData[] {
	if (!context.continueOnFail()) {
		throw new NodeOperationError(context.getNode(), why as Error, {
			description: 'Nothing was sent.',
		});
	}
	const problem = messageOf(why);
	const items = context.getInputData();
	return items.map((item, index) =>
		turnedDown(context, { ...item, pairedItem: { item: index } }, problem, index),
	);
}

function turnedDown(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	problem: string,
	itemIndex: number,
): INodeExecutionData {
	if (context.getNode().onError === 'continueErrorOutput') {
		const error = new NodeOperationError(context.getNode(), problem, { itemIndex });
		return errorOutputItem(item.json, error, itemIndex);
	}
	return { ...item, json: { ...item.json, error: problem } };
}
