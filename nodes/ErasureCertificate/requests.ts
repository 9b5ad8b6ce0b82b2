import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { NotIssued, type GivenReceipt } from '../../erasure/certificate/records';
import { complaintAboutReference } from '../../erasure/certificate/reference';
import { readObject } from '../../erasure/receiptFields';
import { receiptsIn } from '../../erasure/receiptPlaces';
import { readReceipt } from '../../erasure/receiptReader';
import { ItemFields } from '../shared/parameters/itemParameters';
import { reference } from './fields';

/** The receipts of one request, and the item that they begin with. */
export interface Request {
	readonly reference: string;
	readonly itemIndex: number;
	readonly given: GivenReceipt[];
}

/**
 * The receipts of all items, by request.
 *
 * @throws NotIssued for what is not a receipt, and for receipts of two requests unless they are kept apart
 */
export function readRequests(context: IExecuteFunctions, keptApart: boolean): Request[] {
	const items = context.getInputData();
	const readReference = referenceReader(context);
	const requests = new Map<string, Request>();
	const saidOf = new Map<string, Map<string, Said>>();
	for (const [itemIndex, { json }] of items.entries()) {
		const text = readReference.of(itemIndex);
		const said = saidOf.get(text) ?? new Map<string, Said>();
		saidOf.set(text, said);
		const receipts = receiptsIn(json);
		checkOneRequest(json, receipts, itemIndex, said);
		const request = requests.get(text) ?? { reference: text, itemIndex, given: [] };
		requests.set(text, request);
		const [first] = requests.values();
		if (first !== undefined && first !== request && !keptApart) {
			throw new NotIssued(
				`The receipts in item ${first.itemIndex} and in item ${itemIndex} are of two requests, ${first.reference} and ${text}. Switch on the option Certificate for Each Request, or give the receipts of one`,
				itemIndex,
			);
		}
		for (const given of readItem(receipts, itemIndex)) request.given.push(given);
	}
	return [...requests.values()];
}

function readItem(receipts: readonly unknown[], itemIndex: number): GivenReceipt[] {
	return receipts.map((value, position) => {
		const place = placeOf(position, receipts.length, itemIndex);
		const check = readReceipt(value);
		if (check.valid) return { receipt: check.receipt, place, itemIndex };
		throw new NotIssued(
			`The receipt ${place} ${check.problem}. Give receipts as the vendors' nodes gave them`,
			itemIndex,
		);
	});
}

/** An expression that may give something else for each item. */
const byItem = /^=[^]*(?:\$json|\$itemIndex|\$binary|\$input\b|\.item\b|itemMatching|\$position)/;

/** An expression takes n8n 0.35 ms for each item, so one that cannot vary is read once. */
function referenceReader(context: IExecuteFunctions): { of(itemIndex: number): string } {
	const raw = context.getNodeParameter(reference.name, 0, '', { rawExpressions: true }) as unknown;
	const varies = typeof raw === 'string' && byItem.test(raw);
	const fields = new ItemFields(context);
	const checked = new Set<unknown>();
	const read = (itemIndex: number): string => {
		const value =
			fields.read(reference.name, itemIndex) ??
			(context.getNodeParameter(reference.name, itemIndex, '') as unknown);
		const text = typeof value === 'number' ? String(value) : value;
		if (checked.has(text)) return text as string;
		const complaint =
			typeof text === 'string' ? complaintAboutReference(text.trim()) : 'is not text';
		if (complaint !== undefined) {
			throw new NotIssued(
				`Reference in item ${itemIndex} ${complaint}. Give your number for the request, such as DSR-2026-0017`,
				itemIndex,
			);
		}
		checked.add(text);
		return (text as string).trim();
	};
	const once = varies ? undefined : read(0);
	return { of: (itemIndex) => once ?? read(itemIndex) };
}

function placeOf(position: number, count: number, itemIndex: number): string {
	return count === 1 ? `in item ${itemIndex}` : `at position ${position + 1} in item ${itemIndex}`;
}

/** Under which names, in lower case, a stored receipt says to which request it belongs. */
const requestFields: ReadonlySet<string> = new Set([
	'request',
	'requestid',
	'request_id',
	'requestkey',
	'reference',
]);

/** What a field says of the request, and where it was read first. */
interface Said {
	readonly value: unknown;
	readonly place: string;
	/** Whether an expression can read it from the item. */
	readonly isOfItem: boolean;
}

/** One certificate is made of them: what the receipts themselves say must not contradict that. */
function checkOneRequest(
	json: IDataObject,
	receipts: readonly unknown[],
	itemIndex: number,
	said: Map<string, Said>,
): void {
	hold(json, { place: `in item ${itemIndex}`, isOfItem: true }, itemIndex, said);
	for (const [position, receipt] of receipts.entries()) {
		if (receipt === json) continue;
		const place = placeOf(position, receipts.length, itemIndex);
		hold(readObject(receipt) ?? {}, { place, isOfItem: false }, itemIndex, said);
	}
}

/** @param where the fields stand @throws NotIssued if they say another request than those before */
function hold(
	fields: Readonly<Record<string, unknown>>,
	where: Omit<Said, 'value'>,
	itemIndex: number,
	said: Map<string, Said>,
): void {
	for (const [field, value] of Object.entries(fields)) {
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		const name = field.toLowerCase();
		if (value === '' || !requestFields.has(name)) continue;
		const before = said.get(name);
		if (before === undefined) said.set(name, { value, ...where });
		else if (String(before.value) !== String(value)) {
			const apart =
				before.isOfItem && where.isOfItem
					? `Set Reference to {{ $json.${field} }} and switch on the option Certificate for Each Request, or give`
					: 'Give';
			throw new NotIssued(
				`The receipts ${before.place} and ${where.place} are of two requests: their field "${field}" differs. ${apart} the receipts of one`,
				itemIndex,
			);
		}
	}
}
