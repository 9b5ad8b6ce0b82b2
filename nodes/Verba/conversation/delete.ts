import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { recordByRecord } from '../../../erasure/exchange';
import { notDocumented, understood, type Reading } from '../../../erasure/reading';
import { notErased } from '../../../erasure/outcome';
import type { Answer } from '../../../erasure/reply';
import type { Selector } from '../../../erasure/target';
import type { Deletion } from '../../shared/deletion/deletion';
import { deletionFields } from '../../shared/parameters/deletionFields';
import { readOptions } from '../../shared/parameters/deletionSettings';
import { executeDeletion } from '../../shared/deletion/executeDeletion';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import type { Operation } from '../../shared/operations/operations';
import {
	conversationNoun,
	identifyBy,
	readSelectors,
	selectionFields,
	shownIdentifiers,
	type IdentifyBy,
} from './conversationFields';
import {
	conversationFinder,
	describeContradiction,
	describeRefusal,
	isPutOff,
	readSighting,
	type ConversationTarget,
} from './findConversation';
import { mostAtOnce, openVerba, vendorName } from '../verbaApi';
import { namesOnly, readReply, type VerbaReply } from '../verbaReply';
import { actions } from '../verbaRequest';

const lookFirst: INodeProperties = {
	displayName: 'Look First',
	name: 'lookFirst',
	type: 'boolean',
	default: true,
	description:
		'Whether to look at each conversation before it is deleted. Without it, a conversation marked "do not delete" is sent anyway, and the outcome is "accepted" at best: Verba gives the same answer for a deleted conversation and for one that is still going on. With anything but a Call ID the node always looks.',
};

const deletion: Deletion<Selector, ConversationTarget> = {
	vendor: 'verba',
	resource: 'conversation',
	operation: 'delete',
	noun: conversationNoun,
	defaults: { maxConcurrency: mostAtOnce, canLook: true },

	select: readSelectors,

	connect: async (context, settings) => {
		const api = await openVerba(context, settings.timeout);
		const by = context.getNodeParameter(identifyBy.name, 0) as IdentifyBy;
		const looksFirst = by !== 'callID' || readLookFirst(context);
		// A preview looks at call IDs anyway.
		const mustFind = looksFirst && !(by === 'callID' && settings.preview);
		return {
			address: api.address,
			choices: [looksFirst ? 'lookFirst' : 'sendUnseen'],
			exchange: recordByRecord({
				vendorName,
				send: async ({ identifiers }) => await api.deleteCall(identifiers.callID),
				read: readDeletion,
			}),
			...(mustFind ? { finder: conversationFinder(api, by, settings.preview) } : {}),
			preview: {
				kind: 'look',
				look: {
					send: async ({ identifiers }) => await api.getCallInformation(identifiers),
					read: readSighting,
				},
			},
		};
	},
};

function readLookFirst(context: IExecuteFunctions): boolean {
	return readOptions(context).boolean(lookFirst.name, lookFirst.displayName, true);
}

/**
 * Verba documents one answer for two things: the conversation is deleted, or it is marked because it
 * is still going on. Only a look before tells which.
 */
function readDeletion(answer: Answer, target: ConversationTarget): Reading {
	const reply = readReply(answer, actions.deleteCall);
	switch (reply?.kind) {
		case undefined:
			return notDocumented;
		case 'success':
			return readSuccess(reply, target);
		case 'contradiction':
			return understood(
				target,
				notErased(
					'unknown',
					'notUnderstood',
					`${describeContradiction(answer)}. Look for the record at ${vendorName}`,
				),
			);
		case 'notFound': {
			const vendorResponse = { code: reply.code, ErrorMessage: reply.words };
			return understood(target, { outcome: 'notFound', evidence: 'confirmed', vendorResponse });
		}
		case 'refusal':
			return readRefusal(reply, target);
	}
}

function readRefusal(
	{ code, words }: Extract<VerbaReply, { kind: 'refusal' }>,
	target: ConversationTarget,
): Reading {
	const vendorResponse = { code, ErrorMessage: words };
	const why = describeRefusal(code, words, target);
	return isPutOff(words)
		? { kind: 'again', otherwise: notErased('failed', 'vendorError', why, vendorResponse) }
		: understood(target, notErased('refused', 'refusedByVendor', why, vendorResponse));
}

function readSuccess(
	{ root, wellFormed }: Extract<VerbaReply, { kind: 'success' }>,
	target: ConversationTarget,
): Reading {
	if (!wellFormed || !namesOnly(root, target.identifiers.callID)) return notDocumented;
	const vendorResponse = { code: '0' };
	return understood(
		target,
		target.finished === true
			? { outcome: 'deleted', evidence: 'confirmed', vendorResponse }
			: { outcome: 'accepted', evidence: 'accepted', vendorResponse },
	);
}

export const deleteConversation: Operation = {
	name: 'Delete',
	action: 'Delete a conversation',
	// Without the long noun: the canvas has room for 28 characters, and has to show what a test run does.
	subtitle: 'delete',
	description:
		'Delete conversations for good. One that is still going on is marked and deleted once it is over.',
	fields: [...selectionFields, ...deletionFields(deletion.defaults, [lookFirst])],
	example: exampleReceipt(deletion, shownIdentifiers),
	execute: async (context) => await executeDeletion(context, deletion),
};
