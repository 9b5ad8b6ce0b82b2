import type { Target } from '../../../erasure/target';
import type { AccountRequest } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';
import { namedBy, recordField } from '../../shared/vendor/recordField';
import { notThere, there, type RecordKind } from '../../shared/vendor/recordKind';
import { kaleyra } from '../kaleyraAccount';
import { isNoSuchFlow, readFlow, readRefusal } from './flowReply';
import type { FlowStatus } from './flowStatus';

/** A flow as the user names it. */
export type FlowSelector = Target<'flowId'>;

export interface FlowTarget extends FlowSelector {
	/** The status in which it was found, where it was looked up: it decides what is sent. */
	readonly status?: FlowStatus;
}

/** https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-get-flow-details-by-flow-id */
export function oneFlow(flowId: string): AccountRequest {
	return { method: 'GET', path: path`/whatsapp/${flowId}` };
}

export const flow: RecordKind<'flowId'> = {
	account: kaleyra,
	resource: 'flow',
	noun: { one: 'flow', many: 'flows' },
	...namedBy(
		recordField({
			name: 'flowId',
			displayName: 'Flow ID',
			example: '1120000000000207',
			// Kaleyra lists flows by WhatsApp Business Account only.
			list: {
				method: 'searchFlows',
				search: 'required',
				hint: 'Enter the WABA ID as the search term to see its flows',
			},
		}),
	),
	look: {
		request: ({ identifiers: { flowId } }) => oneFlow(flowId),
		read: (answer, target) => {
			const { flowId } = target.identifiers;
			if (isNoSuchFlow(answer, flowId)) return notThere;
			return there(readFlow(answer, flowId)) ?? readRefusal(answer, target);
		},
	},
};
