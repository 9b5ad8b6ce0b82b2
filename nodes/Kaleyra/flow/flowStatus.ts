import type { IDataObject } from 'n8n-workflow';

import { quoteVendor } from '../../../erasure/mask';
import type { Forecast } from '../../shared/vendor/recordKind';

/**
 * Inferred: Kaleyra's text names these states, Meta, whose flows they are, writes them like this.
 */
export const flowStatuses = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;

export type FlowStatus = (typeof flowStatuses)[number];

/** The flow's status, or undefined where it is not a known one. */
export function readStatus({ status }: IDataObject): FlowStatus | undefined {
	const text = typeof status === 'string' ? status.toUpperCase() : undefined;
	return flowStatuses.find((known) => known === text);
}

/** What a change would most likely do to a flow, by its status. */
export function byStatus(
	forecast: (status: FlowStatus) => Forecast,
): (flow: IDataObject) => Forecast {
	return (flow) => {
		const status = readStatus(flow);
		if (status !== undefined) return forecast(status);
		return { wouldBe: 'unknown', note: describeUnknownStatus(flow.status) };
	};
}

export function describeUnknownStatus(status: unknown): string {
	return typeof status === 'string'
		? `Kaleyra gives the status "${quoteVendor(status)}", which it does not document`
		: 'Kaleyra gives no status for this flow';
}
