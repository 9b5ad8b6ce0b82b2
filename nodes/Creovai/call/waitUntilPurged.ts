import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Connection } from '../../shared/deletion/deletion';
import { OptionReader } from '../../shared/parameters/deletionSettings';
import { idsPerRequest, vendorName, type CreovaiApi } from '../creovaiApi';
import { readGone } from './statusReply';

export const waitUntilPurged: INodeProperties = {
	displayName: 'Wait Until Purged',
	name: 'waitUntilPurged',
	type: 'number',
	default: 0,
	typeOptions: { minValue: 0 },
	description:
		'Seconds to keep asking whether the calls are gone. Those that are by then count as deleted, the others as accepted. 0 does not wait.',
};

/**
 * How the purges that Creovai took on are followed, if the user wants to wait for them.
 *
 * @throws UserError if the option holds no number of seconds
 */
export function readFollowUp(
	context: IExecuteFunctions,
	api: CreovaiApi,
): Pick<Connection, 'followUp'> {
	const { name, displayName } = waitUntilPurged;
	const options = new OptionReader(context.getNodeParameter('options', 0, {}));
	const seconds = options.number(name, displayName, 0, 0);
	if (seconds === 0) return {};
	return {
		followUp: {
			vendorName,
			forMs: seconds * 1000,
			idsPerRequest,
			send: async (sessionIds) => await api.getStatus(sessionIds),
			readGone,
		},
	};
}
