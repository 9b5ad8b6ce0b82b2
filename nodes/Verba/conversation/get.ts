import type { Selector } from '../../../erasure/target';
import { getOperationOf } from '../../shared/vendor/getOperation';
import { openVerba, vendorName } from '../verbaApi';
import { conversationNoun, readSelectors, selectionFields } from './conversationFields';
import { exampleConversation } from './exampleConversation';
import { readShown } from './findConversation';

export const getConversation = getOperationOf<Selector>(
	{
		vendorName,
		noun: conversationNoun,
		fields: selectionFields,
		namingFields: ['Identify By', 'Identifier'],
		select: readSelectors,
		open: async (context) => {
			const api = await openVerba(context);
			return async ({ identifiers }) => await api.getCallInformation(identifiers);
		},
		read: readShown,
	},
	{
		description:
			'Get what Verba knows of a conversation: parties, times, whether it may be deleted',
		example: exampleConversation,
	},
);
