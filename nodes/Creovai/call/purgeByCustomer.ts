import { UserError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { single, type Exchange } from '../../../erasure/exchange';
import type { Finder } from '../../../erasure/find';
import type { Connection, Deletion } from '../../shared/deletion/deletion';
import type { DeletionSettings } from '../../shared/parameters/deletionSettings';
import { executeDeletion } from '../../shared/deletion/executeDeletion';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import type { OtherNotations } from '../../shared/parameters/phoneNotations';
import type { Operation } from '../../shared/operations/operations';
import {
	openCreovai,
	vendorName,
	type CallTarget,
	type CreovaiApi,
	type Customer,
} from '../creovaiApi';
import { readCustomerPurge, readFound } from './customerReply';
import { otherNotations, readOtherNotations } from './otherNotations';
import { inNotations, isInNotation, phoneNumber, selectCustomers } from './phoneNumber';
import { purgeExchange, purgeFieldsWith, purgeOfCalls } from './purge';
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
				'Ask which calls belong to the number, check their count and the approved plan, then purge these calls by their IDs',
		},
		{
			name: 'Purge by Phone Number',
			value: 'direct',
			description:
				'Purge all calls of the number in one request. Maximum Targets then counts numbers, not calls.',
		},
	],
};

const deletion: Deletion<Customer, CallTarget | Customer> = {
	...purgeOfCalls,
	operation: 'purgeByCustomer',
	select: (parameters) => {
		const customers = selectCustomers(parameters);
		const others = parameters.setting(readOtherNotations);
		const isDirect = parameters.setting(readStrategy) === 'direct';
		return isDirect ? customers.flatMap((customer) => inNotations(customer, others)) : customers;
	},
	connect: async (context, settings) => {
		const api = await openCreovai(context, settings.timeout);
		const isDirect = checkStrategy(context, settings);
		const finder = finderOf(api, readOtherNotations(context));
		return {
			address: api.address,
			// A preview shows the calls themselves, whichever way they would be purged.
			...(isDirect && !settings.preview ? direct(api) : { exchange: purgeExchange(api), finder }),
			preview: { kind: 'blind', preview: { found: true, wouldBe: 'accepted' } },
			...readFollowUp(context, api),
		};
	},
};

function readStrategy(context: IExecuteFunctions): unknown {
	return context.getNodeParameter(purgeStrategy.name, 0, 'find');
}

/** @returns whether numbers are purged as they stand */
function checkStrategy(context: IExecuteFunctions, settings: DeletionSettings): boolean {
	const strategy = readStrategy(context);
	if (strategy === 'find') return false;
	if (strategy !== 'direct') {
		throw new UserError('Purge Strategy is not known. Choose it again');
	}
	if (settings.approvedPlan !== '' && !settings.preview) {
		throw new UserError(
			'An Approved Plan names calls, but Purge by Phone Number purges whatever calls the number has by then. Set Purge Strategy to Find, Then Purge Exactly Those, or remove the plan',
		);
	}
	return true;
}

/** Asks for each number in all of its notations. */
function finderOf(api: CreovaiApi, others: OtherNotations): Finder<Customer, CallTarget> {
	return {
		questionsOf: (customer) =>
			isInNotation(customer) ? [customer] : inNotations(customer, others),
		send: async ({ identifiers }) => await api.findByCustomer(identifiers.phoneNumber),
		read: readFound,
	};
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
	fields: [phoneNumber, purgeStrategy, ...purgeFieldsWith(otherNotations)],
	example: exampleReceipt(deletion, ['callId', 'sessionId', 'phoneNumber', 'notation']),
	execute: async (context) => await executeDeletion(context, deletion),
};
