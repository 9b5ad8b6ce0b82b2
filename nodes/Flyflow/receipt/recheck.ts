import { rechecked, recheckRecords } from '../../shared/vendor/recheckRecords';
import { call } from '../call/call';

export const recheckReceipts = recheckRecords(rechecked(call));
