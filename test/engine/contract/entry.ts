import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { LoggedRequest } from '../../../sandbox/loggedRequest';
import type { Sandbox } from '../../../sandbox/sandbox';

/** A reply in JSON with a list that has an entry for each record. */
export interface BulkReply {
	/** The property that holds the list. */
	readonly list: string;
	/** The property of an entry that says which record it speaks of. */
	readonly identifier: string;
	/** What an entry has to say to contradict the deletion of its record. */
	readonly contradiction: IDataObject;
}

/**
 * What the contract tests (contract.ts) need to know of one delete operation. A
 * new operation joins them by one entry in entries.ts.
 */
export interface ContractEntry {
	/** "Flyflow: delete a call" */
	readonly title: string;
	/** The node's type, for example `flyflow`. */
	readonly type: string;
	/** The name of the vendor's stand-in, where the node is not that of one vendor; else `type`. */
	readonly standIn?: string;
	/** What receipts call the vendor, where the user gives it a name; else `type`. */
	readonly vendor?: string;
	/** Resource, operation and the selecting parameters as expressions over the item. */
	readonly parameters: IDataObject;
	credentials(sandbox: Sandbox): Record<string, ICredentialDataDecryptedObject>;
	/** Fills in so many records and forgets the others. @returns their names, in order */
	fill(sandbox: Sandbox, count: number): string[];
	/** Whether the vendor still holds the record of that name. */
	holds(sandbox: Sandbox, name: string): boolean;
	/** A well-formed name of a record that does not exist. */
	readonly missing: string;
	/** What the receipt of such a record says, where that is not "not found" by the vendor's own word. */
	readonly missingIs?: { readonly outcome: string; readonly evidence: string };
	/** Well-formed names that would lead astray if they were not encoded; a few are given. */
	readonly strange?: readonly string[];
	/** The input item that selects these records (one or several). */
	item(names: readonly string[]): IDataObject;
	/** What the receipt's `target` shows for a record. */
	target(name: string): Record<string, string>;
	/** What it shows once the vendor's answer has named the record; else the same as `target`. */
	answered?(name: string): Record<string, string>;
	/** What it shows where the record behind the name was not found out; else the same as `target`. */
	unfound?(name: string): Record<string, string>;
	/** Records that one delete request carries at most. */
	readonly perRequest: number;
	/** The outcome of a deletion that went well. */
	readonly erased: {
		readonly outcome: 'deleted' | 'accepted' | 'deprecated';
		readonly evidence: 'confirmed' | 'accepted' | 'rechecked';
	};
	/** What a preview says of a record that exists. */
	readonly preview: { readonly found: boolean | null; readonly wouldBe: string };
	/** What a preview says of a missing record; the same as `preview` where nobody can look. */
	readonly previewMissing: { readonly found: boolean | null; readonly wouldBe: string };
	/** Whether this request asks the vendor to delete (looks and tokens do not). */
	deletes(request: {
		readonly method: string;
		readonly url: string;
		readonly body: string;
	}): boolean;
	/** The records that such a request names. */
	named(request: Pick<LoggedRequest, 'url' | 'body'>): string[];
	/** Each record is looked at before the first delete request: what is missing is never sent. */
	readonly looksFirst?: boolean;
	/** What the user gives stands for records that have to be found first. */
	readonly finds?: true;
	/**
	 * What the user gives is sent as it stands and names whatever it names by then, so that it goes
	 * out once. The rows of the contract for exact IDs do not hold: entries of this kind meet the
	 * faults alone.
	 */
	readonly inexact?: true;
	/** How a reply speaks of several records, where `perRequest` is more than one. */
	readonly bulkReply?: BulkReply;
	/** What is done to a record, where that is not to delete it: "deprecate", "deprecated". */
	readonly verb?: { readonly base: string; readonly done: string };
	/** What a repeat says of a record that an earlier request without a reply has erased. */
	readonly repeated?: { readonly outcome: string; readonly reason?: { readonly code: string } };
	/** Every run looks for each record afterwards, so that a lost reply leaves no doubt. */
	readonly looksAfterwards?: true;
	/** A good answer is 204: it has no body, so that none can be spoilt or break off. */
	readonly answersEmpty?: true;
	/** The vendor can hand out a new token, so one 401 is not the end. */
	readonly renewable: boolean;
	/** Must never come out: keys, secrets, and what the records hold. */
	readonly secrets: readonly string[];
}

/** The name of the vendor's stand-in in the sandbox. */
export const standInOf = ({ standIn, type }: ContractEntry): string => standIn ?? type;

/** What receipts call the vendor. */
export const vendorOf = ({ vendor, type }: ContractEntry): string => vendor ?? type;

/** The records that a request names whose path still has the prefix of its stand-in in the sandbox. */
export function namedIn(request: { url: string; body: string }, entry: ContractEntry): string[] {
	const { url, body } = request;
	return entry.named({ url: url.slice(standInOf(entry).length + 1), body });
}

/** What becomes of a record that is not there. */
export const missingOf = ({ missingIs }: ContractEntry) =>
	missingIs ?? { outcome: 'notFound', evidence: 'confirmed' };
