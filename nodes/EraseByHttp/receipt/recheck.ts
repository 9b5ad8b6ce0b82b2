import type { INodeProperties, IExecuteFunctions } from 'n8n-workflow';

import { oneByOne } from '../../../erasure/inspection';
import type { Operation } from '../../shared/operations/operations';
import {
	recheckOperationFor,
	type RecheckConnection,
} from '../../shared/operations/recheckReceipts';
import { recheckFields } from '../../shared/parameters/recheckFields';
import { manyAtOnce } from '../../shared/vendor/deleteOperation';
import { lookFor } from '../../shared/vendor/recordKind';
import { openEraseByHttp } from '../account/openEraseByHttp';
import { absenceFields } from '../description/answerFields';
import { fieldsOfLook } from '../description/lookFields';
import { readLookedAtVendor, readVendorName } from '../description/readDescription';
import { showPath } from '../description/pathTemplate';
import { headers, idEncoding, vendorName } from '../description/vendorFields';
import { boundTo } from '../record/boundTo';
import { record } from '../record/delete';
import { recordId } from '../record/fields';
import { lookOf } from '../record/look';

const fields: readonly INodeProperties[] = [
	vendorName,
	...fieldsOfLook(),
	...absenceFields,
	...recheckFields(manyAtOnce, [headers, idEncoding]),
];

/** Rechecks receipts of the vendor that the fields describe; those of all others pass through. */
export const recheckReceipts: Operation = recheckOperationFor(
	{
		fields,
		vendor: 'Twilio',
		example: { resource: record.resource, identifiers: [recordId.name] },
	},
	(context) => {
		const vendor = readVendorName(context);
		return {
			...{ vendor, vendorName: vendor, maxConcurrency: manyAtOnce, connect },
			otherAccount:
				'from another account, from this one with another key, or from a node with another look',
		};
	},
);

async function connect(context: IExecuteFunctions, timeout: number): Promise<RecheckConnection> {
	const vendor = readLookedAtVendor(context);
	const { vendorName, headers: own } = vendor;
	const paths = [showPath(vendor.look.path)];
	const opened = await openEraseByHttp(context, { vendorName, headers: own, paths, timeout });
	const look = lookFor(opened, { look: lookOf(vendor) });
	return {
		address: boundTo(opened.details.address, vendor.look),
		looks: {
			[record.resource]: {
				identifiers: [recordId.name],
				inspection: oneByOne(look),
				takenOnShows: false,
			},
		},
	};
}
