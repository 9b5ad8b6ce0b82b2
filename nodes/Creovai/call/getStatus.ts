import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import type { Operation } from '../../shared/operations/operations';
import { readingOptions } from '../../shared/parameters/idsAsWritten';
import { executeReading, fetchFrom } from '../../shared/operations/reading';
import { sessionId } from './callFields';
import { idsPerRequest, openCreovai, vendorName, type CreovaiApi } from '../creovaiApi';
import { readStatuses } from './statusReply';

export const getStatus: Operation = {
	name: 'Get Status',
	action: 'Get the status of calls',
	subtitle: 'get status of calls',
	description:
		'Get how far Creovai has got with the calls of sessions. "NotFound" means that there is no such call, for example because it was purged.',
	fields: [sessionId, readingOptions],
	example: { sessionId: '', status: 'Complete', callId: '', durationSec: 120 },
	execute: async (context) => {
		const open = async () => await openCreovai(context);
		return await executeReading(context, open, async (api, parameters) => {
			const ids = parameters.identifiers(sessionId.name, sessionId.displayName);
			const statuses: IDataObject[] = [];
			for (let start = 0; start < ids.length; start += idsPerRequest) {
				const batch = ids.slice(start, start + idsPerRequest);
				statuses.push(...(await fetchStatuses(context, api, batch)));
			}
			return statuses;
		});
	},
};

/** One status for each ID, in their order. An answer that leaves one out is not taken. */
async function fetchStatuses(
	context: IExecuteFunctions,
	api: CreovaiApi,
	sessionIds: readonly string[],
): Promise<IDataObject[]> {
	return await fetchFrom(
		context,
		vendorName,
		async () => await api.getStatus(sessionIds),
		(answer) => {
			const statuses = readStatuses(answer, sessionIds);
			const content = sessionIds.flatMap((id) => statuses?.get(id) ?? []);
			if (content.length < sessionIds.length) return undefined;
			return told(content.map((status) => ({ ...status })));
		},
	);
}
