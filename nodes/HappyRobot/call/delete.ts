import { notErased } from '../../../erasure/outcome';
import { parseJson, type Answer } from '../../../erasure/reply';
import { path } from '../../shared/sending/path';
import { deleteOperation, type Told } from '../../shared/vendor/deleteOperation';
import { isNotThere } from '../notThere';
import { call } from './call';

/** `DELETE /calls/{id}`: inferred; the vendor's menu names "Delete a call" and no page shows it. */
export const deleteCall = deleteOperation(call, {
	description: 'Delete calls (documented by name only: the request is inferred, and checked after)',
	notice: {
		displayName:
			'HappyRobot names "Delete a call" in its API reference but publishes no page about it. The request is inferred, so a call counts as deleted only if it was found before the request and is gone afterwards. Try it first with a call that you can spare.',
		name: 'inferredNotice',
		type: 'notice',
		default: '',
	},
	alwaysRechecks: true,
	request: ({ identifiers: { callId } }) => ({ method: 'DELETE', path: path`/calls/${callId}` }),
	read: (answer, { identifiers: { callId } }) => readDeletion(answer, callId),
});

/**
 * No page says what deleting a call answers, so a good status settles nothing by itself: the look
 * afterwards does, which every run of this operation makes unless it is cancelled.
 */
export function readDeletion(answer: Answer, callId: string): Told {
	if (isNotThere(answer, 'call', [callId])) return 'notFound';
	if (answer.status < 200 || answer.status > 299) return undefined;
	const message = `HappyRobot answered ${answer.status}. It does not document what that means for a call, and the call has not been looked up since. Look for the call at HappyRobot`;
	const vendorResponse = parseJson(answer.body) ?? answer.body;
	return notErased('unknown', 'notUnderstood', message, vendorResponse);
}
