import { path } from '../../shared/sending/path';
import { namedBy, recordField } from '../../shared/vendor/recordField';
import { notThere, there, type RecordKind } from '../../shared/vendor/recordKind';
import { flyflow } from '../flyflowAccount';
import { isNotFound, readCall } from './callReply';

export const call: RecordKind<'callId'> = {
	account: flyflow,
	resource: 'call',
	noun: { one: 'call', many: 'calls' },
	...namedBy(
		recordField({
			name: 'callId',
			displayName: 'Call ID',
			example: 'call_123',
			list: { method: 'searchCalls' },
		}),
	),
	/** `GET /call?id=`: https://docs.flyflow.dev/docs/get-call. */
	look: {
		request: ({ identifiers: { callId } }) => ({
			method: 'GET',
			path: path`/call`,
			query: { id: callId },
		}),
		read: (answer, { identifiers: { callId } }) =>
			isNotFound(answer, callId) ? notThere : there(readCall(answer, callId)),
	},
};
