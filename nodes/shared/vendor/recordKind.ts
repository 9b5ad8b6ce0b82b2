import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Look } from '../../../erasure/exchange';
import { told, type Reading, type Sighting } from '../../../erasure/reading';
import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import type { ItemParameters } from '../parameters/itemParameters';
import type { Noun } from '../receipts/finishedRun';
import type { Account, AccountRequest, OpenAccount } from '../sending/account';

/** A kind of record that a vendor keeps and takes one of in a request. */
export interface RecordKind<Name extends string> {
	readonly account: Account;
	/** What it is called in the node's Resource field and in receipts: `call`. */
	readonly resource: string;
	readonly noun: Noun;
	/** The node's fields that say which records are meant. */
	readonly fields: readonly INodeProperties[];
	/** What names a record, in the vendor's words: the `target` of a receipt. */
	readonly identifiers: readonly Name[];
	/** What one item selects. Throws BadInput. */
	select(parameters: ItemParameters): ReadonlyArray<Target<Name>>;
	readonly look: RecordLook<Name>;
}

/** How a vendor is asked for one record without changing it. */
export interface RecordLook<Name extends string> {
	request(record: Target<Name>): AccountRequest;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, record: Target<Name>): Reading<Shown> | undefined;
}

/** What the answer to a look shows. */
export type Shown =
	| { readonly kind: 'notThere' }
	| { readonly kind: 'there'; readonly record: IDataObject }
	/** The vendor answers, but not whether it has the record. */
	| ({ readonly kind: 'untold' } & Forecast);

export const notThere = told<Shown>({ kind: 'notThere' });

/** @param record undefined where the answer does not hold it as documented */
export function there(record: IDataObject | undefined): Reading<Shown> | undefined {
	return record && told({ kind: 'there', record });
}

/** What an operation would most likely do to a record that is there. */
export type Forecast = Omit<Extract<Sighting, { found: true }>, 'found'>;

/** A look at records of a kind: for previews, and to see afterwards whether they are gone. */
export function lookFor<Name extends string>(
	{ send }: OpenAccount,
	{ look }: Pick<RecordKind<Name>, 'look'>,
	forecast: (record: IDataObject) => Forecast = () => ({ wouldBe: 'deleted' }),
): Look<Target<Name>> {
	return {
		send: async (target) => await send(look.request(target)),
		read: (answer, target) => {
			const shown = look.read(answer, target);
			return shown?.kind === 'understood' ? told(sightingOf(shown.content, forecast)) : shown;
		},
	};
}

function sightingOf(shown: Shown, forecast: (record: IDataObject) => Forecast): Sighting {
	switch (shown.kind) {
		case 'notThere':
			return { found: false };
		case 'there':
			return { found: true, ...forecast(shown.record) };
		case 'untold': {
			const { kind: _, ...why } = shown;
			return { found: null, ...why };
		}
	}
}
