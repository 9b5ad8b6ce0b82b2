import type { IDataObject } from 'n8n-workflow';

import { takeRequest } from '../../erasure/requests/takeRequest';
import { ownBody, secret, signedCall, signedIntake, vendors } from '../unit/requests/senders';
import { runNode, type RunOptions, type RunResult } from './engine';

export const signing = { erasureRequestSecretApi: { sender: 'shop', secret, previousSecret: '' } };

/** A row as a workflow keeps it, of a request that wants to be called back there. */
export function rowOf(url: string) {
	const { pathname, port } = new URL(url);
	const body = ownBody({
		requestId: `r${port}${pathname}`,
		records: { flyflow: ['call_1'] },
		callback: url,
	});
	const result = takeRequest(signedCall(body), signedIntake(), vendors);
	if ('refusal' in result) throw new Error('It was not taken');
	const { callback, requestKey } = result.taken;
	return { callback, requestKey };
}

/** Runs Report Status, with what the rows hold. */
export async function reportTo(
	allowedHosts: string,
	items: readonly object[],
	changes: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({
		type: 'erasureRequest',
		items: items as IDataObject[],
		credentials: signing,
		...changes,
		parameters: {
			resource: 'request',
			operation: 'reportStatus',
			protocol: 'standardWebhooks',
			callback: '={{ $json.callback }}',
			requestKey: '={{ $json.requestKey }}',
			state: 'fromReceipts',
			receipts: '={{ $json.receipts }}',
			allowedHosts,
			...changes.parameters,
		},
	});
}
