import { UserError } from 'n8n-workflow';

import { told } from '../../erasure/reading';
import type { Operation } from '../shared/operations/operations';
import { executeReading, fetchFrom } from '../shared/operations/reading';
import { callId } from './callFields';
import { isNotFound, openFlyflow, readCall, vendorName } from './flyflowApi';

export const getCall: Operation = {
	name: 'Get',
	action: 'Get a call',
	subtitle: 'get call',
	description: 'Get a call with its transcript',
	fields: [callId],
	execute: async (context) => {
		const api = await openFlyflow(context);
		return await executeReading(context, async (parameters) => {
			const calls = [];
			for (const id of parameters.identifiers(callId.name, callId.displayName)) {
				const call = await fetchFrom(
					context,
					vendorName,
					async () => await api.getCall(id),
					(answer) => {
						if (isNotFound(answer, id)) return told(undefined);
						const content = readCall(answer, id);
						return content && told(content);
					},
				);
				if (call === undefined) {
					throw new UserError(
						`Flyflow has no call "${id}" (item ${parameters.itemIndex}). Check Call ID`,
					);
				}
				calls.push(call);
			}
			return calls;
		});
	},
};
