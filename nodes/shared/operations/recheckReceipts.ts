import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { DeliveryOptions } from '../../../erasure/delivery';
import {
	inspect,
	notMentionedBy,
	type Inspected,
	type Inspection,
} from '../../../erasure/inspection';
import { afterLook, notRechecked, type LaterLook } from '../../../erasure/receiptRecheck';
import type { ReadReceipt } from '../../../erasure/receiptReader';
import { receiptSealer, type ReceiptSealer } from '../../../erasure/receiptSeal';
import { targetKey, type Target } from '../../../erasure/target';
import { Progress } from '../deletion/progress';
import { isTool } from '../parameters/deletionMode';
import {
	readRecheckSettings,
	recheckFields,
	type RecheckSettings,
} from '../parameters/recheckFields';
import { exampleReceipt } from '../receipts/exampleReceipt';
import { secretsOf } from '../secrets/secrets';
import { identityOf } from '../sending/accountIdentity';
import { paceOf } from '../sending/accountPace';
import { cancelSignalOf } from '../sending/cancelSignal';
import { messageOf } from '../parameters/messageOf';
import { clock } from '../sending/clock';
import type { Operation } from './operations';
import { readItems, toItems, turnAllDown, type GivenReceipt } from './receiptInput';
import { targetOf } from './recheckTarget';

/** What the editor shows of the operation. */
export interface RecheckInEditor extends Pick<RecheckDescription, 'vendor'> {
	/** A kind of record and what names one, for the form of an item. */
	readonly example: { readonly resource: string; readonly identifiers: readonly string[] };
}

/** How a vendor is asked for records that receipts are of. */
export interface RecheckDescription {
	/** The node's name, as receipts show it: `flyflow`. */
	readonly vendor: string;
	/** As a person writes it, for messages: "Flyflow". */
	readonly vendorName: string;
	/** What a receipt with another `account` is: how a sentence goes on. */
	readonly otherAccount?: string;
	/** Requests in flight that the vendor takes without trouble. */
	readonly maxConcurrency: number;
	/**
	 * Reads the credentials and checks them. Sends nothing.
	 *
	 * @param timeout milliseconds until a reply that has not come to its end counts as lost
	 * @throws UserError
	 */
	connect(context: IExecuteFunctions, timeout: number): Promise<RecheckConnection>;
}

/** A vendor's account, opened for one run. */
export interface RecheckConnection {
	/** The account's address, as receipts have it in their `account`. */
	readonly address: string;
	/** By `resource` as receipts have it; a kind that cannot be looked at is missing. */
	readonly looks: Readonly<Record<string, ReceiptLook>>;
}

export interface ReceiptLook {
	/** What a receipt's target has to hold for it. */
	readonly identifiers: readonly string[];
	readonly inspection: Inspection;
	/** Whether that the vendor took a deletion on shows that the record was there: true if left out. */
	readonly takenOnShows?: boolean;
}

/** Makes the operation that looks again at what receipts are of: docs/receipts.md, "Recheck". */
export function recheckOperation(description: RecheckDescription & RecheckInEditor): Operation {
	const fields = recheckFields(description.maxConcurrency);
	return recheckOperationFor({ ...description, fields }, () => description);
}

/**
 * The same where the node's fields say which vendor it is.
 *
 * @param describe reads them. Throws UserError where the vendor has no name: nobody could say then
 *   which receipts are its own
 */
export function recheckOperationFor(
	{ fields, vendor, example }: RecheckInEditor & Pick<Operation, 'fields'>,
	describe: (context: IExecuteFunctions) => RecheckDescription,
): Operation {
	const { resource, identifiers } = example;
	return {
		name: 'Recheck',
		action: 'Recheck receipts',
		subtitle: 'recheck receipts',
		description:
			'Look again at the records of receipts: whether they are gone by now. Changes nothing at the vendor.',
		fields,
		example: {
			...exampleReceipt({ vendor, resource }, identifiers),
			recheckedAt: '2026-11-30T10:00:00.000Z',
		},
		execute: async (context) => {
			let description: RecheckDescription;
			try {
				description = describe(context);
			} catch (error) {
				return [turnAllDown(context, error)];
			}
			return await executeRecheck(context, description);
		},
	};
}

async function executeRecheck(
	context: IExecuteFunctions,
	description: RecheckDescription,
): Promise<INodeExecutionData[][]> {
	const { vendor, vendorName, maxConcurrency } = description;
	const node = context.getNode();
	if (isTool(node)) {
		throw new NodeOperationError(
			node,
			"As an AI agent's tool this operation gets no receipts. Put the node behind the nodes that delete, or behind a table that holds their receipts",
		);
	}
	const settings = readSettings(context, maxConcurrency);
	const passesOthers = 'passesOthers' in settings && settings.passesOthers;
	const items = readItems(context, vendor, passesOthers);
	const own = items.flatMap(({ own: receipts }) => receipts);
	const open = own.filter(({ isOpen }) => isOpen);
	const progress = new Progress(context, vendorName, clock);
	if ('why' in settings) leaveAll(context, open, settings.why);
	else if (own.length > 0) await recheckAll(context, description, settings, own, progress);
	const concerned = own.filter(({ isOpen, why }) => isOpen || why !== undefined);
	const message = summaryOf(concerned, items);
	context.addExecutionHints({
		message,
		location: 'outputPane',
		type: concerned.some(({ why }) => why !== undefined) ? 'warning' : 'info',
	});
	progress.end(message);
	return [toItems(context, items)];
}

