import type { IDataObject } from 'n8n-workflow';

import { oneByOne } from '../../../erasure/inspection';
import type { Target } from '../../../erasure/target';
import type { Operation } from '../operations/operations';
import { recheckOperation, type ReceiptLook } from '../operations/recheckReceipts';
import { openAccount, type OpenAccount } from '../sending/account';
import { manyAtOnce } from './deleteOperation';
import { lookFor, type Forecast, type RecordKind } from './recordKind';

/** A kind of record that receipts may be of. */
export interface RecheckedKind extends Pick<
	RecordKind<string>,
	'account' | 'resource' | 'identifiers'
> {
	lookIn(opened: OpenAccount): ReceiptLook;
}

/** @param forecast what is to be said of a record that is still there, besides */
export function rechecked<Name extends string>(
	kind: RecordKind<Name>,
	forecast?: (record: IDataObject) => Forecast,
): RecheckedKind {
	const { account, resource, identifiers } = kind;
	return {
		account,
		resource,
		identifiers,
		lookIn: (opened) => ({
			identifiers,
			inspection: oneByOne<Target<Name>>(lookFor(opened, kind, forecast)),
		}),
	};
}

/**
 * Makes the operation that rechecks receipts of records of these kinds, by the same look as previews.
 *
 * @param first its account is that of all of them
 */
export function recheckRecords(first: RecheckedKind, ...others: RecheckedKind[]): Operation {
	const { account, resource, identifiers } = first;
	return recheckOperation({
		vendor: account.vendor,
		vendorName: account.vendorName,
		maxConcurrency: manyAtOnce,
		example: { resource, identifiers },
		connect: async (context, timeout) => {
			const opened = await openAccount(context, account, timeout);
			const looks = [first, ...others].map((kind) => [kind.resource, kind.lookIn(opened)] as const);
			return { address: opened.details.address, looks: Object.fromEntries(looks) };
		},
	});
}
