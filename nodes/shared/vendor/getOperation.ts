import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { showTarget, type Target } from '../../../erasure/target';
import type { Operation } from '../operations/operations';
import { readingOptions } from '../parameters/idsAsWritten';
import { executeReading, fetchFrom } from '../operations/reading';
import { openAccount, type OpenAccount } from '../sending/account';
import type { RecordKind } from './recordKind';

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
	{ description, example }: GetDescription,
): Operation {
	return {
		name: 'Get',
		action: `Get a ${kind.noun.one}`,
		subtitle: `get ${kind.noun.one}`,
		description,
		fields: [...kind.fields, readingOptions],
		example,
		execute: async (context) => {
			const account = await openAccount(context, kind.account);
			return await executeReading(context, async (parameters) => {
				const records = [];
				for (const target of kind.select(parameters)) {
					const record = await fetchRecord(context, account, kind, target);
					if (record === undefined) throw noSuchRecord(kind, target, parameters.itemIndex);
					records.push(record);
				}
				return records;
			});
		},
	};
}

async function fetchRecord<Name extends string>(
	context: IExecuteFunctions,
	{ account, send }: OpenAccount,
	{ look }: RecordKind<Name>,
	target: Target<Name>,
): Promise<IDataObject | undefined> {
	const shown = await fetchFrom(
		context,
		account.vendorName,
		async () => await send(look.request(target)),
		(answer) => look.read(answer, target),
	);
	return shown.kind === 'there' ? shown.record : undefined;
}

function noSuchRecord<Name extends string>(
	{ account, noun, fields }: RecordKind<Name>,
	target: Target<Name>,
	itemIndex: number,
): UserError {
	const shown = Object.values(showTarget(target)).join(', ');
	const names = [...new Set(fields.map(({ displayName }) => displayName))].join(' and ');
	return new UserError(
		`${account.vendorName} has no ${noun.one} "${shown}" (item ${itemIndex}). Check ${names}`,
	);
}