/**
 * What cannot be used stops the run under On Error = Stop. Under the other settings n8n would pass the
 * items on as if nothing had happened, so each receipt says it.
 */
function readSettings(
	context: IExecuteFunctions,
	maxConcurrency: number,
): RecheckSettings | { readonly why: string } {
	try {
		return readRecheckSettings(context, maxConcurrency);
	} catch (error) {
		if (context.continueOnFail()) return { why: messageOf(error) };
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: 'Nothing was sent.',
		});
	}
}

function leaveAll(context: IExecuteFunctions, open: readonly GivenReceipt[], why: string): void {
	for (const given of open) leave(context, given, why);
}

/** A look that was not made leaves the receipt as it is, whatever the node's settings are. */
function leave(context: IExecuteFunctions, given: GivenReceipt, why: string): void {
	given.why = secretsOf(context).outOf(why);
	given.after = notRechecked(given.before, given.why);
}

/** Puts into each receipt what came of it. */
async function recheckAll(
	context: IExecuteFunctions,
	description: RecheckDescription,
	settings: RecheckSettings,
	own: readonly GivenReceipt[],
	progress: Progress,
): Promise<void> {
	const { vendorName } = description;
	const open = own.filter(({ isOpen }) => isOpen);
	let connection: RecheckConnection;
	try {
		connection = await description.connect(context, settings.timeout);
	} catch (error) {
		leaveAll(context, open, messageOf(error));
		return;
	}
	const sealer = receiptSealer(connection.address, identityOf(context));
	for (const given of own) {
		if (!given.isOpen && sealer.authenticityOf(given.before) === 'altered') {
			leave(context, given, altered);
		}
	}
	const wanted = open.flatMap((given) => {
		const place = placeOf(given.before, sealer, connection, description, settings);
		if (typeof place !== 'string') return [{ given, ...place }];
		leave(context, given, place);
		return [];
	});
	for (const [resource, { inspection, takenOnShows = true }] of Object.entries(connection.looks)) {
		const ofKind = wanted.filter(({ given }) => given.before.resource === resource);
		if (ofKind.length === 0) continue;
		const targets = ofKind.map(({ target }) => target);
		const options: DeliveryOptions = {
			...settings,
			signal: cancelSignalOf(context),
			clock,
			account: paceOf(context),
			kind: `recheck.${resource}`,
			startedAt: clock.now(),
			watcher: progress.begin('Rechecked', 'records'),
		};
		const inspected = await inspect(targets, vendorName, inspection, options);
		for (const { given, target } of ofKind) {
			const shown = shownBy(inspected.get(targetKey(target)), vendorName);
			if (typeof shown === 'string') leave(context, given, shown);
			else given.after = afterLook(given.before, { ...shown, vendorName, takenOnShows }, sealer);
		}
	}
}

/** What is settled is not looked at, so a seal that does not fit is all that shows a forged outcome. */
const altered =
	"the receipt's seal does not fit, so it is not as the node wrote it. Compare it with the original";

/** @returns which record to look at, or why there is no look: how a sentence goes on */
function placeOf(
	receipt: ReadReceipt,
	sealer: ReceiptSealer,
	{ looks }: RecheckConnection,
	{
		vendorName,
		otherAccount = 'from another account, or from this one with another key',
	}: RecheckDescription,
	{ takesOtherAccounts }: RecheckSettings,
): { readonly target: Target } | string {
	if (!takesOtherAccounts && receipt.account !== sealer.account) {
		return receipt.account === undefined
			? 'the receipt does not say which account it is from. If it is from this one, switch on the option Receipts of Other Accounts'
			: `the receipt is ${otherAccount}. If it is from this one, switch on the option Receipts of Other Accounts`;
	}
	const look = Object.hasOwn(looks, receipt.resource) ? looks[receipt.resource] : undefined;
	if (look === undefined) {
		return `the node has no look at ${vendorName} for the resource "${receipt.resource}"`;
	}
	const asWritten = sealer.authenticityOf(receipt) === 'asWritten';
	return targetOf(receipt, look.identifiers, vendorName, asWritten);
}

/** @returns or why an answer, or none, does not tell: how a sentence goes on */
function shownBy(
	inspected: Inspected | undefined,
	vendorName: string,
): Pick<LaterLook, 'found' | 'note' | 'at'> | string {
	if (inspected === undefined) return notMentionedBy(vendorName);
	if (inspected.kind === 'nothing') return inspected.why;
	const { sighting, at } = inspected;
	switch (sighting.found) {
		case true:
			return { found: true, note: sighting.note, at };
		case false:
			return { found: false, at };
		case null:
			return sighting.note ?? notMentionedBy(vendorName);
	}
}

/** "12 receipts: 5 looked at, 3 of them changed; 2 not rechecked; 5 passed through." */
function summaryOf(
	open: readonly GivenReceipt[],
	items: ReadonlyArray<{ readonly count: number }>,
): string {
	const total = items.reduce((sum, { count }) => sum + count, 0);
	const left = open.filter(({ why }) => why !== undefined).length;
	const changed = open.filter(({ before, after }) => after.outcome !== before.outcome).length;
	const parts = [
		`${open.length - left} rechecked, ${changed} with another outcome than before`,
		...(left === 0 ? [] : [`${left} not rechecked: see why in reason`]),
		`${total - open.length} passed through`,
	];
	return `${total} ${total === 1 ? 'receipt' : 'receipts'}: ${parts.join('; ')}.`;
}
