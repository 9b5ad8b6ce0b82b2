import { rechecked, recheckRecords } from '../../shared/vendor/recheckRecords';
import { call } from '../call/call';
import { note } from '../note/note';

export const recheckReceipts = recheckRecords(rechecked(note), rechecked(call));
