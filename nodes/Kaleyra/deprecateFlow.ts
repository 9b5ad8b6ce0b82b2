import { recordByRecord } from '../../erasure/exchange';
import type { Deletion } from '../shared/deletion/deletion';
import { deletionFields, type Verb } from '../shared/parameters/deletionFields';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import type { Operation } from '../shared/operations/operations';
import { flowId, maxConcurrency, noun, selectFlows } from './flowFields';
import { flowLook, type Forecast } from './flowLook';
import {
	openKaleyra,
	readDeprecation,
	vendorName,
	type FlowSelector,
	type FlowStatus,
} from './kaleyraApi';

const toDeprecate: Verb = { base: 'deprecate', title: 'Deprecate', done: 'deprecated' };

const deprecation: Deletion<FlowSelector> = {
	vendor: 'kaleyra',
	resource: 'flow',
	operation: 'deprecate',
	noun,
	defaults: {
		maxConcurrency,
		// A deprecated flow stays: to look whether it is gone would say nothing.
		canLook: false,
		verb: toDeprecate,
	},
	select: selectFlows,

	connect: async (context, { timeout }) => {
		const api = await openKaleyra(context, timeout);
		return {
			address: api.address,
			exchange: recordByRecord({
				vendorName,
				send: async ({ identifiers }) => await api.deprecateFlow(identifiers.flowId),
				read: readDeprecation,
			}),
			preview: { kind: 'look', look: flowLook(api, forecast) },
		};
	},
};

function forecast(status: FlowStatus): Forecast {
	switch (status) {
		case 'PUBLISHED':
		case 'THROTTLED':
		case 'BLOCKED':
			return { wouldBe: 'deprecated' };
		case 'DRAFT':
			return {
				wouldBe: 'refused',
				note: 'This flow is a draft, and Kaleyra deprecates published flows only. To delete it, use the operation Delete',
			};
		case 'DEPRECATED':
			return { wouldBe: 'refused', note: 'This flow is deprecated already' };
	}
}

export const deprecateFlow: Operation = {
	name: 'Deprecate',
	action: 'Deprecate a flow',
	subtitle: 'deprecate flows',
	description: 'Withdraw published flows from use, for good. They stay at Kaleyra.',
	verb: toDeprecate,
	fields: [flowId, ...deletionFields(deprecation.defaults)],
	execute: async (context) => await executeDeletion(context, deprecation),
};
