import type { AccountRequest } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';
import { namedBy } from '../../shared/vendor/recordField';
import { notThere, there, type RecordKind } from '../../shared/vendor/recordKind';
import { happyRobot } from '../happyRobotAccount';
import { isNotThere } from '../notThere';
import { callIdForm, callIds } from './callId';
import { readCall } from './callReply';

/** `GET /calls/{id}`: inferred; the vendor's menu names "Get Call" and no page shows it. */
export function oneCall(callId: string): AccountRequest {
	return { method: 'GET', path: path`/calls/${callId}` };
}

export const call: RecordKind<'callId'> = {
	account: happyRobot,
	resource: 'call',
	noun: { one: 'call', many: 'calls' },
	...namedBy(callIds, callIdForm),
	look: {
		request: ({ identifiers: { callId } }) => oneCall(callId),
		read: (answer, { identifiers: { callId } }) =>
			isNotThere(answer, 'call', [callId]) ? notThere : there(readCall(answer, callId)),
	},
};
