import type { ReadReceipt } from '../receiptReader';

/**
 * What tells one record of a kind from another: identifiers, each of which names it by all its parts.
 * The first is the record's own; a record may be known by another one alone.
 */
export type Identifying = readonly [readonly string[], ...(readonly string[])[]];

/** What tells the records of a vendor's kinds apart; undefined for a kind that is not known. */
export type RecordKinds = (vendor: string, resource: string) => Identifying | undefined;

/** As much of a receipt, or of a certified record, as says which record it is of. */
export type Named = Pick<ReadReceipt, 'vendor' | 'resource' | 'account' | 'target'>;

export type Identity =
	/** The same key for the same record. */
	| { readonly kind: 'record'; readonly key: string }
	/** What was given names no record: it is empty or masked. The same key for the same target. */
	| { readonly kind: 'unnamed'; readonly key: string }
	/** It is the record of that other one, or another record: nothing tells which. */
	| { readonly kind: 'unclear'; readonly likeIndex: number };

/** One identifier that is whole and in clear. */
interface Mark {
	/** The record's own identifier. */
	readonly isOwn: boolean;
	readonly text: string;
}

interface Marked {
	readonly index: number;
	readonly account: string | undefined;
	readonly marks: readonly [Mark, ...Mark[]];
}

/**
 * Says of many which are of the same record. Targets differ for one record: a call may be known by its
 * call ID, by its session ID or by both, and what a phone number led to shows that, masked. A receipt
 * without an account is of whatever account names the same record.
 *
 * @returns an identity for each, in order
 */
export function identify(all: readonly Named[], kinds: RecordKinds): Identity[] {
	const identities: Identity[] = all.map(unnamed);
	const byKind = new Map<string, Marked[]>();
	for (const [index, named] of all.entries()) {
		const marks = marksOf(named, kinds);
		if (marks === undefined) continue;
		const kind = JSON.stringify([named.vendor, named.resource]);
		const others = byKind.get(kind) ?? [];
		byKind.set(kind, others);
		others.push({ index, account: named.account, marks });
	}
	for (const [kind, marked] of byKind) {
		for (const linked of linkedAmong(marked)) settle(kind, linked, identities);
	}
	return identities;
}

function unnamed({ vendor, resource, account = '', target }: Named): Identity {
	const names = Object.keys(target).sort();
	const pairs = names.map((name) => [name, target[name]]);
	return { kind: 'unnamed', key: JSON.stringify(['', vendor, resource, account, pairs]) };
}

function marksOf(
	{ vendor, resource, target }: Named,
	kinds: RecordKinds,
): Marked['marks'] | undefined {
	const marks = (kinds(vendor, resource) ?? []).flatMap((names, place): Mark[] => {
		const values = names.map((name) => asSent(valueOf(target, name)));
		const isWhole = values.every((value) => value !== '' && !isMasked(value));
		return isWhole ? [{ isOwn: place === 0, text: JSON.stringify([names, values]) }] : [];
	});
	const [first, ...others] = marks;
	return first === undefined ? undefined : [first, ...others];
}

/** A table or a spreadsheet may have written the name in other case. */
function valueOf(target: Named['target'], name: string): string {
	const inOtherCase = (other: string) => other.toLowerCase() === name.toLowerCase();
	const found = Object.hasOwn(target, name) ? name : Object.keys(target).find(inOtherCase);
	return (found === undefined ? undefined : target[found]) ?? '';
}

/**
 * Without what no ID is sent with, and what nobody sees: the blanks around it, invisible characters, and
 * whether a letter with its accent is one character or two.
 */
function asSent(value: string): string {
	return value
		.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
		.normalize('NFC')
		.trim();
}

/** A phone number, or what was taken out because it held a key. */
function isMasked(value: string): boolean {
	return /\*\*|•/.test(value);
}

/** Those that share an identifier, directly or by way of others. */
function linkedAmong(marked: readonly Marked[]): Marked[][] {
	const groups = new Map<string, Marked[]>();
	for (const entry of marked) {
		const texts = entry.marks.map(({ text }) => text);
		const touched = [...new Set(texts.flatMap((text) => [groups.get(text) ?? []]))];
		const [largest = [], ...rest] = touched.sort((a, b) => b.length - a.length);
		const moved = [...rest.flat(), entry];
		for (const one of moved) largest.push(one);
		for (const { marks } of moved) for (const { text } of marks) groups.set(text, largest);
	}
	return [...new Set(groups.values())];
}

function settle(kind: string, linked: readonly Marked[], identities: Identity[]): void {
	const accounts = [...new Set(linked.flatMap(({ account }) => account ?? []))];
	if (accounts.length < 2) {
		settleOfAccount([kind, accounts[0] ?? ''], linked, identities);
		return;
	}
	for (const account of accounts) {
		const own = linked.filter((one) => one.account === account);
		for (const group of linkedAmong(own)) settleOfAccount([kind, account], group, identities);
	}
	const known = linked.find(({ account }) => account !== undefined);
	for (const { index, account } of linked) {
		if (account === undefined)
			identities[index] = { kind: 'unclear', likeIndex: known?.index ?? index };
	}
}

/** Several records may share an identifier that is not their own, such as a session. */
function settleOfAccount(
	scope: readonly string[],
	linked: readonly Marked[],
	identities: Identity[],
): void {
	const owners = new Map<string, Map<string, number>>();
	for (const { index, marks } of linked) {
		const own = ownOf(marks);
		if (own === undefined) continue;
		for (const { text } of marks) {
			const known = owners.get(text) ?? new Map<string, number>();
			owners.set(text, known);
			if (!known.has(own)) known.set(own, index);
		}
	}
	const all = new Map([...owners.values()].flatMap((known) => [...known]));
	for (const { index, marks } of linked) {
		const touched = new Map(marks.flatMap(({ text }) => [...(owners.get(text) ?? [])]));
		const candidates = touched.size === 0 ? all : touched;
		const [[only, likeIndex] = [linked[0]?.marks[0].text ?? '', index]] = candidates;
		const text = ownOf(marks) ?? (candidates.size < 2 ? only : undefined);
		identities[index] =
			text === undefined
				? { kind: 'unclear', likeIndex }
				: { kind: 'record', key: JSON.stringify([...scope, text]) };
	}
}

function ownOf(marks: readonly Mark[]): string | undefined {
	return marks.find(({ isOwn }) => isOwn)?.text;
}
