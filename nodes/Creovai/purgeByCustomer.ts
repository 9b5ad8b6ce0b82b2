import { UserError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { single, type Exchange } from '../../erasure/exchange';
import type { Finder } from '../../erasure/find';
import type { Connection, Deletion } from '../shared/deletion/deletion';
import type { DeletionSettings } from '../shared/parameters/deletionSettings';
import { executeDeletion } from '../shared/deletion/executeDeletion';
import { exampleReceipt } from '../shared/receipts/exampleReceipt';
import type { Operation } from '../shared/operations/operations';
import {
	openCreovai,
	vendorName,
	type CallTarget,
	type CreovaiApi,
	type Customer,
} from './creovaiApi';
import { readCustomerPurge, readFound } from './customerReply';
import { phoneNumber, selectCustomers } from './phoneNumber';
import { purgeExchange, purgeFields, purgeOfCalls } from './purge';
import { readFollowUp } from './waitUntilPurged';

const purgeStrategy: INodeProperties = {
	displayName: 'Purge Strategy',
	name: 'purgeStrategy',
	type: 'options',
	noDataExpression: true,
	default: 'find',
	description: 'How to get from a phone number to the calls that are purged',
	options: [
		{
			name: 'Find, Then Purge Exactly Those',
			value: 'find',
			description:
				'Ask which calls the number stands for, check their count and the approved plan, then purge these calls by their IDs',
		},
		{
			name: 'Purge by Phone Number',
			value: 'direct',
			description:
				'Purge whatever the number stands for in one request. Maximum Targets counts numbers then, not calls.',
		},
	],
};

const deletion: Deletion<Customer, CallTarget | Customer> = {
	...purgeOfCalls,
	operation: 'purgeByCustomer',
	select: selectCustomers,
	connect: async (context, settings) => {
		const api = await openCreovai(context, settings.timeout);
		const isDirect = readIsDirect(context, settings);
		return {
			address: api.address,
			// A preview shows the calls themselves, whichever way they would be purged.
			...(isDirect && !settings.preview ? direct(api) : findThenPurge(api)),
			preview: { kind: 'blind', preview: { found: true, wouldBe: 'accepted' } },
			...readFollowUp(context, api),
		};
	},
};

function readIsDirect(context: IExecuteFunctions, settings: DeletionSettings): boolean {
	const strategy: unknown = context.getNodeParameter(purgeStrategy.name, 0, 'find');
	if (strategy === 'find') return false;
	if (strategy !== 'direct') {
		throw new UserError('Purge Strategy is not known. Choose it again');
	}
	if (settings.approvedPlan !== '' && !settings.preview) {
		throw new UserError(
			'An Approved Plan names calls, and Purge by Phone Number purges whatever the number stands for by then. Set Purge Strategy to Find, Then Purge Exactly Those, or remove the plan',
		);
	}
	return true;
}

function findThenPurge(
	api: CreovaiApi,
): Pick<Connection<Customer, CallTarget>, 'exchange' | 'finder'> {
	const finder: Finder<Customer, CallTarget> = {
		send: async ({ identifiers }) => await api.findByCustomer(identifiers.phoneNumber),
		read: readFound,
	};
	return { exchange: purgeExchange(api), finder };
}

function direct(api: CreovaiApi): Pick<Connection<Customer>, 'exchange'> {
	const exchange: Exchange<Customer> = {
		vendorName,
		targetsPerRequest: 1,
		// A moment later the number may stand for other calls.
		repeatable: false,
		send: async (targets) => await api.purgeByCustomer(single(targets).identifiers.phoneNumber),
		read: (answer, targets) => readCustomerPurge(answer, single(targets)),
	};
	return { exchange };
}

export const purgeByCustomer: Operation = {
	name: 'Purge by Customer',
	action: 'Purge calls by customer phone number',
	subtitle: 'purge calls',
	description: "Purge all calls of a customer's phone number for good",
	fields: [phoneNumber, purgeStrategy, ...purgeFields],
	example: exampleReceipt(deletion, ['callId', 'sessionId', 'phoneNumber']),
	execute: async (context) => await executeDeletion(context, deletion),
};
