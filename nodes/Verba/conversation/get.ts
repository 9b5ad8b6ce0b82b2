import { UserError } from 'n8n-workflow';

import { told } from '../../../erasure/reading';
import { notErased } from '../../../erasure/outcome';
import { showTarget } from '../../../erasure/target';
import type { Operation } from '../../shared/operations/operations';
import { readingOptions } from '../../shared/parameters/idsAsWritten';
import { executeReading, fetchFrom } from '../../shared/operations/reading';
import { readSelectors, selectionFields } from './conversationFields';
import { exampleConversation } from './exampleConversation';
import { isUnsettled, readInformation, readUnsettled } from './findConversation';
import { openVerba, vendorName } from '../verbaApi';

export const getConversation: Operation = {
	name: 'Get',
	action: 'Get a conversation',
	subtitle: 'get conversation',
	description: 'Get what Verba knows of a conversation: parties, times, whether it may be deleted',
	fields: [...selectionFields, readingOptions],
	example: exampleConversation,
	execute: async (context) => {
		const api = await openVerba(context);
		return await executeReading(context, async (parameters) => {
			const conversations = [];
			for (const selector of readSelectors(parameters)) {
				const fields = await fetchFrom(
					context,
					vendorName,
					async () => await api.getCallInformation(selector.identifiers),
					(answer) => {
						const information = readInformation(answer, selector);
						if (information?.kind === 'refused') {
							return { kind: 'refused', why: notErased('failed', 'vendorError', information.why) };
						}
						if (information?.kind === 'notFound') return told(undefined);
						if (information !== undefined && isUnsettled(information)) {
							return readUnsettled(information);
						}
						return information && told(information.conversation.fields);
					},
				);
				if (fields === undefined) {
					const shown = Object.values(showTarget(selector)).join(', ');
					throw new UserError(
						`Verba has no conversation for "${shown}" (item ${parameters.itemIndex}). Check Identify By and Identifier`,
					);
				}
				conversations.push(fields);
			}
			return conversations;
		});
	},
};
