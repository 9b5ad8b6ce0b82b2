import { deniesSuccess } from '../../../erasure/contradiction';
import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import { matchEcho } from '../../../erasure/echo';

/** What the call status API says of a session. */
export interface SessionStatus {
	readonly sessionId: string;
	/** `InProgress`, `Concluded`, `Complete`, `Excluded` or `NotFound`, as the vendor's SDK has it. */
	readonly status: string;
	readonly callId: string | null;
	/** Seconds. */
	readonly durationSec: number | null;
}

const notFound = 'NotFound';

/**
 * Reads `{"callSessions":[{status, callId, sessionId, durationSec}]}`, by the session IDs asked
 * for. The form is that of the vendor's SDK (see creovaiApi.ts), which reads names in any letter
 * case and writes them with capitals; how they stand on the wire is not published.
 *
 * @returns what the answer says, without the sessions that it does not mention; undefined where
 *   it is not of that form
 */
export function readStatuses(
	answer: Answer,
	sessionIds: readonly string[],
): ReadonlyMap<string, SessionStatus> | undefined {
	if (answer.status !== 200) return undefined;
	const body = asRecord(parseJson(answer.body));
	const sessions = field(body, 'callSessions');
	if (body === undefined || !Array.isArray(sessions) || deniesSuccess(body)) return undefined;

	const findId = matchEcho(sessionIds, (id) => id);
	const statuses = new Map<string, SessionStatus>();
	for (const entry of sessions as unknown[]) {
		const session = asRecord(entry);
		const sessionId = findId(field(session, 'sessionId'));
		const status = field(session, 'status');
		if (sessionId === undefined || typeof status !== 'string') continue;
		// A session is gone only if everything that is said of it says so.
		if (status === notFound && statuses.has(sessionId)) continue;
		const callId = field(session, 'callId');
		const duration = field(session, 'durationSec');
		statuses.set(sessionId, {
			sessionId,
			status,
			callId: typeof callId === 'string' ? callId : null,
			durationSec: typeof duration === 'number' ? duration : null,
		});
	}
	return statuses;
}

/**
 * That a finished purge shows as `NotFound` is inferred: the SDK knows no other status that could
 * mean it.
 */
export function isGone({ status }: SessionStatus): boolean {
	return status === notFound;
}

/** The sessions that are gone. */
export function readGone(
	answer: Answer,
	sessionIds: readonly string[],
): ReadonlySet<string> | undefined {
	const statuses = readStatuses(answer, sessionIds);
	if (statuses === undefined) return undefined;
	return new Set([...statuses.values()].filter(isGone).map(({ sessionId }) => sessionId));
}

function field(record: Readonly<Record<string, unknown>> | undefined, name: string): unknown {
	const wanted = name.toLowerCase();
	const key = Object.keys(record ?? {}).find((candidate) => candidate.toLowerCase() === wanted);
	return key === undefined ? undefined : record?.[key];
}
