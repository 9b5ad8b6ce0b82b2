import type { Inspection, Sightings } from '../../../erasure/inspection';
import { told, type Reading } from '../../../erasure/reading';
import type { Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import { recheckOperation } from '../../shared/operations/recheckReceipts';
import { idsPerRequest, openCreovai, vendorName, type CreovaiApi } from '../creovaiApi';
import { mostAtOnce } from '../call/purge';
import { isGone, readStatuses } from '../call/statusReply';

type Session = Target<'sessionId'>;

/** By session ID alone, which is all that the call status API takes. */
export const recheckReceipts = recheckOperation({
	vendor: 'creovai',
	vendorName,
	maxConcurrency: mostAtOnce,
	example: { resource: 'call', identifiers: ['callId', 'sessionId'] },
	connect: async (context, timeout) => {
		const api = await openCreovai(context, timeout);
		return {
			address: api.address,
			looks: { call: { identifiers: ['sessionId'], inspection: inspectionBy(api) } },
		};
	},
});

function inspectionBy(api: CreovaiApi): Inspection<Session> {
	return {
		targetsPerRequest: idsPerRequest,
		send: async (sessions) => await api.getStatus(sessions.map(idOf)),
		read: readSightings,
	};
}

/** Whatever status a session has but "NotFound": its call is there. */
function readSightings(
	answer: Answer,
	sessions: readonly Session[],
): Reading<Sightings> | undefined {
	const statuses = readStatuses(answer, sessions.map(idOf));
	if (statuses === undefined) return undefined;
	const sightings = sessions.flatMap((session) => {
		const status = statuses.get(idOf(session));
		if (status === undefined) return [];
		const sighting = isGone(status)
			? ({ found: false } as const)
			: ({ found: true, wouldBe: 'accepted' } as const);
		return [[session, sighting] as const];
	});
	return told(new Map(sightings));
}

function idOf({ identifiers: { sessionId } }: Session): string {
	return sessionId;
}
