/** The promises of the receipts: they hold for every operation, whatever the vendor does. */
import { expect } from '@jest/globals';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { readReceipt } from '../../erasure/receiptReader';
import type { LoggedRequest } from '../../sandbox/loggedRequest';
import type { Sandbox } from '../../sandbox/sandbox';
import { standInOf, type ContractEntry } from './contract/entry';
import type { RunResult } from './engine';
import { secretsGiven } from './spellings';

/** A run over items that name one record each, and the sandbox that it met. */
export interface Played {
	readonly entry: ContractEntry;
	readonly sandbox: Sandbox;
	/** What the items named, in their order. */
	readonly names: readonly string[];
	readonly onError: NonNullable<INode['onError']>;
	readonly result: RunResult;
	/** Milliseconds after which the node gave a reply up. */
	readonly timeout: number;
	/** Each attempt put a request for the record on the wire: none ended before, as for a token. */
	readonly sendsEachAttempt: boolean;
}

export interface Seen {
	readonly target: unknown;
	readonly outcome: string;
	readonly attempts: number;
	readonly reason?: { readonly code: string };
}

/** @returns the receipts, in the order of the names */
export function checkReceipts(played: Played): Seen[] {
	const { entry, names, result } = played;
	const receipts = collect(played);
	expect(receipts).toHaveLength(names.length);
	for (const [index, name] of names.entries()) {
		const receipt = receipts[index];
		if (receipt === undefined) continue;
		const shown = [entry.target(name), entry.answered?.(name), entry.unfound?.(name)];
		expect(shown).toContainEqual(receipt.target);
		// Whatever a node writes can be certified and rechecked.
		expect(readReceipt(receipt)).toMatchObject({ valid: true });
		checkOutcome(receipt, name, played);
		const deletions = requestsFor(name, played);
		checkRequests(deletions, played);
		checkAttempts(receipt, name, deletions, played);
	}
	const text = textOf(result);
	for (const secret of entry.secrets) expect(text).not.toContain(secret);
	const held = [...keysOf(entry, played.sandbox), ...tokensOf(entry, played.sandbox)];
	expect(secretsGiven(text, held)).toEqual([]);
	return receipts;
}

/** All that leaves a node, and what n8n keeps of it. */
export function textOf({ outputs, hints, said, error }: RunResult): string {
	const { message, description, context, stack } = error ?? {};
	return JSON.stringify([outputs, hints, said, message, description, context, stack]);
}

/** What the credentials hold that must not come out in any form. */
export function keysOf(entry: ContractEntry, sandbox: Sandbox): string[] {
	const held = Object.values(entry.credentials(sandbox)).flatMap(
		({ apiKey, key, password, clientSecret }) => [apiKey, key, password, clientSecret],
	);
	return held.filter((text): text is string => typeof text === 'string' && text !== '');
}

/** The tokens that requests were authenticated with. */
export function tokensOf(entry: ContractEntry, sandbox: Sandbox): string[] {
	const tokens = sandbox
		.requestsTo(standInOf(entry))
		.flatMap(({ url, headers }) => [
			new URL(url, 'http://sandbox').searchParams.get('token') ?? [],
			entry.renewable ? (/^Bearer (.+)$/.exec(String(headers.authorization))?.[1] ?? []) : [],
		]);
	return [...new Set(tokens.flat())];
}

/** The requests that asked the vendor to delete this record. */
export function requestsFor(
	name: string,
	{ entry, sandbox }: Pick<Played, 'entry' | 'sandbox'>,
): LoggedRequest[] {
	return sandbox
		.requestsTo(standInOf(entry))
		.filter((request) => entry.deletes(request) && entry.named(request).includes(name));
}

/** Those that merely looked for it. */
function looksFor(name: string, { entry, sandbox }: Played): LoggedRequest[] {
	return sandbox
		.requestsTo(standInOf(entry))
		.filter((request) => request.method === 'GET' && entry.named(request).includes(name));
}

function checkOutcome({ outcome }: Seen, name: string, { entry, sandbox }: Played): void {
	if (entry.holds(sandbox, name)) {
		expect(outcome).not.toBe(entry.erased.outcome);
	} else if (name !== entry.missing) {
		expect(outcome).not.toMatch(/^(failed|refused|skipped)$/);
	}
}

/** Deletions count where one was sent, and looks where a look has settled the record. */
function checkAttempts(
	{ attempts }: Seen,
	name: string,
	deletions: readonly LoggedRequest[],
	played: Played,
): void {
	// A request that is sent again with a new token is one attempt.
	const renewals = deletions.filter(({ status }) => status === 401);
	if (isCountable(played)) {
		expect(attempts).toBeGreaterThanOrEqual(deletions.length - renewals.length);
	}
	if (!played.sendsEachAttempt) return;
	const counted = deletions.length > 0 ? deletions : looksFor(name, played);
	expect(attempts).toBeLessThanOrEqual(counted.length);
}

/** Not every vendor answers 401 for a token that ran out: what is sent again cannot be told apart. */
function isCountable({ sandbox }: Played): boolean {
	return !sandbox.requests.some(({ fault }) => fault === 'meanwhile');
}

function checkRequests(sent: readonly LoggedRequest[], played: Played): void {
	const { entry, timeout } = played;
	for (const [index, again] of sent.slice(1).entries()) {
		const before = sent[index] ?? again;
		// An answer that was given in time may still have come too late on a machine out of breath.
		const hasTimedOut = Date.parse(again.at) - Date.parse(before.at) >= timeout;
		if (!hasTimedOut && isCountable(played))
			expect({ before, isLastWord: isLastWord(before) }).toMatchObject({ isLastWord: false });
		// Whatever may have been carried out is not asked for again where it may mean another record.
		if (entry.inexact === true) expect(isPutOff(before) ? [] : [before, again]).toEqual([]);
	}
}

/** Whether the vendor's answer to this request has settled the record, for better or worse. */
function isLastWord({ status, fault }: LoggedRequest): boolean {
	const hasArrived = fault === undefined || fault === 'status' || fault === 'garble';
	if (!hasArrived || status === undefined) return false;
	return status < 400 || [403, 404, 409, 410, 423].includes(status);
}

/** Answered in a way that says that nothing was done: so far. */
function isPutOff({ status }: LoggedRequest): boolean {
	return status !== undefined && [401, 421, 425, 429].includes(status);
}

/** All receipts in the order of the items, whichever way they left the node. */
function collect({ result, onError }: Played): Seen[] {
	const carried = result.error?.context?.receipts as Seen[] | undefined;
	if (carried !== undefined) return carried;
	for (const output of result.outputs) {
		const items = output.map(itemOf);
		expect(items).toEqual([...items].sort((a, b) => a - b));
	}
	const [main = [], rest = []] = result.outputs;
	if (onError !== 'continueErrorOutput') expect(rest).toEqual([]);
	return inOrder([...main, ...rest]).map(({ json }) => json as IDataObject & Seen);
}

/** Items of several outputs in the order of the input. */
export function inOrder(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	return [...items].sort((a, b) => itemOf(a) - itemOf(b));
}

/** On the error output it is the bare number. */
function itemOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'number' ? pairedItem : (pairedItem as { item: number }).item;
}
