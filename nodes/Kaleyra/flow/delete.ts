import type { INodeProperties } from 'n8n-workflow';

import type { Deletion } from '../../shared/deletion/deletion';
import { executeDeletion } from '../../shared/deletion/executeDeletion';
import type { Operation } from '../../shared/operations/operations';
import { deletionFields } from '../../shared/parameters/deletionFields';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import { openAccount } from '../../shared/sending/account';
import { path } from '../../shared/sending/path';
import { exchangeOf, manyAtOnce, type Change } from '../../shared/vendor/deleteOperation';
import { lookFor } from '../../shared/vendor/recordKind';
import { deprecation } from './deprecate';
import { flow, type FlowSelector, type FlowTarget } from './flow';
import { readDeletion } from './flowReply';
import { byStatus } from './flowStatus';
import {
	forecastDeletion,
	ifPublishedField,
	isInUse,
	publishedFinder,
	readIfPublished,
} from './ifPublished';

const scope: INodeProperties = {
	displayName:
		'This deletes a WhatsApp Flow, which is a form and holds no personal data. What customers filled in is elsewhere.',
	name: 'scopeNotice',
	type: 'notice',
	default: '',
};

/** `DELETE /whatsapp/{flow_id}`, without a "flows" in the path. */
const removal: Change<FlowSelector> = {
	request: ({ identifiers: { flowId } }) => ({ method: 'DELETE', path: path`/whatsapp/${flowId}` }),
	read: readDeletion,
};

const removalOrDeprecation: Change<FlowTarget> = {
	request: (target) => (isInUse(target) ? deprecation : removal).request(target),
	read: (answer, target) => (isInUse(target) ? deprecation : removal).read(answer, target),
};

const deletion: Deletion<FlowSelector, FlowTarget> = {
	vendor: 'kaleyra',
	resource: flow.resource,
	operation: 'delete',
	noun: flow.noun,
	defaults: { maxConcurrency: manyAtOnce, canLook: true },
	select: (parameters) => [...flow.select(parameters)],

	connect: async (context, { timeout, preview }) => {
		const ifPublished = readIfPublished(context);
		const account = await openAccount(context, flow.account, timeout);
		// A preview looks by itself.
		const looksFirst = ifPublished === 'deprecate' && !preview;
		const forecast = byStatus(forecastDeletion(ifPublished));
		return {
			address: account.details.address,
			choices: [ifPublished],
			...(looksFirst ? { finder: publishedFinder(account) } : {}),
			exchange: exchangeOf(account, removalOrDeprecation),
			preview: { kind: 'look', look: lookFor(account, flow, forecast) },
		};
	},
};

export const deleteFlow: Operation = {
	name: 'Delete',
	action: 'Delete a flow',
	subtitle: 'delete flows',
	description: 'Delete draft flows for good. Kaleyra does not delete published ones.',
	fields: [scope, ...flow.fields, ...deletionFields(deletion.defaults, [ifPublishedField])],
	example: exampleReceipt(deletion, flow.identifiers),
	execute: async (context) => await executeDeletion(context, deletion),
};
