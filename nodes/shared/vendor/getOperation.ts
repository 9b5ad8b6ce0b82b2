import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Reading } from '../../../erasure/reading';
import type { Answer, Reply } from '../../../erasure/reply';
import { showTarget, type Selector, type Target } from '../../../erasure/target';
import type { Operation } from '../operations/operations';
import { readingOptions } from '../parameters/idsAsWritten';
import { executeReading, fetchFrom } from '../operations/reading';
import type { ItemParameters } from '../parameters/itemParameters';
import { openAccount } from '../sending/account';
import type { RecordKind, Shown } from './recordKind';

/** An operation that gets records of a kind, by the same request as a look at them. */
export interface GetDescription {
	/** For the Operation field. */
	readonly description: string;
	/** A record with the fields that the vendor documents. */
	readonly example: IDataObject;
}

/** Makes the operation that gets records of a kind. */
export function getOperation<Name extends string>(
	kind: RecordKind<Name>,
	description: GetDescription,
): Operation {
	const { account, look } = kind;
	return getOperationOf<Target<Name>>(
		{
			...kind,
			vendorName: account.vendorName,
			namingFields: [...new Set(kind.fields.map(({ displayName }) => displayName))],
			open: async (context) => {
				const { send } = await openAccount(context, account);
				return async (target) => await send(look.request(target));
			},
			read: (answer, target) => look.read(answer, target),
		},
		description,
	);
}

/** Records that can be got one in a request, whatever that request looks like. */
export interface Gettable<S extends Selector> extends Pick<RecordKind<string>, 'noun' | 'fields'> {
	readonly vendorName: string;
	/** The fields that name a record, as the editor shows them. */
	readonly namingFields: readonly string[];
	/** What one item selects. Throws BadInput. */
	select(parameters: ItemParameters): readonly S[];
	/** Reads and checks the credentials. Throws UserError. @returns what asks for one record */
	open(context: IExecuteFunctions): Promise<(selector: S) => Promise<Reply>>;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, selector: S): Reading<Shown> | undefined;
}

/** The same for what no `RecordKind` describes. */
export function getOperationOf<S extends Selector>(
	records: Gettable<S>,
	{ description, example }: GetDescription,
): Operation {
	const { noun, fields, vendorName } = records;
	return {
		name: 'Get',
		action: `Get a ${noun.one}`,
		subtitle: `get ${noun.one}`,
		description,
		fields: [...fields, readingOptions],
		example,
		execute: async (context) => {
			const open = async () => await records.open(context);
			return await executeReading(context, open, async (askFor, parameters) => {
				const got = [];
				for (const selector of records.select(parameters)) {
					const shown = await fetchFrom(
						context,
						vendorName,
						async () => await askFor(selector),
						(answer) => records.read(answer, selector),
					);
					if (shown.kind !== 'there') throw noSuchRecord(records, selector, parameters.itemIndex);
					got.push(shown.record);
				}
				return got;
			});
		},
	};
}

function noSuchRecord<S extends Selector>(
	{ vendorName, noun, namingFields }: Gettable<S>,
	selector: S,
	itemIndex: number,
): UserError {
	const shown = Object.values(showTarget(selector)).join(', ');
	return new UserError(
		`${vendorName} has no ${noun.one} "${shown}" (item ${itemIndex}). Check ${namingFields.join(' and ')}`,
	);
}
