import type { Look } from '../../erasure/exchange';
import { quoteVendor } from '../../erasure/mask';
import { told, type Sighting } from '../../erasure/reading';
import {
	isNoSuchFlow,
	readFlow,
	readRefusal,
	readStatus,
	type FlowSelector,
	type FlowStatus,
	type KaleyraApi,
} from './kaleyraApi';

/** What a change would most likely come to for a flow in a given state. */
export type Forecast = Omit<Extract<Sighting, { found: true }>, 'found'>;

/** Looks at flows, for previews and to make sure afterwards. */
export function flowLook(
	api: KaleyraApi,
	forecast: (status: FlowStatus) => Forecast,
): Look<FlowSelector> {
	return {
		send: async ({ identifiers }) => await api.getFlow(identifiers.flowId),
		read: (answer, target) => {
			if (isNoSuchFlow(answer, target.identifiers.flowId)) return told({ found: false });
			const flow = readFlow(answer, target.identifiers.flowId);
			if (flow === undefined) return readRefusal(answer, target);
			const status = readStatus(flow);
			const unknown = { wouldBe: 'unknown', note: describeUnknownStatus(flow.status) } as const;
			return told({ found: true, ...(status === undefined ? unknown : forecast(status)) });
		},
	};
}

export function describeUnknownStatus(status: unknown): string {
	return typeof status === 'string'
		? `Kaleyra gives the status "${quoteVendor(status)}", which it does not document`
		: 'Kaleyra gives no status for this flow';
}
