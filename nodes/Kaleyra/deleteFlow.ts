import type { INodeProperties } from 'n8n-workflow';

import { recordByRecord } from '../../erasure/exchange';
import type { Deletion } from '../shared/deletion/deletion';
import { deletionFields } from '../shared/parameters/deletionFields';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import type { Operation } from '../shared/operations/operations';
import { flowId, maxConcurrency, noun, selectFlows } from './flowFields';
import { flowLook } from './flowLook';
import {
	forecastDeletion,
	ifPublishedField,
	isInUse,
	publishedFinder,
	readIfPublished,
} from './ifPublished';
import {
	openKaleyra,
	readDeletion,
	readDeprecation,
	vendorName,
	type FlowSelector,
	type FlowTarget,
} from './kaleyraApi';

const scope: INodeProperties = {
	displayName:
		'This deletes a WhatsApp Flow, which is a form and holds no personal data. What customers filled in is elsewhere.',
	name: 'scopeNotice',
	type: 'notice',
	default: '',
};

const deletion: Deletion<FlowSelector, FlowTarget> = {
	vendor: 'kaleyra',
	resource: 'flow',
	operation: 'delete',
	noun,
	defaults: { maxConcurrency, canLook: true },
	select: selectFlows,

	connect: async (context, { timeout, preview }) => {
		const ifPublished = readIfPublished(context);
		const api = await openKaleyra(context, timeout);
		// A preview looks by itself.
		const looksFirst = ifPublished === 'deprecate' && !preview;
		return {
			address: api.address,
			choices: [ifPublished],
			...(looksFirst ? { finder: publishedFinder(api) } : {}),
			exchange: recordByRecord({
				vendorName,
				send: async (target) => {
					const id = target.identifiers.flowId;
					return isInUse(target) ? await api.deprecateFlow(id) : await api.deleteFlow(id);
				},
				read: (answer, target) =>
					isInUse(target) ? readDeprecation(answer, target) : readDeletion(answer, target),
			}),
			preview: { kind: 'look', look: flowLook(api, forecastDeletion(ifPublished)) },
		};
	},
};

export const deleteFlow: Operation = {
	name: 'Delete',
	action: 'Delete a flow',
	subtitle: 'delete flows',
	description: 'Delete draft flows for good. Kaleyra does not delete published ones.',
	fields: [scope, flowId, ...deletionFields(deletion.defaults, [ifPublishedField])],
	execute: async (context) => await executeDeletion(context, deletion),
};
