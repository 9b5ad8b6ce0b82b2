import { oneByOne } from '../../../erasure/inspection';
import type { Look } from '../../../erasure/exchange';
import { recheckOperation } from '../../shared/operations/recheckReceipts';
import { readSighting, type ConversationTarget } from '../conversation/findConversation';
import { mostAtOnce, openVerba, vendorName } from '../verbaApi';

/** By Call ID alone: any other selector may stand for another conversation by now. */
export const recheckReceipts = recheckOperation({
	vendor: 'verba',
	vendorName,
	maxConcurrency: mostAtOnce,
	example: { resource: 'conversation', identifiers: ['callID'] },
	connect: async (context, timeout) => {
		const api = await openVerba(context, timeout);
		const look: Look<ConversationTarget> = {
			send: async ({ identifiers }) => await api.getCallInformation(identifiers),
			read: readSighting,
		};
		return {
			address: api.address,
			looks: { conversation: { identifiers: ['callID'], inspection: oneByOne(look) } },
		};
	},
});
