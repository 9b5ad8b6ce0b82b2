import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { contradiction } from '../../../erasure/contradiction';
import { recordByRecord, type Exchange } from '../../../erasure/exchange';
import type { Verdict } from '../../../erasure/outcome';
import { notDocumented, understood, type Reading } from '../../../erasure/reading';
import { parseJson, showReply, type Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import type { Deletion } from '../deletion/deletion';
import { executeDeletion } from '../deletion/executeDeletion';
import type { Operation } from '../operations/operations';
import { deletionFields, toDelete, type Verb } from '../parameters/deletionFields';
import { exampleReceipt } from '../receipts/exampleReceipt';
import { openAccount, type AccountRequest, type OpenAccount } from '../sending/account';
import { lookFor, type Forecast, type RecordKind } from './recordKind';

/** How a vendor is told to delete one record, and what it answers. */
export interface Change<T extends Target> {
	request(record: T): AccountRequest;
	read(answer: Answer, record: T): Told;
}

/** What an answer says of the record: undefined where it is not as documented. */
export type Told =
	| 'deleted'
	| 'notFound'
	/** Its words contradict its status or each other. */
	| 'contradictory'
	| Verdict
	| Reading
	| undefined;

/** An operation that deletes records of a kind, or does something else to them that stays done. */
export interface DeleteDescription<Name extends string> extends Change<Target<Name>> {
	/** For the Operation field. */
	readonly description: string;
	/** What is above the other fields: what a user has to know first. */
	readonly notice?: INodeProperties;
	/** What it does to a record, where that is not to delete it: then the record stays. */
	readonly verb?: Verb;
	/** The most requests in flight, where 128 would be too many. */
	readonly maxConcurrency?: number;
	/** No page says what the vendor answers, so that every run looks before and afterwards. */
	readonly alwaysRechecks?: true;
	/** What it would most likely do to a record that a look shows; `deleted` by default. */
	readonly forecast?: (record: IDataObject) => Forecast;
}

/** A ceiling for vendors that document no limits: the pace finds its place below. */
export const manyAtOnce = 128;

/** Makes the operation that deletes records of a kind. */
export function deleteOperation<Name extends string>(
	kind: RecordKind<Name>,
	description: DeleteDescription<Name>,
): Operation {
	const deletion = deletionOf(kind, description);
	const { notice, verb } = description;
	const { title, base } = verb ?? toDelete;
	return {
		name: title,
		action: `${title} a ${kind.noun.one}`,
		subtitle: `${base} ${kind.noun.many}`,
		description: description.description,
		...(verb === undefined ? {} : { verb }),
		fields: [
			...(notice === undefined ? [] : [notice]),
			...kind.fields,
			...deletionFields(deletion.defaults),
		],
		example: exampleReceipt(deletion, kind.identifiers),
		execute: async (context) => await executeDeletion(context, deletion),
	};
}

function deletionOf<Name extends string>(
	kind: RecordKind<Name>,
	description: DeleteDescription<Name>,
): Deletion<Target<Name>> {
	const { verb, maxConcurrency = manyAtOnce, alwaysRechecks } = description;
	return {
		vendor: kind.account.vendor,
		resource: kind.resource,
		operation: (verb ?? toDelete).base,
		noun: kind.noun,
		defaults: {
			maxConcurrency,
			// To look whether what stays is gone would say nothing.
			canLook: verb === undefined,
			...(verb === undefined ? {} : { verb }),
			...(alwaysRechecks === undefined ? {} : { alwaysRechecks }),
		},
		select: (parameters) => [...kind.select(parameters)],
		connect: async (context, { timeout }) => {
			const account = await openAccount(context, kind.account, timeout);
			return {
				address: account.details.address,
				exchange: exchangeOf(account, description),
				preview: { kind: 'look', look: lookFor(account, kind, description.forecast) },
			};
		},
	};
}

/** The exchange of a change that takes one record in a request. */
export function exchangeOf<T extends Target>(
	{ account: { vendorName }, send }: OpenAccount,
	change: Change<T>,
): Exchange<T> {
	return recordByRecord({
		vendorName,
		send: async (target) => await send(change.request(target)),
		read: (answer, target) => toReading(change.read(answer, target), vendorName, answer, target),
	});
}

function toReading(told: Told, vendorName: string, answer: Answer, target: Target): Reading {
	if (told === undefined) return notDocumented;
	if (told === 'contradictory') return contradiction(vendorName, answer, target);
	if (typeof told !== 'string') {
		return 'outcome' in told ? understood(target, told) : told;
	}
	const vendorResponse = parseJson(answer.body) ?? showReply(answer);
	return understood(target, { outcome: told, evidence: 'confirmed', vendorResponse });
}
