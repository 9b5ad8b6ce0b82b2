import type { INodeProperties } from 'n8n-workflow';

import type { Exchange } from '../../../erasure/exchange';
import type { Deletion } from '../../shared/deletion/deletion';
import { deletionFields, type DeletionDefaults } from '../../shared/parameters/deletionFields';
import {
	idsPerRequest,
	nameOf,
	openCreovai,
	toCallTarget,
	vendorName,
	type CallIdentifier,
	type CallTarget,
	type CreovaiApi,
} from '../creovaiApi';
import { readPurge } from './purgeReply';
import { readFollowUp, waitUntilPurged } from './waitUntilPurged';

/** A ceiling. Creovai documents no limits; with 100 IDs in a request, few requests carry much. */
export const mostAtOnce = 16;

const defaults: DeletionDefaults = { maxConcurrency: mostAtOnce, canLook: false };

/** What all purge operations have in common. */
export const purgeOfCalls = {
	vendor: 'creovai',
	resource: 'call',
	noun: { one: 'call', many: 'calls' },
	defaults,
} as const;

/** The fields that purge operations have after their own, with options of theirs. */
export function purgeFieldsWith(...own: readonly INodeProperties[]): INodeProperties[] {
	return deletionFields(defaults, [waitUntilPurged, ...own]);
}

/** A purge of calls that the user names by one of their two IDs. */
export function purgeById(
	operation: string,
	identifier: CallIdentifier,
	field: INodeProperties,
): Deletion<CallTarget> {
	return {
		...purgeOfCalls,
		operation,
		select: (parameters) =>
			parameters
				.identifiers(field.name, field.displayName)
				.map((id) => toCallTarget(identifier, id)),
		connect: async (context, { timeout }) => {
			const api = await openCreovai(context, timeout);
			return {
				address: api.address,
				exchange: purgeExchange(api),
				// `whatIf` is documented only for purging by customer.
				preview: {
					kind: 'blind',
					preview: {
						found: null,
						wouldBe: 'accepted',
						note: `Creovai offers no way to look up a call by its ${field.displayName} without purging it`,
					},
				},
				...readFollowUp(context, api),
			};
		},
	};
}

/** Purges exact calls, each named by its call ID or its session ID. */
export function purgeExchange(api: CreovaiApi): Exchange<CallTarget> {
	return {
		vendorName,
		targetsPerRequest: idsPerRequest,
		// Each kind of ID has an address of its own.
		groupOf: (target) => nameOf(target).identifier,
		repeatable: true,
		send: async (targets) => {
			const names = targets.map(nameOf);
			return await api.purge(
				identifierOf(targets),
				names.map(({ id }) => id),
			);
		},
		read: (answer, targets) => readPurge(answer, targets, identifierOf(targets)),
	};
}

/** By what all calls of a request are named: they are of one group. */
function identifierOf(targets: readonly CallTarget[]): CallIdentifier {
	return targets.every((target) => nameOf(target).identifier === 'callId') ? 'callId' : 'sessionId';
}
