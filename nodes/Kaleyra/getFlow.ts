import { UserError } from 'n8n-workflow';

import { told } from '../../erasure/reading';
import type { Operation } from '../shared/operations/operations';
import { executeReading, fetchFrom } from '../shared/operations/reading';
import { flowId } from './flowFields';
import { isNoSuchFlow, openKaleyra, readFlow, readRefusal, vendorName } from './kaleyraApi';

export const getFlow: Operation = {
	name: 'Get',
	action: 'Get a flow',
	subtitle: 'get flow',
	description: 'Get a flow with its status',
	fields: [flowId],
	execute: async (context) => {
		const api = await openKaleyra(context);
		return await executeReading(context, async (parameters) => {
			const flows = [];
			for (const id of parameters.identifiers(flowId.name, flowId.displayName)) {
				const flow = await fetchFrom(
					context,
					vendorName,
					async () => await api.getFlow(id),
					(answer) => {
						if (isNoSuchFlow(answer)) return told(undefined);
						const content = readFlow(answer, id);
						return content === undefined ? readRefusal(answer) : told(content);
					},
				);
				if (flow === undefined) {
					throw new UserError(
						`Kaleyra has no flow "${id}" for this account (item ${parameters.itemIndex}). Check Flow ID`,
					);
				}
				flows.push(flow);
			}
			return flows;
		});
	},
};
