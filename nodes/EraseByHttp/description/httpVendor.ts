import type { BodyTemplate } from './bodyTemplate';
import type { FieldPath } from './fieldPath';
import type { IdEncoding, PathTemplate } from './pathTemplate';
import type { AnswerRule, Rule } from './rule';

/** A vendor as the fields of the node describe it, checked: all that a deletion needs to know. */
export interface HttpVendor extends SeenVendor {
	readonly request: DeletionRequest;
	readonly answers: Answers;
	/** Missing where single records cannot be looked at. */
	readonly look?: LookDescription;
}

/** As much as both a deletion and a look have. */
interface SeenVendor {
	/** As the user calls it: in receipts and messages. */
	readonly vendorName: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly encoding: IdEncoding;
	readonly absence: Absence;
}

/** A vendor that is only asked: all that a recheck needs to know. */
export interface LookedAtVendor extends SeenVendor {
	readonly look: LookDescription;
}

export const methods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;

export interface DeletionRequest {
	readonly method: (typeof methods)[number];
	readonly path: PathTemplate;
	readonly body?: BodyTemplate;
	readonly idsPerRequest: number;
}

/** How the vendor says that it has no such record: to a deletion and to a look alike. */
export interface Absence {
	readonly rules: readonly Rule[];
	/** Whether a 404 that is no page of HTML says so by itself. */
	readonly by404: boolean;
}

export interface Answers {
	readonly rules: readonly AnswerRule[];
	/** Whether a good answer shows that the record is gone, and not only that the request arrived. */
	readonly prove: boolean;
	/** Where several IDs share a request and the answer has an entry for each. */
	readonly entries?: Entries;
	/** Fields of a good answer that describe the record: what they say is no sign of trouble. */
	readonly fieldsOfRecord: readonly string[];
}

export interface Entries {
	/** Where the list is; empty where the answer is the list. */
	readonly list: FieldPath;
	/** Where an entry has its ID. */
	readonly id: FieldPath;
}

export interface LookDescription {
	readonly path: PathTemplate;
	/** Where an answer about a record has its ID. */
	readonly idField: FieldPath;
	/** What a deleted record looks like, where it stays and only its content goes. */
	readonly goneRules: readonly Rule[];
}
