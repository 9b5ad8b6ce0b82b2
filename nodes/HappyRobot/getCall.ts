import { UserError } from 'n8n-workflow';

import { told } from '../../erasure/reading';
import type { Operation } from '../shared/operations/operations';
import { executeReading, fetchFrom } from '../shared/operations/reading';
import { callIds, readCallIds } from './callFields';
import { openHappyRobot, readCall, vendorName } from './happyRobotApi';
import { isNotThere } from './notThere';

export const getCall: Operation = {
	name: 'Get',
	action: 'Get a call',
	subtitle: 'get call',
	description: 'Get a call with its notes (documented by name only: the request is inferred)',
	fields: [callIds],
	execute: async (context) => {
		const api = await openHappyRobot(context);
		return await executeReading(context, async (parameters) => {
			const calls = [];
			for (const id of readCallIds(parameters)) {
				const call = await fetchFrom(
					context,
					vendorName,
					async () => await api.getCall(id),
					(answer) => {
						if (isNotThere(answer, 'call', [id])) return told(undefined);
						const content = readCall(answer, id);
						return content && told(content);
					},
				);
				if (call === undefined) {
					throw new UserError(
						`HappyRobot has no call "${id}" (item ${parameters.itemIndex}). Check Call ID`,
					);
				}
				calls.push(call);
			}
			return calls;
		});
	},
};
