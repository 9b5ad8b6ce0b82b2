import { path } from '../../shared/sending/path';
import { deleteOperation, type Change } from '../../shared/vendor/deleteOperation';
import type { Forecast } from '../../shared/vendor/recordKind';
import { flow, type FlowSelector } from './flow';
import { readDeprecation } from './flowReply';
import { byStatus, type FlowStatus } from './flowStatus';

/** https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-deprecate-flow */
export const deprecation: Change<FlowSelector> = {
	request: ({ identifiers: { flowId } }) => ({
		method: 'POST',
		path: path`/whatsapp/${flowId}/deprecate`,
	}),
	read: readDeprecation,
};

export const deprecateFlow = deleteOperation(flow, {
	...deprecation,
	description: 'Withdraw published flows from use, for good. They stay at Kaleyra.',
	verb: { base: 'deprecate', title: 'Deprecate', done: 'deprecated' },
	forecast: byStatus(forecast),
});

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
