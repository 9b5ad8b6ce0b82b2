import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Finder, Finding } from '../../../erasure/find';
import { notErased } from '../../../erasure/outcome';
import { told } from '../../../erasure/reading';
import { readOptions } from '../../shared/parameters/deletionSettings';
import type { OpenAccount } from '../../shared/sending/account';
import type { Forecast } from '../../shared/vendor/recordKind';
import { oneFlow, type FlowSelector, type FlowTarget } from './flow';
import { isNoSuchFlow, readFlow, readRefusal } from './flowReply';
import { describeUnknownStatus, readStatus, type FlowStatus } from './flowStatus';

/** What becomes of a flow that is not a draft, which Kaleyra does not delete. */
export type IfPublished = 'refuse' | 'deprecate';

export const ifPublishedField: INodeProperties = {
	displayName: 'If Published',
	name: 'ifPublished',
	type: 'options',
	default: 'refuse',
	description: 'What to do with a published flow, which Kaleyra does not delete',
	options: [
		{
			name: 'Deprecate Instead',
			value: 'deprecate',
			description:
				'Withdraw it from use, for good. The flow stays at Kaleyra. Takes one more request per flow.',
		},
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Leave it as it is and report it as refused',
		},
	],
};

/** @throws UserError if the option holds anything else */
export function readIfPublished(context: IExecuteFunctions): IfPublished {
	const { name, displayName } = ifPublishedField;
	return readOptions(context).choice(name, displayName, ['refuse', 'deprecate']);
}

/** What deleting would do. */
export function forecastDeletion(ifPublished: IfPublished): (status: FlowStatus) => Forecast {
	return (status) => {
		if (status === 'DRAFT') return { wouldBe: 'deleted' };
		const state = `This flow is ${status.toLowerCase()}, and Kaleyra deletes drafts only`;
		if (ifPublished === 'deprecate') {
			const note = status === 'DEPRECATED' ? `${state}. Nothing would be sent` : state;
			return { wouldBe: 'deprecated', note };
		}
		if (status === 'DEPRECATED') return { wouldBe: 'refused', note: state };
		const wayOut = "To deprecate it, set If Published to Deprecate Instead in the node's options";
		return { wouldBe: 'refused', note: `${state}. ${wayOut}` };
	};
}

/**
 * Looks at each flow before anything is changed: only what is seen to be in use is deprecated, and
 * only what is seen to be a draft is deleted. The look changes nothing, so one that goes wrong
 * leaves no doubt about the flow.
 */
export function publishedFinder({ send }: OpenAccount): Finder<FlowSelector, FlowTarget> {
	return {
		selectorsNameRecords: true,
		send: async ({ identifiers }) => await send(oneFlow(identifiers.flowId)),
		read: (answer, selector) => {
			const flow = readFlow(answer, selector.identifiers.flowId);
			if (flow !== undefined) return told(findByStatus(selector, readStatus(flow), flow.status));
			return isNoSuchFlow(answer, selector.identifiers.flowId)
				? told(noSuchFlow)
				: readRefusal(answer, selector);
		},
	};
}

function findByStatus(
	selector: FlowSelector,
	status: FlowStatus | undefined,
	asGiven: unknown,
): Finding<FlowTarget> {
	switch (status) {
		case 'DRAFT':
		case 'PUBLISHED':
		case 'THROTTLED':
		case 'BLOCKED':
			return { kind: 'targets', targets: [{ ...selector, status }] };
		case 'DEPRECATED':
			return { kind: 'settled', verdict: alreadyDeprecated };
		case undefined: {
			const message = `${describeUnknownStatus(asGiven)}, so nothing was sent. To delete without checking the status, set If Published to Refuse`;
			return { kind: 'settled', verdict: notErased('failed', 'notUnderstood', message) };
		}
	}
}

const alreadyDeprecated = {
	outcome: 'deprecated',
	evidence: 'confirmed',
	reason: {
		code: 'alreadyDeprecated',
		message: 'It was deprecated before; nothing that changes it was sent',
	},
} as const;

const noSuchFlow = {
	kind: 'settled',
	verdict: { outcome: 'notFound', evidence: 'confirmed' },
} as const;

/** Whether this flow was looked at and is not a draft, so that it is to be deprecated. */
export function isInUse({ status }: FlowTarget): boolean {
	return status !== undefined && status !== 'DRAFT';
}
