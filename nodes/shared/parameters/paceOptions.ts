import type { INodeProperties } from 'n8n-workflow';

import { defaultTimeoutMs, longestTimeoutMs } from '../sending/timeouts';

export const mostConcurrency = 256;

/**
 * The options of how fast requests are sent, and how long their answers are waited for.
 *
 * @param maxConcurrency requests in flight that the vendor takes without trouble
 */
export function paceOptions(maxConcurrency: number): INodeProperties[] {
	return [
		{
			displayName: 'Maximum Concurrency',
			name: 'maxConcurrency',
			type: 'number',
			default: maxConcurrency,
			typeOptions: { minValue: 1, maxValue: mostConcurrency, numberPrecision: 0 },
			description:
				'The most requests under way at once. Fewer are used when the vendor slows down.',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0 },
			description: 'The most requests started in a second. 0 sets no limit.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			default: defaultTimeoutMs,
			typeOptions: { minValue: 1, maxValue: longestTimeoutMs, numberPrecision: 0 },
			description: 'Milliseconds to wait for a reply before it counts as lost',
		},
	];
}
