import { told, understood, type Reading } from '../../../erasure/reading';
import type { Finding } from '../../../erasure/find';
import { maskPhoneNumber } from '../../../erasure/mask';
import { notErased, type SettledRecord, type Verdict } from '../../../erasure/outcome';
import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import type { CallTarget, Customer } from '../creovaiApi';
import { isInNotation } from './phoneNumber';
import {
	contradiction,
	failedItem,
	hasWords,
	readId,
	readItem,
	readItems,
	readOtherStatus,
	undocumentedItem,
	type PurgeItem,
} from './purgeReply';

/**
 * Reads which calls belong to a phone number: the reply to `whatIf=true`. A number without calls
 * is inferred to give no entries, or only `NotFound`; the vendor shows neither.
 *
 * @returns undefined where not every call has a name to purge it by; nothing of the number is
 *   purged then
 */
export function readFound(
	answer: Answer,
	customer: Customer,
): Reading<Finding<CallTarget>> | undefined {
	const items = readItems(answer);
	if (items === undefined) return undefined;
	if (items.some(({ status }) => status === 'Purging')) return settled(purgedUnasked);

	const phoneNumber = customer.identifiers.phoneNumber;
	const failed = items.find(({ status }) => status === 'Error');
	if (failed !== undefined) {
		return { kind: 'refused', why: failedItem(withoutNumber(failed, phoneNumber)) };
	}

	if (items.some(hasWords)) return undefined;
	const calls = items.filter(({ status }) => status !== 'NotFound');
	if (calls.length === 0) return settled(noCalls(items, customer));
	const targets: CallTarget[] = [];
	for (const call of calls) {
		const target = call.status === 'WhatIf' ? exactTarget(call, customer) : undefined;
		if (target === undefined) return undefined;
		targets.push(target);
	}
	return told({ kind: 'targets', targets });
}

/**
 * Reads what became of the calls of a phone number that was purged as it is: a record of its
 * own for each call in the reply.
 */
export function readCustomerPurge(answer: Answer, customer: Customer): Reading {
	const items = readItems(answer);
	if (items === undefined) return readOtherStatus(answer, [customer]);
	if (items.every((item) => item.status === 'NotFound' && !hasWords(item))) {
		return understood(customer, noCalls(items, customer));
	}
	const phoneNumber = customer.identifiers.phoneNumber;
	const records = new Map<string, SettledRecord>();
	for (const [index, item] of items.entries()) {
		const record = readRecord(withoutNumber(item, phoneNumber), customer);
		const { identifiers } = record.target;
		// Those without an ID cannot be told to be one.
		const key = Object.keys(identifiers).length === 0 ? index : JSON.stringify(identifiers);
		const earlier = records.get(String(key));
		const agrees = earlier === undefined || earlier.verdict.outcome === record.verdict.outcome;
		const verdict = agrees ? record.verdict : contradiction(earlier.verdict, item);
		records.set(String(key), { ...record, verdict });
	}
	return understood(customer, {
		outcome: 'accepted',
		evidence: 'accepted',
		records: [...records.values()],
	});
}

/** A call that has neither ID cannot be looked for. */
function readRecord(item: PurgeItem, customer: Customer): SettledRecord {
	const identifiers = callIdentifiers(item, customer.identifiers.phoneNumber);
	const namesNothing = readId(item.callId) === undefined && readId(item.sessionId) === undefined;
	return {
		target: { identifiers, ...shownOf(customer) },
		verdict: namesNothing ? undocumentedItem(item) : readItem(item, Object.values(identifiers)),
	};
}

/** The call by its call ID or, where it has none, by its session ID. */
function exactTarget(item: PurgeItem, customer: Customer): CallTarget | undefined {
	const { callId, sessionId } = callIdentifiers(item, customer.identifiers.phoneNumber);
	if (callId !== undefined) {
		const session = sessionId === undefined ? {} : { sessionId };
		return { identifiers: { callId }, shown: { ...session, ...customer.shown } };
	}
	return sessionId === undefined ? undefined : { identifiers: { sessionId }, ...shownOf(customer) };
}

function callIdentifiers(item: PurgeItem, phoneNumber: string): Record<string, string> {
	const ids = { callId: readId(item.callId), sessionId: readId(item.sessionId) };
	// Requests by ID have what was asked for echoed as an ID; a number must not come back that way.
	const named = Object.entries(ids).filter(
		([, id]) => id !== undefined && withoutSigns(id) !== withoutSigns(phoneNumber),
	);
	return Object.fromEntries(named) as Record<string, string>;
}

/** The vendor's words without the number, however short: quoteVendor knows only long ones. */
function withoutNumber(item: PurgeItem, phoneNumber: string): PurgeItem {
	const { errorMsg } = item;
	if (typeof errorMsg !== 'string') return item;
	return { ...item, errorMsg: errorMsg.replaceAll(phoneNumber, maskPhoneNumber(phoneNumber)) };
}

function withoutSigns(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function shownOf({ shown }: Target): Pick<Target, 'shown'> {
	return shown === undefined ? {} : { shown };
}

function settled(verdict: Verdict): Reading<Finding<never>> {
	return told({ kind: 'settled', verdict });
}

function noCalls(items: readonly PurgeItem[], customer: Customer): Verdict {
	const verdict = {
		outcome: 'notFound',
		evidence: 'confirmed',
		vendorResponse: { items },
	} as const;
	if (!isInNotation(customer)) return verdict;
	return { ...verdict, reason: { code: 'searchedAs', message: customer.notFoundNote } };
}

const purgedUnasked = notErased(
	'unknown',
	'notUnderstood',
	'Creovai was only asked what it would purge (whatIf=true), but answered that it is purging. Look at the calls of this customer in Creovai',
);
