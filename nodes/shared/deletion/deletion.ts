import type { IExecuteFunctions } from 'n8n-workflow';

import type { Exchange, Look } from '../../../erasure/exchange';
import type { Finder } from '../../../erasure/find';
import type { FollowUp } from '../../../erasure/followUp';
import type { Preview } from '../../../erasure/outcome';
import type { Selector, Target } from '../../../erasure/target';
import type { DeletionDefaults } from '../parameters/deletionFields';
import type { DeletionSettings } from '../parameters/deletionSettings';
import type { ItemParameters } from '../parameters/itemParameters';
import type { DeletionInWords } from '../receipts/finishedRun';

/**
 * A vendor's account, opened for one run.
 *
 * @typeParam S what the user names
 * @typeParam T what requests are sent for: the same where nothing has to be found out first
 */
export interface Connection<S extends Selector = Selector, T extends Target = S> {
	/** The account's address: part of the plan, so that a plan for one account fits no other. */
	readonly address: string;
	/**
	 * What the user chose that decides what happens to a record: part of the plan, so that a plan
	 * that was approved under one choice fits no other.
	 */
	readonly choices?: readonly string[];
	readonly exchange: Exchange<T>;
	/** Resolves selectors into targets; missing where each selector names its record. */
	readonly finder?: Finder<S, T>;
	/** How previews find out what would happen. */
	readonly preview:
		| { readonly kind: 'look'; readonly look: Look<T> }
		/** The vendor offers no way to look: the same is said of every target. */
		| { readonly kind: 'blind'; readonly preview: Preview };
	/** Asks after the deletions that the vendor took on; missing where nothing waits for them. */
	readonly followUp?: FollowUp;
}

/**
 * One delete operation of a vendor: all that executeDeletion needs to know of it. Only the vendor
 * knows its records' identifiers by name: what runs an operation takes any `Deletion`.
 */
export interface Deletion<
	S extends Selector = Selector,
	T extends Target = S,
> extends DeletionInWords {
	readonly operation: string;
	readonly defaults: DeletionDefaults;
	/** What one item selects. Throws BadInput. */
	select(parameters: ItemParameters): S[];
	/** Reads the credentials and checks them. Throws UserError; sends nothing. */
	connect(context: IExecuteFunctions, settings: DeletionSettings): Promise<Connection<S, T>>;
}
