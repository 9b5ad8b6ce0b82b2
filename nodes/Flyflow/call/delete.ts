import { path } from '../../shared/sending/path';
import { deleteOperation } from '../../shared/vendor/deleteOperation';
import { call } from './call';
import { readDeletion } from './callReply';

/** https://docs.flyflow.dev/docs/delete-call: the ID is in the path here, unlike in Get Call. */
export const deleteCall = deleteOperation(call, {
	description: 'Delete calls for good, with everything that belongs to them',
	request: ({ identifiers: { callId } }) => ({ method: 'DELETE', path: path`/call/${callId}` }),
	read: (answer, { identifiers: { callId } }) => readDeletion(answer, callId),
});
