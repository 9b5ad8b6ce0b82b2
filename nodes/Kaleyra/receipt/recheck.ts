import { rechecked, recheckRecords } from '../../shared/vendor/recheckRecords';
import { flow } from '../flow/flow';
import { readStatus } from '../flow/flowStatus';

const deprecated = 'it is deprecated, so nobody can use it any more';

/** A flow that was deprecated is still there, and a receipt does not say which of the two was meant. */
export const recheckReceipts = recheckRecords(
	rechecked(flow, (record) => ({
		wouldBe: 'refused',
		...(readStatus(record) === 'DEPRECATED' ? { note: deprecated } : {}),
	})),
);
